using CanhLu.Tests.Support;
using NodaTime;
using Xunit;
using static CanhLu.AlarmLevel;
using static CanhLu.Tests.Rules.Gauges;

namespace CanhLu.Tests.Rules;

public sealed class RestartTests
{
    // Each takes some 8 ms; the long form has found faults that the short one does not.
    static readonly int Storms = Effort.Of(50, 150, 4000);

    [Fact]
    public void Inside_the_band_a_restart_neither_clears_nor_repeats()
    {
        var first = One(TamKy(), BaoDong);
        var told = first.Take(Read(0, 2250), Read(10, 2150));
        var second = One(TamKy(), BaoDong);
        second.Remember(told);
        Assert.Equal(II, Assert.Single(second.Standing()).Level);
        Assert.Empty(second.Take(Read(0, 2250), Read(10, 2150)));
        Assert.Empty(second.Take(Read(20, 2150)));
        Assert.Equal((I, II), Assert.Single(second.Take(Read(30, 2050))) is var alarm ? (alarm.Level, alarm.From) : default);
    }

    [Fact]
    public void A_hold_that_was_running_goes_on()
    {
        var hold = Duration.FromMinutes(20);
        var second = One(TamKy(raiseHold: hold), BaoDong);
        second.Remember([]);
        Assert.Empty(second.Take(Read(0, 1750), Read(10, 1750)));
        Assert.Equal(At(20), Assert.Single(second.Take(Read(20, 1750))).Since);
    }

    [Fact]
    public void A_window_that_a_replay_has_cut_raises_nothing()
    {
        var rule = new Rule.RateOfRiseRule("rate", "", Policy.Ask, [], Duration.FromHours(1), 3, Duration.FromMinutes(20),
            new RateOfRise(100), new RateOfRise(50), null)
        {
            // The one high reading at the end is to show at once.
            Slope = Slope.LeastSquares,
        };
        Reading[] readings = [.. new double[] { 1000, 950, 900, 850, 880, 900, 910, 915, 918, 920 }.Select((stage, i) => Read(10 * i, stage))];
        Assert.Empty(One(TamKy(), rule).Take(readings));
        Assert.NotEmpty(One(TamKy(), rule).Take(readings.AsSpan(3)));
        var cut = One(TamKy(), rule);
        cut.Remember([]);
        Assert.Empty(cut.Take(readings.AsSpan(3)));
        Assert.Equal(I, Assert.Single(cut.Take(Read(100, 1200))).Level);
    }

    [Fact]
    public void An_alarm_of_a_rule_that_is_gone_is_nobodys()
    {
        var judge = One(TamKy(), BaoDong);
        judge.Remember([One(TamKy(), BaoDong).Take(Read(0, 1800))[0] with { Key = new AlarmKey("tam-ky", "gone") }]);
        Assert.Empty(judge.Standing());
    }

    [Fact]
    public void Whatever_the_restarts_the_announcements_are_those_of_one_life()
    {
        // A cut replay does not always know again the reading behind what a restatement goes back to.
        for (var seed = 0; seed < Storms; seed++)
            if (seed % 2 == 0)
                Compare(new Storm(seed), seed, lost: 0, whole: true);
            else
                Compare(new Storm(seed, within: Duration.FromMinutes(30)), seed, lost: 0, whole: false);
    }

    [Fact]
    public void Announcements_lost_in_a_crash_are_made_again()
    {
        for (var seed = 0; seed < Storms / 2; seed++)
            Compare(new Storm(seed, silence: false), seed, lost: 4, whole: true);
    }

    static void Compare(Storm storm, int seed, int lost, bool whole)
    {
        var random = new Random(seed);
        var one = new Life(storm);
        var many = new Life(storm);
        foreach (var (at, reading) in storm.Events)
        {
            one.Live(at, reading);
            many.Live(at, reading);
            if (at > Start && random.Next(100) == 0)
                many.DieAndStart(random.Next(lost + 1), whole, Storm.Latest);
        }
        // A crash between two statements about one reading may tell a combination of the first, which the second then ends.
        bool Counts(string line) => lost == 0 || !line.Contains($" {Storm.Combined} ", StringComparison.Ordinal);
        var (said, saidByMany) = (one.Said(whole).Where(Counts).ToArray(), many.Said(whole).Where(Counts).ToArray());
        if (!said.SequenceEqual(saidByMany))
            Assert.Fail($"Storm {seed}:\n{string.Join('\n', said.Except(saidByMany))}\nbut after restarts\n"
                + string.Join('\n', saidByMany.Except(said)));
        Assert.True(one.Standing.SequenceEqual(many.Standing), $"storm {seed}: {string.Join(", ", one.Standing.Except(many.Standing))} but after restarts {string.Join(", ", many.Standing.Except(one.Standing))}");
    }
}
