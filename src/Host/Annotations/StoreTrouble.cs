using Microsoft.Data.Sqlite;

namespace CanhLu.Host.Annotations;

/// <summary>The operations store's trouble as the follower of InfluxDB understands it: it waits, and goes on.</summary>
static class StoreTrouble
{
    /// <summary>Reads the store.</summary>
    /// <exception cref="IOException">It cannot be read at present.</exception>
    public static T Told<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (SqliteException failed) when (Database.Operations.IsTrouble(failed))
        {
            throw new IOException($"The operations store cannot be read at present: {failed.Message}", failed);
        }
    }

    /// <summary>Reads the store; gives what was so before while it cannot be read.</summary>
    public static T Calmed<T>(Func<T> read, T before)
    {
        try
        {
            return read();
        }
        catch (SqliteException failed) when (Database.Operations.IsTrouble(failed))
        {
            return before;
        }
    }
}
