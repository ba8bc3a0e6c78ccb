using Microsoft.Extensions.Logging;
using NodaTime;

namespace CanhLu.Ingest;

/// <summary>Keeps the operations store in step with the sessions. One write at a time, so that a storm of reconnects blocks one thread and not all.</summary>
/// <remarks>A session is written by its present state, whatever the order in which its changes come here.</remarks>
sealed class Ledger(IDoorMemory memory, Sessions sessions, ILogger logger) : IDisposable
{
    readonly SemaphoreSlim _one = new(1, 1);
    readonly Dictionary<SessionKey, (Session Session, uint Expiry, int? CommandQos)> _kept = [];
    bool _failing;

    /// <summary>A session that was read from the store.</summary>
    public void Restore(KeptSession kept)
    {
        var session = sessions.Find(kept.Key)!;
        session.IsKept = true;
        _kept[kept.Key] = (session, kept.Expiry, kept.CommandQos);
    }

    /// <summary>Writes a session as it is now, or forgets it. False: the store cannot be written.</summary>
    public async ValueTask<bool> Keep(SessionKey key)
    {
        await _one.WaitAsync();
        try
        {
            return Try(() => Write(key));
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Gives a session a command.</summary>
    public async Task<CommandFate> Keep(Session session, byte[] payload, long? order, Instant at, int most, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            lock (session)
            {
                if (session.CommandQos is null || session.Owner is null && session.CommandQos == 0)
                    return CommandFate.NobodyListens;
                if (session.Commands.Count >= most)
                    return CommandFate.Full;
            }
            var kept = session.CommandQos == 1 && _kept.TryGetValue(session.Key, out var entry) && entry.Session == session;
            if (!kept && session.Owner is null)
                return CommandFate.NobodyListens;
            var number = kept ? memory.Keep(session.Key, payload, at, order) : 0;
            lock (session)
                session.Commands.Add(new Command(number, payload, session.CommandQos ?? 0, order));
            return kept ? CommandFate.Kept : CommandFate.Sent;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>A kept command is about to be sent for the first time. False: the store cannot be written.</summary>
    public async ValueTask<bool> Sent(Command command)
    {
        if (command.Number == 0)
            return true;
        await _one.WaitAsync();
        try
        {
            return Try(() => memory.Sent(command.Number, command.PacketId));
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>A command has arrived. A failure is only logged: it is sent once more after a restart.</summary>
    /// <param name="command">The command.</param>
    /// <param name="isTaken">Whether the device takes it.</param>
    /// <param name="at">When.</param>
    public async ValueTask Arrived(Command command, bool isTaken, Instant at)
    {
        if (command.Number == 0 && command.Order is null)
            return;
        await _one.WaitAsync();
        try
        {
            Try(() =>
            {
                if (command.Order is { } order)
                    memory.Settled(order, isTaken, at);
                if (command.Number != 0)
                    memory.Arrived(command.Number);
            });
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>A session is over, and its commands with it.</summary>
    public async ValueTask Lose(Session session, DoorMetrics metrics)
    {
        if (session.Commands.Count > 0)
        {
            DoorLog.CommandsLost(logger, session.Commands.Count, session.Key.Account, session.Key.ClientId);
            metrics.Command("lost", session.Commands.Count);
        }
        if (session.IsKept)
            await Keep(session.Key);
    }

    /// <summary>Does something with the store; a failure is logged once when it begins and once when it ends.</summary>
    public bool Try(Action action)
    {
        try
        {
            action();
        }
        // Whatever the store throws (full, locked, gone), the door stays open for readings: they do not need it.
        catch (Exception exception)
        {
            if (!_failing)
                DoorLog.MemoryFails(logger, exception);
            _failing = true;
            return false;
        }
        if (_failing)
            DoorLog.MemoryRecovered(logger);
        _failing = false;
        return true;
    }

    public void Dispose() => _one.Dispose();

    void Write(SessionKey key)
    {
        var known = _kept.TryGetValue(key, out var kept);
        var session = sessions.Find(key);
        uint expiry = 0;
        int? commandQos = null;
        if (session is not null)
            lock (session)
                (expiry, commandQos) = (session.Expiry, session.CommandQos);
        if (known && (session is null || expiry == 0 || kept.Session != session))
        {
            memory.Forget(key);
            _kept.Remove(key);
            kept.Session.IsKept = false;
            known = false;
        }
        if (session is null || expiry == 0 || known && kept == (session, expiry, commandQos))
            return;
        memory.Keep(key, expiry, commandQos);
        _kept[key] = (session, expiry, commandQos);
        session.IsKept = true;
    }
}
