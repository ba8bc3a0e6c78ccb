using BenchmarkDotNet.Attributes;
using NodaTime;

namespace CanhLu.Bench;

/// <summary>One commit of the archive, from the batch to its answer: on disk, repeats looked for, fresh ones passed on.</summary>
/// <remarks>The baseline stores the same in SQLite, in one transaction, with the key that a series needs to be found.</remarks>
[MemoryDiagnoser]
[Config(typeof(Once))]
public class CommitBench : IDisposable
{
    const int Gauges = 1000;

    readonly string _folder = Directory.CreateTempSubdirectory("canhlu-micro-").FullName;
    WholeArchive _archive = null!;
    SqliteReadings _sqlite = null!;
    Reading[] _readings = [];
    int _minute;

    /// <summary>Readings in a commit: a calm minute, a thousand gauges, and a storm's.</summary>
    [Params(100, 2_000, 20_000)]
    public int Readings { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _archive = new WholeArchive(_folder);
        _archive.Book.Ensure([.. Enumerable.Range(0, Gauges).Select(i => ($"gauge-{i:0000}", "stage", "mm"))]);
        _sqlite = new SqliteReadings(Path.Combine(_folder, "readings.db"));
        _readings = new Reading[Readings];
    }

    [GlobalCleanup]
    public void Dispose()
    {
        if (!Directory.Exists(_folder))
            return;
        _archive.Dispose();
        _sqlite.Dispose();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [IterationSetup]
    public void Next()
    {
        for (var i = 0; i < Readings; i++)
        {
            if (i % Gauges == 0)
                _minute++;
            var at = Instant.FromUtc(2025, 1, 1, 0, 0) + Duration.FromMinutes(_minute);
            _readings[i] = new Reading(new SeriesId(i % Gauges + 1), at, at + Duration.FromMilliseconds(500), 1200 + (i + _minute) % 97, Flag.Good);
        }
    }

    [Benchmark(Baseline = true, Description = "SQLite")]
    public void Sqlite() => _sqlite.Store(_readings);

    [Benchmark(Description = "archive")]
    public Task Archive() => _archive.Store(_readings);
}
