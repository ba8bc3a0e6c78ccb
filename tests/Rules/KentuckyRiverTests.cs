using System.Globalization;
using CanhLu.Tests.Support;
using NodaTime;
using Xunit;
using static CanhLu.AlarmLevel;
using static CanhLu.Tests.Rules.Gauges;

namespace CanhLu.Tests.Rules;

/// <summary>Ten weeks of a real gauge with floods and a clock change, against a plain computation in SQL that shares no code with ours.</summary>
public sealed class KentuckyRiverTests
{
    [Theory]
    [InlineData(3800, 3700, 5000, 4800, 6500, 6000, 0, 0)]
    [InlineData(3800, 3700, 5000, 4800, 6500, 6000, 30, 60)]
    [InlineData(3706, 3706, 4500, 4400, 7000, 6900, 30, 0)]
    [InlineData(3500, 3400, 3520, 3420, 3540, 3440, 45, 120)]
    public void The_alarms_are_those_of_a_plain_computation_in_sql(
        int raiseI, int clearI, int raiseII, int clearII, int raiseIII, int clearIII, int raiseHold, int clearHold)
    {
        Threshold Step(int raise, int clear) =>
            new(new Stage(raise), new Stage(clear), Duration.FromMinutes(raiseHold), Duration.FromMinutes(clearHold));
        var judge = One(new ThresholdSet(default, Step(raiseI, clearI), Step(raiseII, clearII), Step(raiseIII, clearIII)), BaoDong);
        var ours = judge.Take(Readings()).Select(alarm => (At: alarm.Since, alarm.Level, Stage: (int)alarm.Evidence.Value)).ToArray();
        Assert.True(ours.Length > 4, "These thresholds say too little.");
        Assert.Equal(KentuckyRiver.Changes([(raiseI, clearI), (raiseII, clearII), (raiseIII, clearIII)], raiseHold, clearHold), ours);
    }

    [Fact]
    public void A_hold_runs_over_the_clock_change_in_the_rivers_time()
    {
        Reading[] night = [.. Readings().Where(one => one.MeasuredAt >= Instant.FromUtc(2014, 3, 9, 6, 0)
            && one.MeasuredAt <= Instant.FromUtc(2014, 3, 9, 7, 30))];
        // 01:45 EST and 03:00 EDT are a quarter of an hour apart.
        Assert.All(night.Zip(night.Skip(1)), pair => Assert.Equal(Duration.FromMinutes(15), pair.Second.MeasuredAt - pair.First.MeasuredAt));
        var step = new Threshold(new Stage(3706), new Stage(3706), Duration.FromMinutes(30), Duration.Zero);
        var judge = One(new ThresholdSet(default, step, step with { Raise = new Stage(9000) }, step with { Raise = new Stage(9000) }), BaoDong);
        var changes = judge.Take(Readings());
        Assert.Contains(changes, alarm => alarm.Level == I && alarm.Since == Instant.FromUtc(2014, 3, 9, 7, 15));
    }

    static Reading[] Readings() =>
    [
        .. from line in File.ReadLines(KentuckyRiver.File)
           where line.StartsWith("USGS\t", StringComparison.Ordinal)
           let field = line.Split('\t')
           where field[8].Length > 0
           let local = DateTime.ParseExact(field[2], "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
           let at = LocalDateTime.FromDateTime(local).WithOffset(Offset.FromHours(field[3] == "EST" ? -5 : -4)).ToInstant()
           let stage = Stage.FromMetres(decimal.Parse(field[8], CultureInfo.InvariantCulture) * 0.3048m)
           select new Reading(new SeriesId(1), at, at, stage.Millimetres, Flag.Good),
    ];
}
