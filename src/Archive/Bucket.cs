using NodaTime;

namespace CanhLu.Archive;

/// <summary>The readings of one series in one stretch of time, summed up.</summary>
/// <param name="From">Where the stretch begins.</param>
/// <param name="Count">How many readings lie in it.</param>
/// <param name="Unbelievable">How many of those carry <see cref="Flag.Fail"/> or <see cref="Flag.Missing"/>; the values below leave them out.</param>
/// <param name="Worst">The worst flag among them: from <see cref="Flag.Good"/> over <see cref="Flag.NotEvaluated"/>, <see cref="Flag.Suspect"/> and <see cref="Flag.Missing"/> to <see cref="Flag.Fail"/>.</param>
/// <param name="Min">The least value; null when no reading can be believed.</param>
/// <param name="Mean">The mean value.</param>
/// <param name="Max">The greatest value.</param>
public sealed record Bucket(Instant From, int Count, int Unbelievable, Flag Worst, double? Min, double? Mean, double? Max);
