using CanhLu.Archive;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Archive;

public sealed class RepeatTests(ITestOutputHelper output) : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("canhlu-").FullName;

    [Fact]
    public async Task A_time_older_than_everything_kept_is_looked_up_in_the_file()
    {
        await using var rig = await ArchiveRig.Start(_folder);
        var stage = rig.Book.Ensure("tam-ky", "stage", "mm");
        await rig.Store(Enumerable.Range(0, 10 * KnownTimes.Kept).Select(i => Given.Reading(stage, i * 1_000)));
        await rig.PagesOfTheStored();
        var between = Given.Reading(stage, 1_500, 7);
        // Days and months apart, so that the file is asked about several stretches; the second 1,500 repeats the first within one commit.
        await rig.Store(Given.Reading(stage, 0, 9), between, Given.Reading(stage, 200_000, 9), Given.Reading(stage, 1_500, 8));
        await rig.Store(Given.Reading(stage, 1_500, 6));
        Assert.Equal([between], await rig.PagesOfTheStored());
        Assert.Equal(10 * KnownTimes.Kept + 1, (await rig.Everything()).Count);
    }

    [Fact]
    public async Task After_a_restart_every_stored_time_is_a_repeat_still()
    {
        for (var start = 0; start < 2; start++)
        {
            await using var rig = await ArchiveRig.Start(_folder);
            var series = rig.Book.Ensure([("often", "stage", "mm"), ("seldom", "stage", "mm"), ("silent", "stage", "mm")]);
            await rig.Store(
            [
                .. Enumerable.Range(0, 200).Select(i => Given.Reading(series[0], i)),
                .. Enumerable.Range(0, 20).Select(i => Given.Reading(series[1], i * 10)),
                Given.Reading(series[2], -1_000),
            ]);
            Assert.Equal(221, (await rig.Everything()).Count);
            Assert.Equal(start == 0 ? 221 : 0, (await rig.PagesOfTheStored()).Count);
            Assert.Equal(series, rig.History.Latest().Select(reading => reading.Series));
        }
    }

    [Fact]
    public async Task A_backlog_in_descending_order_is_stored_once()
    {
        await using var rig = await ArchiveRig.Start(_folder);
        var stage = rig.Book.Ensure("tam-ky", "stage", "mm");
        for (var round = 0; round < 2; round++)
        {
            foreach (var chunk in Enumerable.Range(0, 20_000).Reverse().Chunk(1_000))
                Assert.True(await rig.Store(chunk.Select(i => Given.Reading(stage, i, round))));
        }
        var all = await rig.Everything();
        Assert.Equal(20_000, all.Count);
        Assert.All(all, reading => Assert.Equal(0, reading.Value));
    }

    /// <remarks>Against the plainest model there is: the first value of a time wins.</remarks>
    [Fact]
    public async Task Any_order_any_repeats_and_any_restarts_store_the_first_value_of_each_time()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var model = new Dictionary<(SeriesId, Instant), Reading>();
        var expected = new List<Reading>();
        for (var start = 0; start < 5; start++)
        {
            await using var rig = await ArchiveRig.Start(_folder);
            var series = rig.Book.Ensure([.. Enumerable.Range(0, 3 + start).Select(i => ($"gauge-{i}", "stage", "mm"))]);
            for (var batch = 0; batch < 15; batch++)
            {
                // The window moves on, but some come from far back.
                var readings = Enumerable.Range(0, random.Next(1, 300)).Select(_ => Given.Reading(
                    series[random.Next(series.Count)],
                    random.Next(10) == 0 ? random.Next(500) : (start * 400) + (batch * 20) + random.Next(60),
                    random.Next(1_000))).ToList();
                expected.AddRange(readings.Where(reading => model.TryAdd((reading.Series, reading.MeasuredAt), reading)));
                Assert.True(await rig.Store(readings));
            }
            Assert.Equal(expected, await rig.Everything());
            foreach (var latest in rig.History.Latest())
                Assert.Equal(model.Values.Where(reading => reading.Series == latest.Series).MaxBy(reading => reading.MeasuredAt), latest);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
