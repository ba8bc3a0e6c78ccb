using CanhLu.Rules;
using NodaTime;
using static CanhLu.Tests.Rules.Gauges;

namespace CanhLu.Tests.Rules.Promtool;

/// <summary>Series on one grid of time, all judged by one ladder with one hold for all its levels: then each level is a latch of its own, which is what
/// Prometheus knows.</summary>
/// <param name="Ladder">Raise and Clear of the levels I, II and III, mm.</param>
/// <param name="RaiseHold">In steps of the grid.</param>
/// <param name="ClearHold">In steps of the grid.</param>
/// <param name="Step">The grid's step by the river's clock.</param>
/// <param name="Series">Stages in mm, one a step.</param>
sealed record River((int Raise, int Clear)[] Ladder, int RaiseHold, int ClearHold, Duration Step, int[][] Series)
{
    public const int Levels = 3;

    /// <summary>The level that our judge gives after each step, by series.</summary>
    public AlarmLevel[][] Judged()
    {
        Threshold Of(int level) =>
            new(new Stage(Ladder[level].Raise), new Stage(Ladder[level].Clear), Step * RaiseHold, Step * ClearHold);
        var ladder = new ThresholdSet(default, Of(0), Of(1), Of(2));
        return [.. Series.Select(stages => Judged(One(ladder, BaoDong), stages))];
    }

    /// <summary>Random walks that stop at thresholds, just under them and far above them, so that every comparison is met at equality.</summary>
    public static River Random(Random random, int series, int steps)
    {
        var ladder = new (int Raise, int Clear)[Levels];
        for (var level = 0; level < Levels; level++)
        {
            var raise = 1000 + 500 * level + random.Next(200);
            ladder[level] = (raise, random.Next(3) == 0 ? raise : raise - random.Next(1, 250));
        }
        int Hold() => random.Next(3) == 0 ? 0 : random.Next(1, 12);
        return new River(
            ladder, Hold(), Hold(), Duration.FromMinutes(1),
            [.. Enumerable.Range(0, series).Select(_ => Walk(random, ladder, steps))]);
    }

    static int[] Walk(Random random, (int Raise, int Clear)[] ladder, int steps)
    {
        int[] marks = [600, 2600, .. ladder.SelectMany(step => (int[])[step.Raise, step.Raise - 1, step.Clear, step.Clear - 1])];
        Array.Sort(marks);
        var at = random.Next(marks.Length);
        var stages = new int[steps];
        for (var i = 0; i < steps; i++)
        {
            if (random.Next(3) == 0)
                at = random.Next(10) == 0 ? random.Next(marks.Length) : Math.Clamp(at + random.Next(-2, 3), 0, marks.Length - 1);
            stages[i] = random.Next(4) == 0 ? marks[at] + random.Next(-40, 40) : marks[at];
        }
        return stages;
    }

    AlarmLevel[] Judged(Judge judge, int[] stages)
    {
        var levels = new AlarmLevel[stages.Length];
        var changes = new List<Alarm>();
        for (var i = 0; i < stages.Length; i++)
        {
            var at = Start + Step * i;
            judge.Take([new Reading(new SeriesId(1), at, at, stages[i], Flag.Good)], changes);
            levels[i] = changes.Count > 0 ? changes[^1].Level : AlarmLevel.None;
        }
        return levels;
    }
}
