using CanhLu.Archive;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Archive;

public sealed class HistoryTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("canhlu-").FullName;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_range_has_its_beginning_and_not_its_end_oldest_first()
    {
        var (rig, stage, readings) = await Filled();
        await using var _ = rig;
        Assert.Equal(readings[10..20], await rig.History.Range(stage, readings[10].MeasuredAt, readings[20].MeasuredAt, 100, Stop));
        Assert.Equal(readings[10..15], await rig.History.Range(stage, readings[10].MeasuredAt, Instant.MaxValue, 5, Stop));
        Assert.Equal(readings, await rig.History.Range(stage, Instant.MinValue, Instant.MaxValue, 10_000, Stop));
        Assert.Empty(await rig.History.Range(new SeriesId(99), Instant.MinValue, Instant.MaxValue, 100, Stop));
    }

    [Fact]
    public async Task The_last_readings_come_newest_first_however_far_back_they_lie()
    {
        var (rig, stage, readings) = await Filled();
        await using var _ = rig;
        var newest = readings.AsEnumerable().Reverse().ToArray();
        Assert.Equal(newest[..1], await rig.History.Last(stage, 1, cancellation: Stop));
        Assert.Equal(newest[..7], await rig.History.Last(stage, 7, cancellation: Stop));
        Assert.Equal(newest, await rig.History.Last(stage, 10_000, cancellation: Stop));
        Assert.Equal(newest[5..9], await rig.History.Last(stage, 4, before: newest[4].MeasuredAt, Stop));
        Assert.Equal(newest[..2], await rig.History.Last(stage, 2, before: Instant.MaxValue, Stop));
        Assert.Empty(await rig.History.Last(stage, 4, before: readings[0].MeasuredAt, Stop));
        Assert.Empty(await rig.History.Last(new SeriesId(99), 4, cancellation: Stop));
    }

    [Fact]
    public async Task Buckets_count_all_and_average_what_can_be_believed()
    {
        await using var rig = await ArchiveRig.Start(_folder);
        var stage = rig.Book.Ensure("tam-ky", "stage", "mm");
        await rig.Store(
            Given.Reading(stage, 0, 10), Given.Reading(stage, 4, 30, Flag.Suspect), Given.Reading(stage, 9, 9_999, Flag.Fail),
            Given.Reading(stage, 25, -1, Flag.Missing), Given.Reading(stage, 30, 5));
        var buckets = await rig.History.Buckets(stage, Given.Start, Given.Start + Duration.FromMinutes(30), Duration.FromMinutes(10), Stop);
        Assert.Equal(
            [new Bucket(Given.Start, 3, 1, Flag.Fail, 10, 20, 30), new Bucket(Given.Start + Duration.FromMinutes(20), 1, 1, Flag.Missing, null, null, null)],
            buckets);
    }

    [Fact]
    public async Task A_replay_follows_the_order_of_commits_and_gives_what_was_asked()
    {
        await using var rig = await ArchiveRig.Start(_folder);
        var stage = rig.Book.Ensure("tam-ky", "stage", "mm");
        var battery = rig.Book.Ensure("tam-ky", "battery", "V");
        await rig.Store(Given.Reading(stage, 5), Given.Reading(battery, 6), Given.Reading(stage, 1));
        await rig.Store(Given.Reading(stage, 3), Given.Reading(battery, 2));
        Assert.Equal([Given.Reading(stage, 5), Given.Reading(stage, 3)], await Replay([stage], 3));
        Assert.Equal([Given.Reading(stage, 5), Given.Reading(battery, 6), Given.Reading(stage, 3), Given.Reading(battery, 2)], await Replay([], 2));
        Assert.Empty(await Replay([], 100));

        async Task<List<Reading>> Replay(SeriesId[] series, double minute)
        {
            var replayed = new List<Reading>();
            await rig.History.Replay(series, Given.Start + Duration.FromMinutes(minute), page => replayed.AddRange(page), Stop);
            return replayed;
        }
    }

    [Fact]
    public async Task A_past_is_given_in_the_order_of_measuring_and_says_how_far_it_is()
    {
        var (rig, stage, readings) = await Filled();
        await using var _ = rig;
        var (past, shares) = (new List<Reading>(), new List<double>());
        rig.History.Past(readings[3].MeasuredAt, readings[^1].MeasuredAt, (page, share) =>
        {
            past.AddRange(page);
            shares.Add(share);
        }, Stop);
        Assert.Equal(readings[3..^1], past);
        Assert.Equal(shares.Order(), shares);
        Assert.Equal(1, shares[^1]);
        past.Clear();
        rig.History.Past(readings[0].MeasuredAt, Instant.FromUtc(2100, 1, 1, 0, 0), (page, _) => past.AddRange(page), Stop, [stage]);
        Assert.Equal(readings, past);
        Assert.ThrowsAny<OperationCanceledException>(() => rig.History.Past(readings[0].MeasuredAt, readings[^1].MeasuredAt, (_, _) => { }, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task A_long_past_comes_in_portions_and_a_reading_of_a_wrong_clock_costs_no_more_than_one()
    {
        await using var rig = await ArchiveRig.Start(_folder);
        var stage = rig.Book.Ensure("tam-ky", "stage", "mm");
        Reading[] readings = [Given.Reading(stage, -20 * 365 * 1440.0) with { ReceivedAt = Given.Start }, .. Enumerable.Range(0, 250_000).Select(i => Given.Reading(stage, i / 60.0, i))];
        foreach (var some in readings.Chunk(50_000))
            Assert.True(await rig.Store(some));
        var (past, shares) = (new List<Reading>(), new List<double>());
        rig.History.Past(Instant.MinValue, Instant.MaxValue, (page, share) =>
        {
            past.AddRange(page);
            shares.Add(share);
        }, Stop);
        Assert.Equal(readings, past);
        Assert.InRange(shares.Count, 3, 4);
        Assert.Equal(1, shares[^1]);
    }

    [Fact]
    public async Task A_cancelled_query_is_cancelled_and_a_closed_archive_says_so()
    {
        var (rig, stage, _) = await Filled();
        await using var _ = rig;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rig.History.Last(stage, 5, cancellation: new CancellationToken(canceled: true)));
        await rig.Stop();
        Assert.False(rig.State.Ready);
        await Assert.ThrowsAsync<ArchiveNotReadyException>(() => rig.History.Last(stage, 5, cancellation: Stop));
        Assert.Throws<ArchiveNotReadyException>(() => rig.Book.Ensure("tam-ky", "rssi", "dBm"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Readings that lie ever further apart, over four years.</summary>
    async Task<(ArchiveRig Rig, SeriesId Stage, Reading[] Readings)> Filled()
    {
        var rig = await ArchiveRig.Start(_folder);
        var stage = rig.Book.Ensure("tam-ky", "stage", "mm");
        var readings = Enumerable.Range(0, 150).Reverse().Select(i => Given.Reading(stage, -Math.Pow(i, 2.9), i)).ToArray();
        await rig.Store(readings.Append(Given.Reading(rig.Book.Ensure("other", "stage", "mm"), 3)));
        return (rig, stage, readings);
    }
}
