using CanhLu.Rules;
using NodaTime;
using Xunit;
using static CanhLu.AlarmLevel;
using static CanhLu.Tests.Rules.Gauges;

namespace CanhLu.Tests.Rules;

public sealed class CombinationTests
{
    static readonly AlarmKey _key = new("s1", "cung-luc");

    static readonly Rule[] _others =
    [
        BaoDong,
        new Rule.Silence("im-lang", "Im lặng", Policy.Desk, [], Duration.FromMinutes(30)),
        new Rule.Limit("mat", "Mất", Policy.Desk, DeviceKind.Camera, [], "online", LimitSide.Below, 0, 0, Duration.Zero, Duration.Zero, null),
    ];

    static Judge Town(int atLeast, Member[] of, params Member[] without) => Judge.Create(
        Site([Station("s1", TamKy()), Station("s2", TamKy())], [Gauge("g1", "s1"), Gauge("g2", "s2"), Camera("c1"), Camera("c2"), Camera("c3")],
            [.. _others, new Rule.Combination("cung-luc", "Cùng lúc", Policy.Desk, "s1", atLeast, [.. of], [.. without])]),
        [Series(1, "g1", "stage"), Series(2, "g2", "stage"), Series(3, "c1", "online"), Series(4, "c2", "online"), Series(5, "c3", "online")]);

    static IEnumerable<(AlarmLevel, Instant)> Own(IEnumerable<Alarm> changes) =>
        changes.Where(alarm => alarm.Key == _key).Select(alarm => (alarm.Level, alarm.Since));

    [Fact]
    public void It_stands_while_so_many_of_its_alarms_stand_whoever_they_are_about()
    {
        var judge = Town(2, [new Member("mat", null, I)]);
        Assert.Empty(Own(judge.Take(Read(0, 0, 3), Read(1, 0, 3))));
        var changes = judge.Take(Read(2, 0, 4));
        Assert.Equal([("c2", "mat"), ("s1", "cung-luc")], changes.Select(alarm => (alarm.Key.Subject, alarm.Key.Rule)));
        Assert.Equal((Cause.Combination, I, None, At(2), Read(2, 0, 4)),
            (changes[1].Cause, changes[1].Level, changes[1].From, changes[1].Since, changes[1].Evidence));
        Assert.Empty(Own(judge.Take(Read(3, 0, 5), Read(4, 1, 3))));
        Assert.Equal([(None, At(5))], Own(judge.Take(Read(5, 1, 4))));
    }

    [Fact]
    public void A_member_counts_from_its_level_on_and_about_its_subject_only()
    {
        var judge = Town(2, [new Member("bao-dong", "s2", II), new Member("mat", "c1", I)]);
        Assert.Empty(Own(judge.Take(Read(0, 0, 3), Read(0, 0, 4), Read(0, 2700), Read(0, 1800, 2))));
        Assert.Equal([(I, At(10))], Own(judge.Take(Read(10, 2300, 2))));
        Assert.Equal([(None, At(20))], Own(judge.Take(Read(20, 2000, 2))));
    }

    [Fact]
    public void It_does_not_stand_while_one_of_those_without_stands()
    {
        var judge = Town(1, [new Member("bao-dong", "s1", I)], new Member("im-lang", "s2", I));
        judge.Tick(0);
        judge.Take(Read(5, 0, 2));
        Assert.Equal([(I, At(30))], Own(judge.Take(Read(30, 1800))));
        Assert.Equal([(None, At(36))], Own(judge.Tick(36)));
        Assert.Equal([(I, At(40))], Own(judge.Take(Read(40, 0, 2))));
    }

    [Fact]
    public void Its_since_never_runs_back_though_the_clocks_of_its_members_differ()
    {
        var judge = Town(2, [new Member("mat", null, I)]);
        Assert.Equal([(I, At(50))], Own(judge.Take(Read(0, 0, 3), Read(50, 0, 4))));
        var over = judge.Take(Read(20, 1, 3))[^1];
        Assert.Equal((None, At(50), Read(50, 0, 4)), (over.Level, over.Since, over.Evidence));
    }

    [Fact]
    public void After_a_restart_its_members_are_remembered_and_what_was_not_told_is_told()
    {
        var first = Town(2, [new Member("mat", null, I)]);
        var told = first.Take(Read(0, 0, 3), Read(2, 0, 4));
        foreach (var (heard, expected) in new[] { (3, Array.Empty<AlarmLevel>()), (2, [I]) })
        {
            var second = Town(2, [new Member("mat", null, I)]);
            second.Remember(told.Take(heard));
            var changes = second.Take(Read(0, 0, 3), Read(2, 0, 4));
            changes.AddRange(second.Tick(3));
            Assert.Equal(expected, Own(changes).Select(one => one.Item1));
            Assert.Equal(3, second.Standing().Count);
        }
    }
}
