using CanhLu.Ingest;
using NodaTime;

namespace CanhLu.Tests.Ingest.Doors;

/// <summary>A door's memory whose sessions and commands cannot be written while it is broken.</summary>
sealed class BrokenMemory : IDoorMemory
{
    readonly PassingMemory _memory = new();

    public bool IsBroken { get; set; }

    public IReadOnlyList<Account> Accounts() => _memory.Accounts();

    public string AccountsMark() => _memory.AccountsMark();

    public bool Add(Account account) => _memory.Add(account);

    public bool Revoke(string name, Instant at, string by) => _memory.Revoke(name, at, by);

    public bool Renew(string name, string hash, Instant? formerUntil, Instant at, string by) => _memory.Renew(name, hash, formerUntil, at, by);

    public void EndFormer(Instant now) => _memory.EndFormer(now);

    public IReadOnlyList<KeptSession> Sessions() => _memory.Sessions();

    public void Keep(SessionKey key, uint expiry, int? commandQos)
    {
        Check();
        _memory.Keep(key, expiry, commandQos);
    }

    public void Forget(SessionKey key)
    {
        Check();
        _memory.Forget(key);
    }

    public long Keep(SessionKey key, byte[] payload, Instant at, long? order = null)
    {
        Check();
        return _memory.Keep(key, payload, at, order);
    }

    public void Sent(long command, ushort packetId)
    {
        Check();
        _memory.Sent(command, packetId);
    }

    public void Arrived(long command)
    {
        Check();
        _memory.Arrived(command);
    }

    public void Settled(long order, bool isTaken, Instant at)
    {
        Check();
        _memory.Settled(order, isTaken, at);
    }

    void Check()
    {
        if (IsBroken)
            throw new IOException("disk full");
    }
}
