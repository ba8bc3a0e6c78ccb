using NodaTime;

namespace CanhLu;

/// <summary>The number by which the Archive knows a <see cref="Series"/>; small, dense, the same for ever.</summary>
/// <param name="Value">1 and up; 0 is no series.</param>
public readonly record struct SeriesId(int Value);

/// <summary>One quantity of one device.</summary>
/// <param name="Id">Its number in the Archive.</param>
/// <param name="Device">The device's id, as on the wire.</param>
/// <param name="Quantity">What is measured: <c>stage</c>, <c>battery</c>, <c>clients</c>, <c>online</c>…</param>
/// <param name="Unit">The unit of its values in UCUM: <c>mm</c> for a stage, <c>V</c>, <c>dBm</c>, <c>{clients}</c>, <c>1</c>.</param>
public sealed record Series(SeriesId Id, string Device, string Quantity, string Unit);

/// <summary>One measured value of one series.</summary>
/// <param name="Series">Whose value it is.</param>
/// <param name="MeasuredAt">The river's clock: when it was measured. Rules judge by it, and (Series, MeasuredAt) tells a repeat.</param>
/// <param name="ReceivedAt">Our clock: when it came in. Silence is judged by it, nothing else.</param>
/// <param name="Value">In the unit of its series; a stage is in whole millimetres. Always finite.</param>
/// <param name="Flag">What quality control says of it.</param>
public readonly record struct Reading(SeriesId Series, Instant MeasuredAt, Instant ReceivedAt, double Value, Flag Flag)
{
    /// <summary>What each quality test says; <see cref="Flag"/> is their aggregate.</summary>
    public TestFlags Tests { get; init; }
}
