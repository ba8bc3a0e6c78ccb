using NodaTime;

namespace CanhLu;

/// <summary>What is added to the stage that a gauge sends, from a moment on, until a later one of that gauge begins: it was held against a staff gauge and found off.</summary>
/// <param name="Device">The gauge.</param>
/// <param name="From">By the river's clock: readings measured at or after it.</param>
/// <param name="OffsetMillimetres">What is added, all in all and not on top of an earlier one; 0 ends an earlier one.</param>
public sealed record Calibration(string Device, Instant From, int OffsetMillimetres);
