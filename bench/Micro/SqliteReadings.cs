using Microsoft.Data.Sqlite;

namespace CanhLu.Bench;

/// <summary>The peer of the archive's benches: the same readings in SQLite, in the order of series and time, as it must be for a series to be found; WAL, on disk at every commit.</summary>
sealed class SqliteReadings : IDisposable
{
    readonly SqliteConnection _connection;
    readonly SqliteCommand _insert;
    readonly SqliteParameter[] _values;

    public SqliteReadings(string path)
    {
        _connection = new SqliteConnection($"Data Source={path}");
        _connection.Open();
        Run("PRAGMA journal_mode = WAL");
        Run("PRAGMA synchronous = FULL");
        Run(
            """
            CREATE TABLE readings (series INTEGER NOT NULL, measured_at INTEGER NOT NULL, received_at INTEGER NOT NULL, value REAL NOT NULL, flag INTEGER NOT NULL,
                PRIMARY KEY (series, measured_at)) WITHOUT ROWID
            """);
        _insert = _connection.CreateCommand();
        _insert.CommandText = "INSERT OR IGNORE INTO readings VALUES ($1, $2, $3, $4, $5)";
        _values = [.. Enumerable.Range(1, 5).Select(i => _insert.Parameters.Add(new SqliteParameter($"${i}", null)))];
    }

    public void Store(Reading[] readings)
    {
        Run("BEGIN");
        foreach (ref readonly var reading in readings.AsSpan())
        {
            (_values[0].Value, _values[1].Value, _values[2].Value) = (reading.Series.Value, reading.MeasuredAt.ToUnixTimeTicks(), reading.ReceivedAt.ToUnixTimeTicks());
            (_values[3].Value, _values[4].Value) = (reading.Value, (int)reading.Flag);
            _insert.ExecuteNonQuery();
        }
        Run("COMMIT");
    }

    public (int Count, double Sum) Range(SeriesId series, NodaTime.Instant from, NodaTime.Instant to)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT measured_at, received_at, value, flag FROM readings WHERE series = $series AND measured_at >= $from AND measured_at < $to ORDER BY measured_at";
        command.Parameters.AddWithValue("$series", series.Value);
        command.Parameters.AddWithValue("$from", from.ToUnixTimeTicks());
        command.Parameters.AddWithValue("$to", to.ToUnixTimeTicks());
        using var rows = command.ExecuteReader();
        var (count, sum) = (0, 0.0);
        for (; rows.Read(); count++)
            sum += rows.GetDouble(2) + rows.GetInt64(0) - rows.GetInt64(1) + rows.GetInt32(3);
        return (count, sum);
    }

    public void Dispose()
    {
        _insert.Dispose();
        _connection.Dispose();
    }

    void Run(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
