using CanhLu.Archive;
using CanhLu.Tests.Rules;
using Xunit;

namespace CanhLu.Tests.Archive;

public sealed class PastReadingsTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("canhlu-").FullName;

    [Fact]
    public async Task An_archive_at_rest_gives_every_reading_in_the_order_of_time()
    {
        Reading[] readings;
        await using (var rig = await ArchiveRig.Start(_folder))
        {
            readings = await Fill(rig);
            await rig.Stop();
        }
        Assert.Equal(readings.OrderBy(reading => reading.MeasuredAt), Read(_folder));
    }

    [Fact]
    public async Task What_a_killed_engine_left_in_its_log_is_read_too()
    {
        await using var rig = await ArchiveRig.Start(_folder);
        var readings = await Fill(rig);
        var left = Directory.CreateDirectory(Path.Combine(_folder, "left")).FullName;
        foreach (var file in Directory.GetFiles(_folder, ArchiveRig.File + "*"))
            File.Copy(file, Path.Combine(left, Path.GetFileName(file)));
        Assert.True(new FileInfo(Path.Combine(left, ArchiveRig.File + ".wal")).Length > 0);
        Assert.Equal(readings.OrderBy(reading => reading.MeasuredAt), Read(left));
    }

    [Fact]
    public void A_folder_without_an_archive_is_named()
    {
        var path = Path.Combine(_folder, ArchiveRig.File);
        Assert.Contains(path, Assert.Throws<ArchiveRefusedException>(() => PastReadings.Open(path)).Message, StringComparison.Ordinal);
        File.WriteAllText(path, "no database, but long enough to be taken for one by somebody who does not look");
        Assert.Contains("is no DuckDB file", Assert.Throws<ArchiveRefusedException>(() => PastReadings.Open(path)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    static async Task<Reading[]> Fill(ArchiveRig rig)
    {
        var random = new Random(3);
        var ids = rig.Book.Ensure([("g1", "stage", "mm"), ("g2", "stage", "mm")]);
        // Every time once, so that their order is one.
        var minutes = Enumerable.Range(0, 3 * 1440).ToArray();
        random.Shuffle(minutes);
        Reading[] readings = [.. minutes.Select(minute => Gauges.Read(minute, random.Next(500, 3000), flag: random.Next(5) == 0 ? Flag.Suspect : Flag.Good) with { Series = ids[minute % 2] })];
        foreach (var some in readings.Chunk(700))
            Assert.True(await rig.Store(some));
        return readings;
    }

    static List<Reading> Read(string folder)
    {
        using var past = PastReadings.Open(Path.Combine(folder, ArchiveRig.File));
        Assert.Equal(["g1", "g2"], past.Series.Select(series => series.Device));
        var (all, reached) = (new List<Reading>(), 0.0);
        past.Read(
            (readings, share) =>
            {
                Assert.InRange(share, reached, 1);
                reached = share;
                all.AddRange(readings);
            },
            TestContext.Current.CancellationToken);
        return all;
    }
}
