using System.Buffers;
using System.Collections.Immutable;
using DuckDB.NET.Data;

namespace CanhLu.Archive;

/// <summary>An archive that no engine has open, for reading only: its readings in the order of MeasuredAt.</summary>
public sealed class PastReadings : IDisposable
{
    // Sorted in memory at once.
    const long MostReadings = 500_000;
    const int PageLength = 8_192;

    readonly DuckDBConnection _connection;

    PastReadings(DuckDBConnection connection, ImmutableArray<Series> series)
    {
        _connection = connection;
        Series = series;
    }

    /// <summary>Every series that the archive knows.</summary>
    public ImmutableArray<Series> Series { get; }

    /// <summary>Opens an archive's file.</summary>
    /// <exception cref="ArchiveRefusedException">There is none, an engine has it open, or it cannot be used; the message says which.</exception>
    public static PastReadings Open(string path)
    {
        if (!File.Exists(path))
            throw new ArchiveRefusedException($"There is no archive {path}. Name the folder of the engine's files with --data.");
        var connection = new DuckDBConnection(new DuckDBConnectionStringBuilder { DataSource = Path.GetFullPath(path), ["access_mode"] = "READ_ONLY" }.ToString());
        try
        {
            connection.Open();
            ArchiveSchema.Check(connection, path);
            return new PastReadings(connection, SeriesOf(connection));
        }
        catch (DuckDBException refused)
        {
            connection.Dispose();
            throw Refusal.Of(refused, path);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Gives every reading, oldest first; those measured at one time in the order of their commit.</summary>
    /// <param name="page">Gets the readings, which are its own only while it runs, and how much has been read, 0 to 1.</param>
    /// <param name="cancellation">Ends it.</param>
    public void Read(Action<ReadOnlySpan<Reading>, double> page, CancellationToken cancellation)
    {
        var portions = Portion.Of(Hours(), MostReadings);
        var readings = ArrayPool<Reading>.Shared.Rent(PageLength);
        try
        {
            foreach (var portion in portions)
            {
                cancellation.ThrowIfCancellationRequested();
                Read(portion, readings, some => page(some, (double)portion.Through / portions[^1].Through));
            }
        }
        finally
        {
            ArrayPool<Reading>.Shared.Return(readings);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    List<(long, long)> Hours()
    {
        var hours = new List<(long, long)>();
        using var command = _connection.CreateCommand();
        command.CommandText = Portion.Hours("true");
        using var rows = command.ExecuteReader();
        while (rows.Read())
            hours.Add((rows.GetInt64(0), rows.GetInt64(1)));
        return hours;
    }

    void Read(Portion portion, Reading[] readings, Action<ReadOnlySpan<Reading>> page)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = $"SELECT {Rows.Columns} FROM readings WHERE {portion.Sql} ORDER BY measured_at, position";
        using var rows = command.ExecuteReader();
        var count = 0;
        while (rows.Read())
        {
            readings[count++] = rows.Reading();
            if (count < PageLength)
                continue;
            page(readings.AsSpan(0, count));
            count = 0;
        }
        if (count > 0)
            page(readings.AsSpan(0, count));
    }

    static ImmutableArray<Series> SeriesOf(DuckDBConnection connection)
    {
        var series = ImmutableArray.CreateBuilder<Series>();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT id, device, quantity, unit FROM series ORDER BY id";
        using var rows = command.ExecuteReader();
        while (rows.Read())
            series.Add(new Series(new SeriesId(rows.GetInt32(0)), rows.GetString(1), rows.GetString(2), rows.GetString(3)));
        return series.ToImmutable();
    }
}
