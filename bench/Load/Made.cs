using DuckDB.NET.Data;
using static System.FormattableString;

namespace CanhLu.Bench;

/// <summary>A past written straight into an archive's file by DuckDB itself, at millions of readings a second: a tide, the same at every station but for its phase.</summary>
static class Made
{
    const string Stage = "(1000 + 400 * sin(2 * pi() * (t / 44700.0 + n / 1000.0)))::INTEGER";

    // As many in one transaction: some hundreds of megabytes of log.
    const long Together = 10_000_000;

    /// <summary>Writes readings of every station's stage, in the order of time.</summary>
    /// <param name="folder">The data folder of an engine that has stopped and has numbered its series.</param>
    /// <param name="until">When the last one was measured, epoch seconds.</param>
    /// <param name="every">From one reading of a station to its next, seconds.</param>
    /// <param name="times">How many of each.</param>
    /// <returns>How many readings.</returns>
    public static long Write(string folder, long until, long every, long times)
    {
        using var archive = new DuckDBConnection($"DataSource={Path.Combine(folder, "readings.duckdb")}");
        archive.Open();
        Run("SET VARIABLE ids = (SELECT list(id ORDER BY id) FROM series WHERE quantity = 'stage')");
        var stations = Number("SELECT len(getvariable('ids'))");
        var next = Number("SELECT coalesce(max(position), 0) FROM readings") + 1;
        var first = until - (times - 1) * every;
        for (var from = 0L; from < times * stations; from += Together)
        {
            var to = Math.Min(from + Together, times * stations);
            Run(Invariant($"""
                INSERT INTO readings
                SELECT getvariable('ids')[n + 1], make_timestamp(t * 1000000), make_timestamp(t * 1000000 + 500000), {Stage}, 1, position, 0
                FROM (SELECT r % {stations} AS n, {first} + r // {stations} * {every} AS t, {next} + r AS position FROM range({from}, {to}) AS all_of_them(r))
                """));
        }
        Run("CHECKPOINT");
        return times * stations;

        void Run(string sql)
        {
            using var command = archive.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }

        long Number(string sql)
        {
            using var command = archive.CreateCommand();
            command.CommandText = sql;
            return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
        }
    }
}
