using System.Globalization;
using DuckDB.NET.Data;
using Microsoft.Extensions.Options;

namespace CanhLu.Archive;

/// <summary>The archive's file: one DuckDB instance with one connection for the writer's loop and visiting connections for everybody else.</summary>
/// <remarks>After an input/output error DuckDB may declare the whole instance invalid, so it is closed and opened as a whole: see <see cref="Reopen"/>.</remarks>
public sealed class ArchiveFile : IDisposable
{
    readonly ArchiveOptions _options;
    readonly SemaphoreSlim _permits;
    readonly string _connectionString;
    DuckDBConnection? _writer;

    /// <summary>The file as the options name it; still closed.</summary>
    public ArchiveFile(IOptions<ArchiveOptions> options)
    {
        _options = options.Value;
        _permits = new SemaphoreSlim(_options.Queries);
        _connectionString = new DuckDBConnectionStringBuilder
        {
            DataSource = System.IO.Path.GetFullPath(_options.Path),
            Threads = _options.Threads,
            MemoryLimit = string.Create(CultureInfo.InvariantCulture, $"{_options.MemoryMiB}MiB"),
            PreserveInsertionOrder = true,
            AutoinstallKnownExtensions = false,
            AutoloadKnownExtensions = false,
        }.ToString();
    }

    /// <summary>The file's path.</summary>
    public string Path => _options.Path;

    internal bool IsOpen => _writer is not null;

    /// <summary>The connection of the writer's loop.</summary>
    internal DuckDBConnection Writer => _writer ?? throw new ArchiveNotReadyException("The archive is closed.");

    /// <summary>Opens the file, makes it when it is not there, and takes its schema to this version.</summary>
    /// <exception cref="ArchiveRefusedException">It cannot be used; the message says why.</exception>
    internal void Open()
    {
        Directory.CreateDirectory(_options.Folder);
        var writer = new DuckDBConnection(_connectionString);
        try
        {
            writer.Open();
            // The loop takes the log into the file itself, and only when there is room: a checkpoint that runs out of disk is the one error to avoid.
            writer.Execute("SET checkpoint_threshold = '1TB'");
            writer.Execute("PRAGMA disable_checkpoint_on_shutdown");
            ArchiveSchema.Apply(writer, Path);
            _writer = writer;
        }
        catch (DuckDBException refused)
        {
            writer.Dispose();
            throw Refusal.Of(refused, Path);
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    /// <summary>Closes the instance when the last visitor has left, and opens it again. When that fails it stays closed.</summary>
    internal void Reopen()
    {
        Close();
        Open();
    }

    /// <summary>Closes the instance when the last visitor has left.</summary>
    internal void Close()
    {
        for (var taken = 0; taken < _options.Queries; taken++)
            _permits.Wait();
        _writer?.Dispose();
        _writer = null;
        _permits.Release(_options.Queries);
    }

    /// <summary>Copies everything that is committed into a new file, as of one moment, while the writer goes on.</summary>
    /// <param name="path">The new file; must not be there.</param>
    /// <param name="cancellation">Breaks it off; what is there of the new file is to be thrown away.</param>
    /// <exception cref="ArchiveNotReadyException">It cannot be read, or the copy cannot be written, at present.</exception>
    public async Task CopyTo(string path, CancellationToken cancellation = default)
    {
        using var visit = await Visit(cancellation).ConfigureAwait(false);
        using var stop = visit.InterruptOn(cancellation);
        try
        {
            var quoted = System.IO.Path.GetFullPath(path).Replace("'", "''", StringComparison.Ordinal);
            visit.Connection.Execute($"ATTACH '{quoted}' AS copied");
            try
            {
                visit.Connection.Execute($"COPY FROM DATABASE \"{System.IO.Path.GetFileNameWithoutExtension(Path)}\" TO copied");
                // Into one file: this instance does not do so by itself when it lets go of one.
                visit.Connection.Execute("CHECKPOINT copied");
            }
            finally
            {
                visit.Connection.Execute("DETACH copied");
            }
        }
        catch (DuckDBException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (DuckDBException failed)
        {
            throw new ArchiveNotReadyException($"{Path} could not be copied to {path}: {failed.Message}", failed);
        }
    }

    /// <summary>Leaves the instance open for good, because the loop is inside it still and the process ends.</summary>
    internal void Abandon() => _writer = null;

    /// <summary>A connection beside the writer's, for one query or one small transaction; waits while as many as allowed are out.</summary>
    /// <exception cref="ArchiveNotReadyException">The archive is closed.</exception>
    internal async Task<ArchiveVisit> Visit(CancellationToken cancellation)
    {
        await _permits.WaitAsync(cancellation).ConfigureAwait(false);
        return Admit();
    }

    /// <summary>The same for callers that cannot wait asynchronously.</summary>
    internal ArchiveVisit Visit()
    {
        _permits.Wait();
        return Admit();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer?.Dispose();
        _permits.Dispose();
    }

    ArchiveVisit Admit()
    {
        try
        {
            if (_writer is null)
                throw new ArchiveNotReadyException("The archive is closed.");
            var connection = new DuckDBConnection(_connectionString);
            connection.Open();
            return new ArchiveVisit(connection, _permits);
        }
        catch
        {
            _permits.Release();
            throw;
        }
    }
}
