using BenchmarkDotNet.Attributes;
using NodaTime;

namespace CanhLu.Bench;

/// <summary>A day and a year of one series, out of a year of 20 gauges that report every ten minutes: every reading, and summed up for a page.</summary>
/// <remarks>The baseline reads the same out of SQLite, whose key leads straight to a series: what the archive gave up for its speed in writing.</remarks>
[MemoryDiagnoser]
[Config(typeof(Short))]
public class HistoryBench : IDisposable
{
    const int Gauges = 20;
    const int Together = 50_000;

    static readonly Instant Start = Instant.FromUtc(2025, 1, 1, 0, 0);
    static readonly Duration Every = Duration.FromMinutes(10);
    static readonly SeriesId One = new(7);

    readonly string _folder = Directory.CreateTempSubdirectory("canhlu-micro-").FullName;
    WholeArchive _archive = null!;
    SqliteReadings _sqlite = null!;

    /// <summary>How much of the past.</summary>
    [Params(1, 365)]
    public int Days { get; set; }

    Instant From => Start + Duration.FromDays(365 - Days);

    static Instant To => Start + Duration.FromDays(365);

    [GlobalSetup]
    public void Setup()
    {
        _archive = new WholeArchive(_folder);
        _archive.Book.Ensure([.. Enumerable.Range(0, Gauges).Select(i => ($"gauge-{i:0000}", "stage", "mm"))]);
        _sqlite = new SqliteReadings(Path.Combine(_folder, "readings.db"));
        var all = (int)(Duration.FromDays(365) / Every) * Gauges;
        for (var from = 0; from < all; from += Together)
        {
            var readings = Enumerable.Range(from, Math.Min(Together, all - from)).Select(i =>
            {
                var at = Start + Every * (i / Gauges);
                return new Reading(new SeriesId(i % Gauges + 1), at, at + Duration.FromMilliseconds(500), 1200 + i % 97, Flag.Good);
            }).ToArray();
            _archive.Store(readings).GetAwaiter().GetResult();
            _sqlite.Store(readings);
        }
        if (Sqlite() != Range().GetAwaiter().GetResult() || Sqlite() != Days * 144)
            throw new InvalidOperationException("The two do not hold the same.");
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

    [Benchmark(Baseline = true, Description = "SQLite, every reading")]
    public int Sqlite() => _sqlite.Range(One, From, To).Count;

    [Benchmark(Description = "archive, every reading")]
    public async Task<int> Range() => (await _archive.History.Range(One, From, To, int.MaxValue)).Length;

    [Benchmark(Description = "archive, 1,000 stretches")]
    public async Task<int> Buckets() => (await _archive.History.Buckets(One, From, To, (To - From) / 1000)).Count;
}
