using CanhLu.Archive;
using DuckDB.NET.Data;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Archive;

/// <summary>What is stored is what came in and what is added to it, before, during and after a change of the one.</summary>
public sealed class OffsetTests : IDisposable
{
    static readonly SeriesId Gauge = new(1);
    static readonly SeriesId Other = new(2);

    readonly string _folder = Directory.CreateTempSubdirectory("canhlu-").FullName;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_came_before_and_what_comes_after_is_restated_from_its_moment_on_and_nothing_else_is()
    {
        await using (var rig = await Rig())
        {
            Assert.True(await rig.Store(Enumerable.Range(0, 4).SelectMany(i => new[] { At(Gauge, i), At(Other, i) })));
            await rig.PagesOfTheStored();
            Assert.Equal(2, await rig.Get<OffsetChanges>().AdoptAsync(Offsets.Of([(Gauge, Minute(2), 140)]), () => Task.CompletedTask, Stop));
            Assert.Equal([1000, 1000, 1140, 1140], await Of(rig, Gauge));
            Assert.Equal([1000, 1000, 1000, 1000], await Of(rig, Other));
            Assert.Equal(1140, rig.History.Latest().Single(one => one.Series == Gauge).Value);
            // A backlog of before it is as it came.
            Assert.True(await rig.Store(At(Gauge, 1.5), At(Gauge, 4), At(Other, 4)));
            Assert.Equal([1000, 1140, 1000], (await rig.PagesOfTheStored()).Select(one => one.Value));
        }
        await using var again = await ArchiveRig.Start(_folder);
        Assert.True(await again.Store(At(Gauge, 5)));
        Assert.Equal([1000, 1000, 1000, 1140, 1140, 1140, 1140], await Of(again, Gauge));
        Assert.Equal(140, again.Get<OffsetChanges>().InForce.At(Gauge, Minute(9)));
    }

    [Fact]
    public async Task What_came_in_can_be_had_back_after_any_changes()
    {
        var random = new Random(20251029);
        await using var rig = await Rig();
        var came = new SortedDictionary<double, double>();
        var steps = new List<(SeriesId, Instant, double)>();
        for (var round = 0; round < 25; round++)
        {
            for (var i = 0; i < 20; i++)
                came.TryAdd(random.Next(2000), random.Next(-3000, 9000));
            Assert.True(await rig.Store(came.Select(one => Given.Reading(Gauge, one.Key, one.Value))));
            if (steps.Count > 0 && random.Next(3) == 0)
                steps.RemoveAt(random.Next(steps.Count));
            else
                steps.Add((Gauge, Minute(random.Next(2000)), random.Next(-500, 500)));
            await rig.Get<OffsetChanges>().AdoptAsync(Offsets.Of(steps), () => Task.CompletedTask, Stop);
            // The last step at or before a time holds; of two at one time the later one of the list.
            double Added(Instant at) => steps.Where(step => step.Item2 <= at).Select((step, i) => (step, i)).OrderBy(one => one.step.Item2).ThenBy(one => one.i).LastOrDefault().step.Item3;
            Assert.Equal(came.Select(one => one.Value + Added(Minute(one.Key))), await Of(rig, Gauge));
        }
        await rig.Get<OffsetChanges>().AdoptAsync(Offsets.None, () => Task.CompletedTask, Stop);
        Assert.Equal(came.Values, await Of(rig, Gauge));
    }

    [Fact]
    public async Task Nothing_is_stored_between_the_restating_and_what_is_done_meanwhile()
    {
        await using var rig = await Rig();
        Assert.True(await rig.Store(At(Gauge, 0)));
        await rig.PagesOfTheStored();
        Task<bool>? stored = null;
        await rig.Get<OffsetChanges>().AdoptAsync(Offsets.Of([(Gauge, Minute(0), -20)]), async () =>
        {
            stored = rig.Store(At(Gauge, 1));
            // What is stored can be read meanwhile, as the rules do; what waits is not there.
            Assert.Equal([980], await Of(rig, Gauge));
            Assert.False(stored.IsCompleted);
        }, Stop);
        Assert.True(await stored!);
        Assert.Equal([980], (await rig.PagesOfTheStored()).Select(one => one.Value));
        Assert.Equal([980, 980], await Of(rig, Gauge));
    }

    [Fact]
    public async Task What_fails_meanwhile_is_its_askers_and_the_archive_goes_on()
    {
        await using var rig = await Rig();
        var offsets = rig.Get<OffsetChanges>();
        await Assert.ThrowsAsync<InvalidOperationException>(() => offsets.AdoptAsync(Offsets.Of([(Gauge, Minute(0), 5)]), () => throw new InvalidOperationException("no judge"), Stop));
        Assert.True(await rig.Store(At(Gauge, 0)));
        Assert.Equal([1005], await Of(rig, Gauge));
        // It is restated: what the asker's own files say is not said of the archive.
        await Assert.ThrowsAsync<IOException>(() => offsets.AdoptAsync(Offsets.Of([(Gauge, Minute(0), 5), (Gauge, Minute(1), 7)]), () => throw new IOException("no site"), Stop));
        // Whoever has given up is not served.
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => offsets.AdoptAsync(Offsets.None, () => Task.CompletedTask, gone.Token));
        Assert.Equal(5, offsets.InForce.At(Gauge, Minute(0)));
        await rig.Stop();
        await Assert.ThrowsAsync<ArchiveNotReadyException>(() => offsets.AdoptAsync(Offsets.None, () => Task.CompletedTask, Stop));
    }

    [Fact]
    public async Task A_file_of_the_second_version_is_taken_over()
    {
        await using (var rig = await Rig())
            Assert.True(await rig.Store(At(Gauge, 0)));
        using (var old = new DuckDBConnection($"DataSource={Path.Combine(_folder, ArchiveRig.File)}"))
        {
            old.Open();
            using var command = old.CreateCommand();
            command.CommandText = "DROP TABLE offsets; DROP TABLE restatements; DROP TABLE thinned; UPDATE schema_version SET version = 2";
            command.ExecuteNonQuery();
        }
        await using var again = await ArchiveRig.Start(_folder);
        Assert.True(again.Get<OffsetChanges>().InForce.IsNone);
        Assert.Equal(1, await again.Get<OffsetChanges>().AdoptAsync(Offsets.Of([(Gauge, Minute(0), 7)]), () => Task.CompletedTask, Stop));
        Assert.Equal([1007], await Of(again, Gauge));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    async Task<ArchiveRig> Rig()
    {
        var rig = await ArchiveRig.Start(_folder);
        rig.Book.Ensure([("tk-gauge-1", "stage", "mm"), ("tn-gauge-1", "stage", "mm")]);
        return rig;
    }

    static Instant Minute(double minute) => Given.Start + Duration.FromMinutes(minute);

    static Reading At(SeriesId series, double minute) => Given.Reading(series, minute, 1000);

    static async Task<List<double>> Of(ArchiveRig rig, SeriesId series) =>
        [.. (await rig.History.Range(series, Instant.FromUtc(2000, 1, 1, 0, 0), Instant.FromUtc(2100, 1, 1, 0, 0), 10_000, Stop)).Select(one => one.Value)];
}
