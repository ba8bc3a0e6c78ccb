using NodaTime;

namespace CanhLu.Ingest;

/// <summary>What the door knows after a restart: accounts, persistent sessions of devices, commands that wait for them.</summary>
/// <remarks>What a method wrote is on disk when it returns. The door calls the methods for sessions and commands one at a time.</remarks>
public interface IDoorMemory
{
    /// <summary>All accounts, revoked ones too.</summary>
    IReadOnlyList<Account> Accounts();

    /// <summary>A text that changes whenever <see cref="Accounts"/> would give something else.</summary>
    string AccountsMark();

    /// <summary>Keeps a new account, in place of a revoked one of the same name; false when there is one that is not revoked.</summary>
    bool Add(Account account);

    /// <summary>Revokes an account; false when there is none that is not revoked.</summary>
    bool Revoke(string name, Instant at, string by);

    /// <summary>Gives an account another password's hash; false when there is none that is not revoked.</summary>
    /// <param name="name">The account.</param>
    /// <param name="hash">The new hash.</param>
    /// <param name="formerUntil">Until when the hash before counts too, or the one before it while that counts; null: it ends at once.</param>
    /// <param name="at">When.</param>
    /// <param name="by">Who.</param>
    bool Renew(string name, string hash, Instant? formerUntil, Instant at, string by);

    /// <summary>Ends the hashes before whose time is over.</summary>
    void EndFormer(Instant now);

    /// <summary>All sessions, and their commands in the order in which they were given.</summary>
    IReadOnlyList<KeptSession> Sessions();

    /// <summary>Keeps a session, new or changed; its commands stay.</summary>
    /// <param name="key">Whose.</param>
    /// <param name="expiry">Seconds that it lives on without a connection; <see cref="uint.MaxValue"/> for ever.</param>
    /// <param name="commandQos">The QoS at which it hears its <c>cmd</c>; null when it does not.</param>
    void Keep(SessionKey key, uint expiry, int? commandQos);

    /// <summary>Forgets a session and its commands.</summary>
    void Forget(SessionKey key);

    /// <summary>Keeps a command for a session, and returns its number.</summary>
    /// <param name="key">Whose session.</param>
    /// <param name="payload">The message.</param>
    /// <param name="at">When it was given.</param>
    /// <param name="order">The order of a person that it carries; null when nobody ordered it.</param>
    long Keep(SessionKey key, byte[] payload, Instant at, long? order = null);

    /// <summary>A command was sent under a packet identifier: from now on it can only be sent again.</summary>
    void Sent(long command, ushort packetId);

    /// <summary>A command has arrived, and is forgotten.</summary>
    void Arrived(long command);

    /// <summary>What came of an order: the device has acknowledged its command, or could or would not take it. The first of several counts.</summary>
    void Settled(long order, bool isTaken, Instant at);
}
