using DuckDB.NET.Data;
using NodaTime;

namespace CanhLu.Tests.Support;

/// <summary>Ten weeks of a real gauge with floods and a clock change, computed in plain SQL that shares no code with ours.</summary>
static class KentuckyRiver
{
    public static string File { get; } = Path.Combine(AppContext.BaseDirectory, "Data", "usgs-03287500-2014.rdb");

    static string River => $"""
        SELECT strptime(datetime, '%Y-%m-%d %H:%M') + CASE tz_cd WHEN 'EST' THEN INTERVAL 5 HOUR WHEN 'EDT' THEN INTERVAL 4 HOUR END AS t,
               CAST(round(CAST("07_00065" AS DECIMAL(9, 2)) * 304.8) AS INTEGER) AS stage
        FROM read_csv('{File}', delim = '\t', comment = '#', header = true, all_varchar = true)
        WHERE agency_cd = 'USGS' AND "07_00065" IS NOT NULL
        """;

    /// <summary>Every reading, milliseconds since 1970 and millimetres, in the order of time.</summary>
    public static (long Milliseconds, int Stage)[] Readings() =>
        Rows($"SELECT epoch_ms(t), stage FROM ({River}) ORDER BY t", row => (row.GetInt64(0), row.GetInt32(1)));

    /// <summary>With one hold for all levels each level is a latch of its own: set by a run at or above Raise that has lasted, put back by a run below Clear
    /// that has. A run is an island of rows between two that contradict it.</summary>
    public static (Instant At, AlarmLevel Level, int Stage)[] Changes((int Raise, int Clear)[] steps, int raiseHold, int clearHold)
    {
        return Rows(
            $"""
            WITH river AS ({River}),
            steps(level, raise, clear) AS (VALUES (1, {steps[0].Raise}, {steps[0].Clear}), (2, {steps[1].Raise}, {steps[1].Clear}),
                (3, {steps[2].Raise}, {steps[2].Clear})),
            islands AS (
                SELECT level, t, stage, stage >= raise AS high, stage < clear AS low,
                       count(*) FILTER (WHERE stage < raise) OVER so_far AS high_island,
                       count(*) FILTER (WHERE stage >= clear) OVER so_far AS low_island
                FROM river, steps WINDOW so_far AS (PARTITION BY level ORDER BY t)),
            runs AS (
                SELECT *, min(t) FILTER (WHERE high) OVER (PARTITION BY level, high_island) AS high_since,
                       min(t) FILTER (WHERE low) OVER (PARTITION BY level, low_island) AS low_since
                FROM islands),
            latches AS (
                SELECT t, stage, last_value(CASE WHEN high AND t - high_since >= INTERVAL {raiseHold} MINUTE THEN 1
                                                  WHEN low AND t - low_since >= INTERVAL {clearHold} MINUTE THEN 0 END IGNORE NULLS)
                                  OVER (PARTITION BY level ORDER BY t) AS latched
                FROM runs),
            levels AS (SELECT t, any_value(stage) AS stage, coalesce(sum(latched), 0) AS level FROM latches GROUP BY t),
            changes AS (SELECT *, lag(level, 1, 0) OVER (ORDER BY t) AS before FROM levels)
            SELECT epoch_ms(t), CAST(level AS INTEGER), stage FROM changes WHERE level <> before ORDER BY t
            """,
            row => (Instant.FromUnixTimeMilliseconds(row.GetInt64(0)), (AlarmLevel)row.GetInt32(1), row.GetInt32(2)));
    }

    static T[] Rows<T>(string sql, Func<DuckDBDataReader, T> read)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return [.. rows];
    }
}
