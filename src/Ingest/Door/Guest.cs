namespace CanhLu.Ingest;

/// <summary>All that an account has at the door. Owned by <see cref="Sessions"/>, touched under its lock only.</summary>
sealed class Guest
{
    /// <summary>In the order in which they came in.</summary>
    public List<DoorConnection> Connections { get; } = [];

    /// <summary>By client identifier; a handful.</summary>
    public List<Session> Sessions { get; } = [];

    public Session? Find(SessionKey key) => Sessions.Find(session => session.Key == key);
}
