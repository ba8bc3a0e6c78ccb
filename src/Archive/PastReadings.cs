using System.Collections.Immutable;
using DuckDB.NET.Data;

namespace CanhLu.Archive;

/// <summary>An archive that no engine has open, for reading only: its readings in the order of MeasuredAt.</summary>
public sealed class PastReadings : IDisposable
{
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
    /// <param name="cancellation">Ends it between two portions.</param>
    public void Read(Action<ReadOnlySpan<Reading>, double> page, CancellationToken cancellation) => Portion.Read("true", (sql, row) => Ask(sql, row, cancellation), page);

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    void Ask(string sql, Action<DuckDBDataReader> row, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        while (rows.Read())
            row(rows);
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
