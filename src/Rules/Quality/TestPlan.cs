namespace CanhLu.Rules.Quality;

/// <summary>The tests of a series, compiled to numbers. Series of one make share one.</summary>
sealed class TestPlan
{
    static readonly ValueSpan Everything = new(double.NegativeInfinity, double.PositiveInfinity);

    public TestPlan(QualityTests tests, ValueSpan? sensor, long interval)
    {
        Interval = Math.Max(1, interval);
        Gap = tests.Gap is { } gap ? Ticks.Of(gap) : 0;
        HasRange = sensor is not null || tests.UserSpan is not null;
        Sensor = sensor ?? Everything;
        User = tests.UserSpan ?? Everything;
        Months = tests.Months.IsDefaultOrEmpty ? null : [.. tests.Months.Select(month => month ?? new ValueSpan(double.NaN, double.NaN))];
        if (tests.Spike is { } spike)
        {
            HasSpike = true;
            SpikeMethod = spike.Method;
            SpikeSuspect = Threshold(spike.Suspect);
            SpikeFail = Threshold(spike.Fail);
        }
        if (tests.Rate is { } rate)
        {
            HasRate = true;
            RateSuspect = rate.Suspect;
            RateFail = rate.Fail ?? double.PositiveInfinity;
        }
        if (tests.FlatLine is { Tolerance: > 0 } flat)
        {
            Tolerance = flat.Tolerance;
            FlatSuspect = Count(flat.Suspect);
            FlatFail = Count(flat.Fail);
        }
        if (tests.Attenuation is { } attenuation)
        {
            Period = Ticks.Of(attenuation.Period);
            AttenuatedSuspect = attenuation.Suspect;
            AttenuatedFail = attenuation.Fail;
            Measure = attenuation.Measure;
            LeastReadings = Math.Max(attenuation.Measure == AttenuationMeasure.Deviation ? 2 : 1, Count(attenuation.MinPeriod));
        }
        if (tests.Neighbour is { } neighbour)
        {
            Within = Ticks.Of(neighbour.Within);
            NeighbourSuspect = neighbour.Suspect;
        }
    }

    /// <summary>How often a reading is expected, ticks.</summary>
    public long Interval { get; }

    /// <summary>0: no test.</summary>
    public long Gap { get; }

    public bool HasRange { get; }
    public ValueSpan Sensor { get; }
    public ValueSpan User { get; }

    /// <summary>January at 0; null: no test.</summary>
    public ValueSpan[]? Months { get; }

    public bool HasSpike { get; }
    public SpikeMethod SpikeMethod { get; }
    public double SpikeSuspect { get; }
    public double SpikeFail { get; }
    public bool HasRate { get; }
    public double RateSuspect { get; }
    public double RateFail { get; }

    /// <summary>0: no test.</summary>
    public double Tolerance { get; }

    /// <summary>So many readings, and the one before them, are the same.</summary>
    public int FlatSuspect { get; }
    public int FlatFail { get; }

    /// <summary>0: no test.</summary>
    public long Period { get; }
    public double AttenuatedSuspect { get; }
    public double AttenuatedFail { get; }
    public AttenuationMeasure Measure { get; }
    public int LeastReadings { get; }

    /// <summary>0: no test.</summary>
    public long Within { get; }
    public double NeighbourSuspect { get; }

    /// <summary>How far back the tests look.</summary>
    public long Lookback => Math.Max(4 * Interval, Math.Max(Gap, Math.Max(Period + Period / (Attenuations.Spans - 1), (Math.Max(FlatSuspect, FlatFail) + 2L) * Interval)));

    static double Threshold(double value) => value > 0 ? value : double.PositiveInfinity;

    int Count(NodaTime.Duration length) => (int)Math.Min(int.MaxValue / 2, Ticks.Of(length) / Interval);
}
