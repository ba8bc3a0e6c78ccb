using NodaTime;

namespace CanhLu.Ingest;

/// <summary>A door's memory that lasts as long as the process: for bench and tests.</summary>
public sealed class PassingMemory : IDoorMemory
{
    readonly Lock _gate = new();
    readonly Dictionary<string, Account> _accounts = new(StringComparer.Ordinal);
    readonly Dictionary<SessionKey, (uint Expiry, int? CommandQos, List<KeptCommand> Commands)> _sessions = [];
    readonly Dictionary<long, bool> _settled = [];
    long _changes;
    long _numbers;

    /// <inheritdoc/>
    public IReadOnlyList<Account> Accounts()
    {
        lock (_gate)
            return [.. _accounts.Values];
    }

    /// <inheritdoc/>
    public string AccountsMark()
    {
        lock (_gate)
            return $"{_changes}";
    }

    /// <inheritdoc/>
    public bool Add(Account account)
    {
        lock (_gate)
        {
            if (_accounts.TryGetValue(account.Name, out var found) && found.RevokedAt is null)
                return false;
            _accounts[account.Name] = account;
            _changes++;
            return true;
        }
    }

    /// <inheritdoc/>
    public bool Revoke(string name, Instant at, string by)
    {
        lock (_gate)
        {
            if (!_accounts.TryGetValue(name, out var found) || found.RevokedAt is not null)
                return false;
            _accounts[name] = found with { RevokedAt = at, RevokedBy = by, FormerHash = null, FormerUntil = null };
            _changes++;
            return true;
        }
    }

    /// <inheritdoc/>
    public bool Renew(string name, string hash, Instant? formerUntil, Instant at, string by)
    {
        lock (_gate)
        {
            if (!_accounts.TryGetValue(name, out var found) || found.RevokedAt is not null)
                return false;
            _accounts[name] = found with
            {
                PasswordHash = hash,
                RenewedAt = at,
                RenewedBy = by,
                FormerHash = formerUntil is null ? null : found.FormerHash ?? found.PasswordHash,
                FormerUntil = formerUntil,
            };
            _changes++;
            return true;
        }
    }

    /// <inheritdoc/>
    public void EndFormer(Instant now)
    {
        lock (_gate)
            foreach (var account in _accounts.Values.Where(account => account.FormerUntil <= now).ToArray())
            {
                _accounts[account.Name] = account with { FormerHash = null, FormerUntil = null };
                _changes++;
            }
    }

    /// <inheritdoc/>
    public IReadOnlyList<KeptSession> Sessions()
    {
        lock (_gate)
            return [.. _sessions.Select(kept => new KeptSession(kept.Key, kept.Value.Expiry, kept.Value.CommandQos, [.. kept.Value.Commands]))];
    }

    /// <inheritdoc/>
    public void Keep(SessionKey key, uint expiry, int? commandQos)
    {
        lock (_gate)
            _sessions[key] = (expiry, commandQos, _sessions.TryGetValue(key, out var kept) ? kept.Commands : []);
    }

    /// <inheritdoc/>
    public void Forget(SessionKey key)
    {
        lock (_gate)
            _sessions.Remove(key);
    }

    /// <inheritdoc/>
    public long Keep(SessionKey key, byte[] payload, Instant at, long? order = null)
    {
        lock (_gate)
        {
            _sessions[key].Commands.Add(new KeptCommand(++_numbers, 0, payload, order));
            return _numbers;
        }
    }

    /// <inheritdoc/>
    public void Sent(long command, ushort packetId)
    {
        lock (_gate)
            foreach (var (_, _, commands) in _sessions.Values)
                if (commands.FindIndex(kept => kept.Number == command) is >= 0 and var at)
                    commands[at] = commands[at] with { PacketId = packetId };
    }

    /// <inheritdoc/>
    public void Arrived(long command)
    {
        lock (_gate)
            foreach (var (_, _, commands) in _sessions.Values)
                commands.RemoveAll(kept => kept.Number == command);
    }

    /// <inheritdoc/>
    public void Settled(long order, bool isTaken, Instant at)
    {
        lock (_gate)
            _settled.TryAdd(order, isTaken);
    }

    /// <summary>What came of an order; null while it is not settled.</summary>
    public bool? IsTaken(long order)
    {
        lock (_gate)
            return _settled.TryGetValue(order, out var isTaken) ? isTaken : null;
    }
}
