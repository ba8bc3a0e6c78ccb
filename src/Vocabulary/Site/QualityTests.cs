using System.Collections.Immutable;
using NodaTime;

namespace CanhLu;

/// <summary>Quality tests with their thresholds; a test that is null is not made. Values are in the unit of the series, mm for a stage.</summary>
public sealed record QualityTests
{
    /// <summary>How often a reading is expected; null for the station's own interval. By it times become numbers of readings.</summary>
    public Duration? Every { get; init; }

    /// <summary>A reading that comes longer than this after the one before it ends a gap.</summary>
    public Duration? Gap { get; init; }

    /// <summary>The span that a user expects; beyond it a value is suspect. Beyond the sensor's own span, which its model tells, it fails.</summary>
    public ValueSpan? UserSpan { get; init; }

    /// <summary>What is usual in each month, January first; null for a month that nothing is known of. Empty: the test is not made.</summary>
    public ImmutableArray<ValueSpan?> Months { get; init; } = [];

    /// <summary>Against the readings before and after.</summary>
    public SpikeTest? Spike { get; init; }

    /// <summary>Against the reading before.</summary>
    public RateTest? Rate { get; init; }

    /// <summary>The same value again and again.</summary>
    public FlatLineTest? FlatLine { get; init; }

    /// <summary>Less movement than water has.</summary>
    public AttenuationTest? Attenuation { get; init; }

    /// <summary>Against the other gauges of the station.</summary>
    public NeighbourTest? Neighbour { get; init; }

    /// <summary>These tests, and for each that they do not name the one of <paramref name="general"/>.</summary>
    public QualityTests Over(QualityTests general) => new()
    {
        Every = Every ?? general.Every,
        Gap = Gap ?? general.Gap,
        UserSpan = UserSpan ?? general.UserSpan,
        Months = Months.IsEmpty ? general.Months : Months,
        Spike = Spike ?? general.Spike,
        Rate = Rate ?? general.Rate,
        FlatLine = FlatLine ?? general.FlatLine,
        Attenuation = Attenuation ?? general.Attenuation,
        Neighbour = Neighbour ?? general.Neighbour,
    };
}

/// <summary>A span of values, both ends in it.</summary>
/// <param name="Least">The least of them.</param>
/// <param name="Most">The greatest.</param>
public readonly record struct ValueSpan(double Least, double Most);

/// <summary>How a spike is measured.</summary>
public enum SpikeMethod
{
    /// <summary>The distance from the middle between the reading before and the one after.</summary>
    Average,

    /// <summary>The smaller of the two steps, when they go opposite ways; else none.</summary>
    Differential,
}

/// <summary>The spike test. A threshold of 0 is off.</summary>
/// <param name="Suspect">A spike greater than this is suspect.</param>
/// <param name="Fail">A spike greater than this fails.</param>
/// <param name="Method">How it is measured.</param>
public sealed record SpikeTest(double Suspect, double Fail, SpikeMethod Method);

/// <summary>The rate-of-change test.</summary>
/// <param name="Suspect">A change faster than this is suspect; units a second.</param>
/// <param name="Fail">A change faster than this fails; null for never, as the manual has it. Units a second.</param>
public sealed record RateTest(double Suspect, double? Fail);

/// <summary>The flat-line test.</summary>
/// <param name="Suspect">So long within the tolerance is suspect.</param>
/// <param name="Fail">So long fails.</param>
/// <param name="Tolerance">Values whose range is less than this are the same.</param>
public sealed record FlatLineTest(Duration Suspect, Duration Fail, double Tolerance);

/// <summary>What the attenuated-signal test looks at.</summary>
public enum AttenuationMeasure
{
    /// <summary>The standard deviation (of a sample).</summary>
    Deviation,

    /// <summary>The difference of the greatest and the least value.</summary>
    Range,
}

/// <summary>The attenuated-signal test: for water that is known to move, as where the tide is felt.</summary>
/// <param name="Period">How far back it looks.</param>
/// <param name="MinPeriod">How much of it must be there before it speaks.</param>
/// <param name="Suspect">Less movement than this is suspect.</param>
/// <param name="Fail">Less than this fails.</param>
/// <param name="Measure">What is looked at.</param>
public sealed record AttenuationTest(Duration Period, Duration MinPeriod, double Suspect, double Fail, AttenuationMeasure Measure);

/// <summary>The neighbour test, between the gauges of one station.</summary>
/// <param name="Suspect">Further than this from every other gauge is suspect.</param>
/// <param name="Within">How old another gauge's last value may be.</param>
public sealed record NeighbourTest(double Suspect, Duration Within);
