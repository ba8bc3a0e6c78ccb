using CanhLu.Rules.Quality;
using NodaTime;

namespace CanhLu.Tests.Rules.Quality;

/// <summary>One series through quality control, reading by reading, with the flags as they stand at its end.</summary>
static class Streamed
{
    public static readonly Instant Start = Instant.FromUtc(2019, 1, 1, 0, 0);

    static readonly SeriesId One = new(1);

    /// <summary>The readings of values at regular times; null is a missing one.</summary>
    public static Reading[] Readings(IEnumerable<double?> values, Duration step, SeriesId? series = null) =>
        [.. values.Select((value, i) => Reading(Start + step * i, value, series))];

    public static Reading Reading(Instant at, double? value, SeriesId? series = null) =>
        new(series ?? One, at, at, value ?? double.NaN, value is null ? Flag.Missing : Flag.Good);

    public static QualityControl Control(QualityTests tests, Duration interval, ValueSpan? sensor = null) =>
        new([new QualitySubject(One, tests, sensor, interval)], DateTimeZone.Utc);

    /// <summary>Judges readings in calls of so many, and applies what comes later to what came before.</summary>
    public static Reading[] Through(this QualityControl control, Reading[] readings, int atOnce = 1)
    {
        var judged = readings.ToArray();
        var corrections = new List<FlagCorrection>();
        for (var i = 0; i < judged.Length; i += atOnce)
        {
            var call = judged.AsSpan(i, Math.Min(atOnce, judged.Length - i));
            control.Judge(call, corrections);
            foreach (var (series, at, flag, tests) in corrections)
                Correct(judged, one => one.Series == series && one.MeasuredAt == at, one => one with { Flag = flag, Tests = tests });
            corrections.Clear();
            // A pass is told by the next reading alone.
            foreach (var next in call)
                if (next.Tests.SpikeBefore is { } spike && Before(judged, next) is >= 0 and var before)
                    judged[before] = judged[before] with { Tests = judged[before].Tests.With(QualityTest.Spike, spike) };
        }
        return judged;
    }

    /// <summary>The flags of one test, as the figures of the manual.</summary>
    public static int[] Flags(this Reading[] judged, QualityTest test) => [.. judged.Select(one => (int)one.Tests[test]!.Value)];

    /// <summary>The flags of one test on values at regular times.</summary>
    public static int[] Flags(QualityTests tests, QualityTest test, Duration step, ValueSpan? sensor, params double?[] values) =>
        Control(tests, step, sensor).Through(Readings(values, step)).Flags(test);

    static int Before(Reading[] judged, Reading next)
    {
        var before = -1;
        for (var i = 0; i < judged.Length; i++)
            if (judged[i].Series == next.Series && judged[i].MeasuredAt < next.MeasuredAt && (before < 0 || judged[i].MeasuredAt > judged[before].MeasuredAt))
                before = i;
        return before;
    }

    static void Correct(Reading[] judged, Func<Reading, bool> which, Func<Reading, Reading> how)
    {
        for (var i = 0; i < judged.Length; i++)
            if (which(judged[i]))
                judged[i] = how(judged[i]);
    }
}
