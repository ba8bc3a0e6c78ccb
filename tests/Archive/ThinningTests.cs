using CanhLu.Archive;
using CanhLu.Tests.Support;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using NodaTime.Testing;
using Xunit;

namespace CanhLu.Tests.Archive;

/// <summary>What stays of old readings.</summary>
public sealed class ThinningTests : IDisposable
{
    const int Thinned = 2011;
    const int Minute = 60;
    const int Hour = 3600;

    readonly string _folder = Directory.CreateTempSubdirectory("canhlu-").FullName;
    readonly FakeTimeProvider _time = new();
    readonly FakeClock _clock = new(Given.Start);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_lowest_the_highest_and_the_last_of_every_minute_stay_and_later_of_every_hour_and_nothing_is_invented()
    {
        var random = new Random(20251029);
        await using var rig = await Start(new ThinningRule { Series = "cam-*/*", RawFor = TimeSpan.FromDays(30), MinutesFor = TimeSpan.FromDays(365) });
        var (thinned, whole) = (rig.Book.Ensure("cam-1", "persons", "1"), rig.Book.Ensure("tk-gauge-1", "stage", "mm"));
        var came = new List<Reading>();
        for (var second = 0; second < 3 * Hour; second += 5)
        {
            var flag = random.Next(12) switch { 0 => Flag.Fail, 1 => Flag.Suspect, 2 when second > Hour => Flag.Missing, _ => Flag.Good };
            came.Add(Given.Reading(thinned, second / 60.0, random.Next(50), flag));
            came.Add(Given.Reading(whole, second / 60.0, random.Next(50)));
        }
        foreach (var part in came.Chunk(500))
            Assert.True(await rig.Store(part));

        await TimeGoesOn(rig, Duration.FromDays(32), 1);
        await HasOnly(rig, came, thinned, Minute);
        Assert.Equal(came.Where(one => one.Series == whole), await Of(rig, whole));
        var minutes = await Of(rig, thinned);

        await TimeGoesOn(rig, Duration.FromDays(340), 2);
        await HasOnly(rig, came, thinned, Hour);
        Assert.Equal(came.Where(one => one.Series == whole), await Of(rig, whole));

        var report = await rig.History.Thinned(Stop);
        Assert.Equal([Minute, Hour], report.Select(one => one.Of.TotalSeconds));
        Assert.Equal((came.Count / 2, minutes.Length), (report[0].Readings, report[0].Kept));
        Assert.Equal((minutes.Length, (await Of(rig, thinned)).Length), (report[1].Readings, report[1].Kept));
    }

    [Fact]
    public async Task What_is_thinned_is_not_thinned_again_and_what_comes_after_a_restart_is_thinned_from_there_on()
    {
        ThinningRule[] rules = [new() { Series = "cam-1/*", RawFor = TimeSpan.FromDays(7), HoursFor = TimeSpan.FromDays(60) }, new() { Series = "*/persons", RawFor = TimeSpan.FromDays(300) }];
        SeriesId first, second;
        await using (var rig = await Start(rules))
        {
            (first, second) = (rig.Book.Ensure("cam-1", "persons", "1"), rig.Book.Ensure("cam-2", "persons", "1"));
            await rig.Store(Enumerable.Range(0, 120).SelectMany(i => new[] { Given.Reading(first, i / 12.0, i), Given.Reading(second, i / 12.0, i) }));
            await TimeGoesOn(rig, Duration.FromDays(9), 1);
            // The first rule that names a series is its rule.
            Assert.Equal((20, 120), ((await Of(rig, first)).Length, (await Of(rig, second)).Length));
        }
        await using (var again = await Start(rules))
        {
            await again.Store(Enumerable.Range(0, 120).SelectMany(i => new[] { At(first, i), At(second, i) }));
            await TimeGoesOn(again, Duration.FromDays(9), 1);
            Assert.Equal((40, 240), ((await Of(again, first)).Length, (await Of(again, second)).Length));
            Assert.Equal((240, 40), Told(await again.History.Thinned(Stop), "cam-1/*", Minute));
            await TimeGoesOn(again, Duration.FromDays(60), 2);
            // Nothing stays of the one that has an end; the other stays whole.
            Assert.Equal((0, 240), ((await Of(again, first)).Length, (await Of(again, second)).Length));
        }
        // The newest position outlives it all.
        await using var last = await Start(rules);
        Assert.Equal(481, last.State.NextPosition);

        Reading At(SeriesId series, int i)
        {
            var reading = Given.Reading(series, 14_400 + i / 12.0, i);
            return reading with { ReceivedAt = _clock.GetCurrentInstant() };
        }
    }

    [Theory]
    [InlineData("stage", 30, null, null)]
    [InlineData("a'b/stage", 30, null, null)]
    [InlineData("*/stage", 6, null, null)]
    [InlineData("*/stage", 30, 30, null)]
    [InlineData("*/stage", 30, 60, 60)]
    public async Task A_rule_that_cannot_be_is_refused_at_start(string series, int raw, int? minutes, int? hours)
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => Start(new ThinningRule
        {
            Series = series,
            RawFor = TimeSpan.FromDays(raw),
            MinutesFor = minutes is { } some ? TimeSpan.FromDays(some) : null,
            HoursFor = hours is { } more ? TimeSpan.FromDays(more) : null,
        }));
        Assert.Contains("Archive:Thin", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    static (long, long) Told(IReadOnlyList<Thinned> report, string series, int seconds)
    {
        var one = Assert.Single(report, one => one.Series == series && one.Of == Duration.FromSeconds(seconds));
        return (one.Readings, one.Kept);
    }

    static async Task HasOnly(ArchiveRig rig, List<Reading> came, SeriesId series, int seconds)
    {
        var stays = came.Where(one => one.Series == series).GroupBy(one => one.MeasuredAt.ToUnixTimeSeconds() / seconds).SelectMany(group =>
        {
            var (right, wrong) = (group.Where(one => one.Flag is not (Flag.Fail or Flag.Missing)).ToArray(), group.LastOrDefault(one => one.Flag is Flag.Fail or Flag.Missing));
            return right.Select(one => one.Value).ToArray() is { Length: > 0 } values ? [(values.Min(), values.Max(), right[^1], wrong)] : new[] { (0.0, 0.0, default(Reading), wrong) };
        }).ToArray();
        var stored = (await Of(rig, series)).GroupBy(one => one.MeasuredAt.ToUnixTimeSeconds() / seconds).ToArray();
        Assert.Equal(stays.Length, stored.Length);
        foreach (var (should, group) in stays.Zip(stored))
        {
            Assert.All(group, one => Assert.Contains(one, came));
            Assert.InRange(group.Count(), 1, 4);
            if (should.wrong != default)
                Assert.Contains(should.wrong, group);
            if (should.Item3 == default)
                continue;
            Assert.Contains(should.Item3, group);
            var values = group.Where(one => one.Flag is not (Flag.Fail or Flag.Missing)).Select(one => one.Value).ToArray();
            Assert.Equal((should.Item1, should.Item2), (values.Min(), values.Max()));
        }
    }

    static Task<Reading[]> Of(ArchiveRig rig, SeriesId series) => rig.History.Range(series, Instant.FromUtc(2000, 1, 1, 0, 0), Instant.FromUtc(2100, 1, 1, 0, 0), 100_000, Stop);

    Task<ArchiveRig> Start(params ThinningRule[] rules) => ArchiveRig.Start(
        _folder,
        options =>
        {
            options.CommitDelay = TimeSpan.Zero;
            foreach (var rule in rules)
                options.Thin.Add(rule);
        },
        _time, _clock);

    async Task TimeGoesOn(ArchiveRig rig, Duration by, int times)
    {
        _clock.Advance(by);
        await Eventually.True(() =>
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            return rig.Said.Times(Thinned) == times;
        }, "thinned");
    }
}
