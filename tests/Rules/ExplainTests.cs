using System.Collections.Immutable;
using CanhLu.Rules;
using NodaTime;
using Xunit;
using static CanhLu.AlarmLevel;
using static CanhLu.Tests.Rules.Gauges;

namespace CanhLu.Tests.Rules;

public sealed class ExplainTests
{
    static readonly ImmutableArray<Series> _series = [Series(1, "g1", "stage")];
    static readonly Duration _halfAnHour = Duration.FromMinutes(30);

    [Fact]
    public void What_is_missing_to_the_next_level_is_told_in_centimetres()
    {
        var (explained, words) = Explain(Of(TamKy(), BaoDong), At(25), Read(0, 1500), Read(10, 1800), Read(20, 2180));
        var rule = Assert.Single(explained.Rules);
        Assert.Equal((I, At(10)), (rule.Level, rule.Since!.Value));
        Assert.Contains(new Clause.Reached(II, new SeriesId(1), new Stage(2180), new Stage(2200)), rule.Clauses);
        Assert.Contains("level II: 2.18 m < 2.20 m (g1), still 2 cm below", words);
        Assert.Contains("end of level I: 2.18 m ≥ 1.60 m (g1), must fall by more than 58 cm", words);
    }

    [Fact]
    public void A_hold_that_runs_is_told_with_what_it_has_and_needs()
    {
        var (explained, words) = Explain(Of(TamKy(raiseHold: _halfAnHour), BaoDong), At(21), Read(0, 1750), Read(10, 1750), Read(20, 1750));
        Assert.Equal(None, Assert.Single(explained.Rules).Level);
        Assert.Contains("level I: held 20 min of 30 min (g1)", words);
        Assert.Equal(I, Assert.Single(Explain(Of(TamKy(raiseHold: _halfAnHour), BaoDong), At(31), [.. explained.Readings, Read(30, 1750)]).Explained.Rules).Level);
    }

    [Fact]
    public void A_suspect_reading_that_waits_and_one_that_failed_are_named()
    {
        var (explained, words) = Explain(Of(TamKy(), BaoDong), At(13), Read(0, 1500), Read(10, 4500, flag: Flag.Suspect), Read(12, 9000, flag: Flag.Fail));
        Assert.Equal(None, Assert.Single(explained.Rules).Level);
        Assert.Contains("the suspect reading of 4.50 m at 00:10 28/10/2025 waits for the next one to confirm it, until 00:21 28/10/2025 at the latest", words);
        Assert.Contains("the newest reading, at 00:12 28/10/2025, has flag 4 and is passed over: it neither raises nor clears", words);
        Assert.Equal([Flag.Good, Flag.Suspect, Flag.Fail], explained.Readings.Select(one => one.Flag));
        Assert.Equal(III, Assert.Single(Explain(Of(TamKy(), BaoDong), At(22), [.. explained.Readings]).Explained.Rules).Level);
    }

    [Fact]
    public void A_ladder_that_is_not_in_force_a_gate_and_a_silence_are_named()
    {
        var rising = new Rule.RateOfRiseRule(
            "len-nhanh", "Lên nhanh", Policy.Ask, [], Duration.FromHours(1), 3, Duration.FromMinutes(20), new RateOfRise(100), new RateOfRise(50), new Stage(1800));
        var silence = new Rule.Silence("im-lang", "Im lặng", Policy.Desk, [], _halfAnHour);
        var (explained, words) = Explain(Of(TamKy(from: At(600)), BaoDong, rising, silence), At(50), Read(0, 1500), Read(10, 1550), Read(20, 1600));
        Assert.Equal([None, None, I], explained.Rules.Select(rule => rule.Level));
        Assert.Equal(At(50), explained.Rules[2].Since);
        Assert.Contains("the alarm levels are not in force before 10:00 28/10/2025", words);
        Assert.Contains("the rate counts from a stage on: 1.60 m < 1.80 m (g1)", words);
        Assert.Contains("the water rises 30 cm/h ≥ 10 cm/h (g1)", words);
        Assert.Contains("last heard at 00:20 28/10/2025, 30 min before; silent after 30 min", words);
    }

    [Fact]
    public void What_came_later_does_not_count_and_is_counted()
    {
        var (explained, _) = Explain(Of(TamKy(), BaoDong), At(25), Read(0, 1500), Read(10, 1500), Read(20, 2800) with { ReceivedAt = At(47) });
        Assert.Equal((None, 1), (Assert.Single(explained.Rules).Level, explained.CameLater));
    }

    [Fact]
    public void Every_clause_has_words_in_both_languages()
    {
        var id = new SeriesId(1);
        Clause[] clauses =
        [
            new Clause.Measured(), new Clause.InForce(null), new Clause.InForce(At(0)), new Clause.Reached(II, id, new Stage(1), new Stage(2)),
            new Clause.RaiseHeld(I, id, _halfAnHour, Duration.Zero), new Clause.Cleared(I, id, new Stage(5), new Stage(4)),
            new Clause.ClearHeld(I, id, Duration.Zero, _halfAnHour), new Clause.Gate(id, new Stage(1), new Stage(2)),
            new Clause.Rises(id, null, new RateOfRise(3)), new Clause.Slows(id, new RateOfRise(4), new RateOfRise(3)),
            new Clause.Quiet(null, _halfAnHour, _halfAnHour), new Clause.Quiet(At(0), _halfAnHour, _halfAnHour),
            new Clause.Confirmed(Read(0, 1), At(3)), new Clause.Sound(Read(0, 1, flag: Flag.Fail)),
        ];
        Assert.Equal(typeof(Clause).GetNestedTypes().Length, clauses.Select(one => one.GetType()).Distinct().Count());
        foreach (var language in (string[])["vi", "en"])
            Assert.All(clauses, clause => Assert.NotEmpty(new ExplanationWording(Of(TamKy(), BaoDong), _series, language).Of(clause)));
    }

    static Site Of(ThresholdSet ladder, params ImmutableArray<Rule> rules) => Site([Station("tam-ky", ladder)], [Gauge("g1", "tam-ky")], rules);

    static (Explanation Explained, string[] Words) Explain(Site site, Instant at, params Reading[] readings)
    {
        var explained = Explanation.Of(site, _series, readings, "tam-ky", at);
        var wording = new ExplanationWording(site, _series, "en");
        return (explained, [.. explained.Rules.SelectMany(rule => rule.Clauses).Select(wording.Of)]);
    }
}
