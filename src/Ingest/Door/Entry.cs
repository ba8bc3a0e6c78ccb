namespace CanhLu.Ingest;

/// <summary>What letting a connection in has come to.</summary>
/// <param name="session">Its session.</param>
/// <param name="present">Whether that was there before.</param>
sealed class Entry(Session session, bool present)
{
    public Session Session { get; } = session;

    public bool Present { get; } = present;

    /// <summary>Connections that are taken over: to be ended by the caller.</summary>
    public List<DoorConnection> Superseded { get; } = [];

    /// <summary>Sessions that are forgotten: to be taken out of the store by the caller.</summary>
    public List<Session> Discarded { get; } = [];
}
