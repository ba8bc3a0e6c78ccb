using CanhLu.Database;
using NodaTime;

namespace CanhLu.Console.Accounts;

/// <summary>Reads and writes the accounts' tables.</summary>
/// <param name="operations">The store.</param>
/// <param name="clock">The engine's clock, for the audit.</param>
/// <param name="time">Real time.</param>
public sealed class Writings(Operations operations, IClock clock, TimeProvider time)
{
    long _version;

    /// <summary>Changes whenever this process has changed who may do what.</summary>
    internal long Version => Volatile.Read(ref _version);

    /// <summary>Real time.</summary>
    internal Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    internal T Read<T>(Func<Writing, T> query) => operations.Read(connection => query(new Writing(connection, Now, clock.GetCurrentInstant())));

    internal T Write<T>(Func<Writing, T> work)
    {
        var result = WriteUnnoticed(work);
        Interlocked.Increment(ref _version);
        return result;
    }

    /// <summary>Writes what changes nobody's rights.</summary>
    internal T WriteUnnoticed<T>(Func<Writing, T> work) => operations.Write(connection => work(new Writing(connection, Now, clock.GetCurrentInstant())));

    /// <summary>Writes a line of the audit, of something that changes nobody's rights.</summary>
    internal void Note(string who, string action, string subject, object? after) => WriteUnnoticed(writing =>
    {
        writing.Note(who, action, subject, null, after);
        return 0;
    });
}
