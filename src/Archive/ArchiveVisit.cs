using DuckDB.NET.Data;

namespace CanhLu.Archive;

/// <summary>A borrowed connection to the archive's file; given back by <see cref="Dispose"/>.</summary>
sealed class ArchiveVisit(DuckDBConnection connection, SemaphoreSlim permits) : IDisposable
{
    public DuckDBConnection Connection => connection;

    /// <summary>Breaks off the running query when the token is cancelled.</summary>
    public CancellationTokenRegistration InterruptOn(CancellationToken cancellation) => cancellation.UnsafeRegister(_ => connection.NativeConnection.Interrupt(), null);

    public void Dispose()
    {
        connection.Dispose();
        permits.Release();
    }
}
