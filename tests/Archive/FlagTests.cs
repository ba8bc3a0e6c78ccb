using CanhLu.Archive;
using CanhLu.Rules.Quality;
using DuckDB.NET.Data;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Archive;

public sealed class FlagTests : IDisposable
{
    static readonly QualityTests Tests = new()
    {
        UserSpan = new ValueSpan(0, 3000),
        Spike = new SpikeTest(100, 200, SpikeMethod.Average),
        Rate = new RateTest(500 / 3600.0, null),
    };

    readonly string _folder = Directory.CreateTempSubdirectory("canhlu-").FullName;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Flags_are_decided_before_the_commit_and_stored_returned_and_passed_on_with_their_reading()
    {
        var quality = new Counting(Control());
        Reading[] expected = [Reading(0, 1000), Reading(10, 1010), Reading(20, 3200), Reading(30, 1030)];
        var stored = expected.ToArray();
        Control().Judge(expected, []);
        await using (var rig = await ArchiveRig.Start(_folder, quality: quality))
        {
            rig.Book.Ensure("tam-ky", "stage", "mm");
            Assert.True(await rig.Store(stored));
            Assert.Equal(expected[^1], Assert.Single(rig.History.Latest()));
            await rig.Stop();
            Assert.Equal(expected, rig.TakePages());
        }
        Assert.Equal(4, quality.Judged);
        Assert.Equal([Flag.Good, Flag.Fail, Flag.Fail, Flag.Suspect], expected.Select(one => one.Flag));
        await using var again = await ArchiveRig.Start(_folder);
        Assert.Equal(expected, await again.Everything());
        Assert.Equal(expected[^1], Assert.Single(again.History.Latest()));
        Assert.Equal(expected, await again.History.Range(new SeriesId(1), Instant.MinValue, Instant.MaxValue, 10, Stop));
    }

    [Fact]
    public async Task A_spike_is_written_back_to_its_reading_in_the_commit_that_decides_it_and_nothing_else_is_changed()
    {
        await using (var rig = await ArchiveRig.Start(_folder, quality: Control()))
        {
            rig.Book.Ensure([("tam-ky", "stage", "mm"), ("an-ha", "stage", "mm")]);
            foreach (var (minute, value) in ((double, double)[])[(0, 1000), (10, 1001), (20, 1300), (30, 1003), (40, 1004)])
                Assert.True(await rig.Store(Reading(minute, value), Reading(minute, value, series: 2)));
            await Check(rig);
        }
        await using var again = await ArchiveRig.Start(_folder);
        await Check(again);

        static async Task Check(ArchiveRig rig)
        {
            var all = await rig.Everything();
            Assert.Equal([Flag.Good, Flag.Suspect, Flag.Fail, Flag.Suspect, Flag.Good], all.Where(one => one.Series.Value == 1).Select(one => one.Flag));
            Assert.Equal(all.Where(one => one.Series.Value == 1).Select(one => (one.Flag, one.Tests)), all.Where(one => one.Series.Value == 2).Select(one => (one.Flag, one.Tests)));
            Assert.Equal([2, 3, 4, 3, 2], Spikes(all.Where(one => one.Series.Value == 1)));
        }
    }

    [Fact]
    public async Task A_pass_is_told_by_the_reading_that_decided_it()
    {
        await using var rig = await ArchiveRig.Start(_folder, quality: Control());
        rig.Book.Ensure("tam-ky", "stage", "mm");
        foreach (var minute in (double[])[0, 10, 20, 15, 30])
            Assert.True(await rig.Store(Reading(minute, 1000 + minute)));
        // The one of minute 15 came late, so nothing is decided of it, and the newest one waits.
        var range = await rig.History.Range(new SeriesId(1), Instant.MinValue, Instant.MaxValue, 10, Stop);
        Assert.Equal([2, 1, 2, 1, 2], Spikes(range));
    }

    [Fact]
    public async Task A_repeat_is_not_judged_again()
    {
        var quality = new Counting(Control());
        await using var rig = await ArchiveRig.Start(_folder, quality: quality);
        rig.Book.Ensure("tam-ky", "stage", "mm");
        Reading[] many = [.. Enumerable.Range(0, 100).Select(i => Reading(i, 1000))];
        Assert.True(await rig.Store(many));
        // Recent ones are known to memory; the old ones are looked up in the file.
        Assert.True(await rig.Store([.. many, Reading(0.5, 1000), .. many]));
        Assert.Equal(101, quality.Judged);
        Assert.Equal(101, (await rig.Everything()).Count);
    }

    [Fact]
    public void A_commit_that_is_tried_again_is_not_judged_again()
    {
        var quality = new Counting(Control());
        var batch = new ReadingBatch();
        batch.Add(Reading(0, 1000));
        var staged = StagedCommit.Of([batch], 1, new KnownTimes(long.MinValue, 0), Offsets.None);
        staged.Judge(quality);
        staged.Judge(quality);
        Assert.Equal(1, quality.Judged);
        staged.Release();
    }

    [Fact]
    public async Task A_file_of_the_first_version_is_taken_over_with_its_readings()
    {
        using (var old = new DuckDBConnection($"DataSource={Path.Combine(_folder, ArchiveRig.File)}"))
        {
            old.Open();
            using var command = old.CreateCommand();
            command.CommandText = """
                CREATE TABLE schema_version (version INTEGER NOT NULL);
                CREATE TABLE series (
                    id INTEGER PRIMARY KEY, device VARCHAR NOT NULL, quantity VARCHAR NOT NULL, unit VARCHAR NOT NULL,
                    UNIQUE (device, quantity, unit));
                CREATE TABLE readings (
                    series INTEGER NOT NULL, measured_at TIMESTAMP NOT NULL, received_at TIMESTAMP NOT NULL, value DOUBLE NOT NULL,
                    flag UTINYINT NOT NULL, position BIGINT NOT NULL);
                INSERT INTO schema_version VALUES (1);
                INSERT INTO series VALUES (1, 'tam-ky', 'stage', 'mm');
                INSERT INTO readings SELECT 1, TIMESTAMP '2025-10-28 00:00:00' + to_seconds(60 * i), TIMESTAMP '2025-10-28 00:00:01' + to_seconds(60 * i), 1000 + i, 3, i + 1
                FROM range(1000) t(i);
                """;
            command.ExecuteNonQuery();
        }
        // Who only reads does not change it, and says what does.
        var refused = Assert.Throws<ArchiveRefusedException>(() => PastReadings.Open(Path.Combine(_folder, ArchiveRig.File)));
        Assert.Contains("older Canh Lũ", refused.Message, StringComparison.Ordinal);
        Reading[] old1000 = [.. Enumerable.Range(0, 1000).Select(i => Given.Reading(new SeriesId(1), i, 1000 + i, Flag.Suspect))];
        for (var start = 0; start < 2; start++)
        {
            await using var rig = await ArchiveRig.Start(_folder, quality: Control());
            Assert.Equal(old1000, (await rig.Everything())[..1000]);
            Assert.True(await rig.Store(Reading(1000 + start, 2000)));
            var newest = Assert.Single(rig.History.Latest());
            Assert.Equal((2000, Flag.Good), (newest.Value, newest.Tests[QualityTest.GrossRange]));
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    static QualityControl Control() => new(
        [.. Enumerable.Range(1, 2).Select(i => new QualitySubject(new SeriesId(i), Tests, null, Duration.FromMinutes(10)))], DateTimeZone.Utc);

    static Reading Reading(double minute, double value, int series = 1) => Given.Reading(new SeriesId(series), minute, value);

    static int[] Spikes(IEnumerable<Reading> readings) => [.. readings.Select(one => (int)one.Tests[QualityTest.Spike]!.Value)];

    sealed class Counting(IQualityControl control) : IQualityControl
    {
        public int Judged { get; private set; }

        public void Judge(Span<Reading> readings, List<FlagCorrection> corrections)
        {
            Judged += readings.Length;
            control.Judge(readings, corrections);
        }
    }
}
