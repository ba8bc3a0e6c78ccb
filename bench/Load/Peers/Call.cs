namespace CanhLu.Bench.Peers;

/// <summary>An HTTP call that came in.</summary>
/// <param name="Device">The number of the device whose station it speaks of.</param>
/// <param name="Cause">Why.</param>
/// <param name="At">When, a time of <see cref="System.Diagnostics.Stopwatch"/>.</param>
/// <param name="Key">What its sender repeats with a call that it sends again, so that the receiver may know it; null when it sends no such thing.</param>
readonly record struct Call(int Device, CallCause Cause, long At, string? Key);
