using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CanhLu.Database;

/// <summary>The operations store: one SQLite file with what people and carriers did (episodes, proposals, roster, outbox, accounts, audit).</summary>
/// <remarks>
/// One writer at a time, every write one transaction, on disk when <see cref="Write{T}"/> returns (WAL, <c>synchronous=FULL</c>). Reads go on beside
/// it, each on a connection of its own. Instants are kept as whole microseconds since 1970 (see <see cref="InstantColumn"/>).
/// </remarks>
public sealed class Operations : IDisposable
{
    readonly Lock _writing = new();
    readonly SqliteConnection _writer;
    readonly string _readOnly;
    bool _disposed;

    Operations(SqliteConnection writer, string readOnly, string installation, StoreMode mode)
    {
        Mode = mode;
        _writer = writer;
        _readOnly = readOnly;
        Installation = installation;
    }

    /// <summary>Eight hexadecimal digits made once per file: part of every key given to a carrier, so that a new file never repeats an old one's keys.</summary>
    public string Installation { get; }

    /// <summary>What it is for.</summary>
    public StoreMode Mode { get; }

    /// <summary>Opens the file, makes it when it is not there, and takes its schema to this version.</summary>
    /// <param name="path">The file's path; its folder must exist.</param>
    /// <param name="mode">What it must be for, and is for from now on when it is made; null to open whatever is there.</param>
    /// <exception cref="NewerSchemaException">The file was written by a newer version of the engine.</exception>
    /// <exception cref="WrongStoreException">It is for something else.</exception>
    public static Operations Open(string path, StoreMode? mode = null)
    {
        Columns.Register();
        var writer = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 30 }.ToString());
        try
        {
            writer.Open();
            writer.Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;");
            var isNew = writer.ExecuteScalar<int>("PRAGMA user_version") == 0;
            SchemaSteps.Apply(writer, path);
            // In the same breath: a store that was made and not marked would be a real one.
            if (isNew && mode == StoreMode.Drill)
                writer.Execute("INSERT INTO settings (name, value) VALUES ('mode', 'drill')");
            var isDrill = writer.ExecuteScalar<string>("SELECT value FROM settings WHERE name = 'mode'") == "drill";
            var found = isDrill ? StoreMode.Drill : StoreMode.Real;
            if (mode is { } wanted && wanted != found)
                throw new WrongStoreException(path, wanted);
            var installation = writer.ExecuteScalar<string>("SELECT value FROM settings WHERE name = 'installation'")!;
            var readOnly = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, DefaultTimeout = 30 }.ToString();
            return new Operations(writer, readOnly, installation, found);
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    /// <summary>Runs <paramref name="work"/> in one transaction; when it returns, its result is on disk. An exception rolls everything back.</summary>
    /// <param name="work">Gets the connection; Dapper's calls on it need no transaction argument. Must not call <see cref="Write{T}"/> again.</param>
    /// <exception cref="ObjectDisposedException">The store was closed.</exception>
    public T Write<T>(Func<SqliteConnection, T> work)
    {
        lock (_writing)
        {
            // Dapper opens a closed connection for each statement: what was meant as one transaction would go in piece by piece.
            ObjectDisposedException.ThrowIf(_disposed, this);
            _writer.Execute("BEGIN IMMEDIATE");
            try
            {
                var result = work(_writer);
                _writer.Execute("COMMIT");
                return result;
            }
            catch
            {
                // A full disk ends the transaction by itself; a second ROLLBACK would then hide why.
                if (raw.sqlite3_get_autocommit(_writer.Handle) == 0)
                    _writer.Execute("ROLLBACK");
                throw;
            }
        }
    }

    /// <summary>Whether a failed write may succeed later without anyone changing the program: the disk is full or fails, or someone else holds
    /// the file. Nothing of the write was kept.</summary>
    public static bool IsTrouble(SqliteException exception) =>
        exception.SqliteErrorCode is raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_BUSY or raw.SQLITE_LOCKED;

    /// <summary>Runs a query on a read-only connection. All its statements see one moment: everything committed before the first of them began, and nothing after.</summary>
    public T Read<T>(Func<SqliteConnection, T> query)
    {
        using var connection = new SqliteConnection(_readOnly);
        connection.Open();
        connection.Execute("BEGIN DEFERRED");
        try
        {
            return query(connection);
        }
        finally
        {
            connection.Execute("ROLLBACK");
        }
    }

    /// <summary>Copies everything that is committed into a new file, as of one moment, while writes go on.</summary>
    /// <param name="path">The new file; must not be there.</param>
    public void CopyTo(string path)
    {
        using var connection = new SqliteConnection(_readOnly);
        connection.Open();
        connection.Execute("VACUUM INTO @path", new { path });
    }

    /// <summary>What SQLite finds wrong with the file; empty when nothing is.</summary>
    public IReadOnlyList<string> Faults() => Read(connection => connection.Query<string>("PRAGMA integrity_check").Where(line => line != "ok").ToList());

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_writing)
        {
            _disposed = true;
            // The writer goes last: who closes last takes the log into the file, and a reader may not.
            using (var pooled = new SqliteConnection(_readOnly))
                SqliteConnection.ClearPool(pooled);
            _writer.Dispose();
        }
    }
}
