namespace CanhLu.Ingest;

/// <summary>Who is in, what they left behind, and which wills wait. One lock owns it all; it is held for memory only, never for disk or network.</summary>
sealed class Sessions(DoorOptions options, TimeProvider time)
{
    readonly Lock _gate = new();
    readonly Dictionary<string, Guest> _guests = new(StringComparer.Ordinal);
    readonly List<PendingWill> _wills = [];

    public void Restore(KeptSession kept)
    {
        var session = new Session(kept.Key) { Expiry = kept.Expiry, CommandQos = kept.CommandQos, EndedAt = time.GetTimestamp() };
        foreach (var command in kept.Commands)
            session.Commands.Add(new Command(command.Number, command.Payload, 1, command.Order) { PacketId = command.PacketId });
        lock (_gate)
            GuestOf(kept.Key.Account).Sessions.Add(session);
    }

    /// <summary>Lets a connection in: finds or makes its session, and ends what must make way.</summary>
    public Entry Enter(DoorConnection connection, Account account, SessionKey key, bool cleanStart, uint expiry)
    {
        lock (_gate)
        {
            var guest = GuestOf(account.Name);
            var found = guest.Find(key);
            // A session that lives no longer than its connection has ended with it, even when it is taken over.
            var goesOn = found is not null && !cleanStart && found.Expiry != 0;
            var entry = new Entry(goesOn ? found! : new Session(key), goesOn);
            if (found?.Owner is { } owner && (!goesOn || owner.Will is not { Delay: > 0 }))
                Supersede(entry, guest, found, owner, willAfter: 0);
            else if (found?.Owner is { } successor)
                Supersede(entry, guest, found, successor, willAfter: null);
            Recall(key, goesOn);
            if (found is not null && !goesOn)
            {
                guest.Sessions.Remove(found);
                entry.Discarded.Add(found);
            }
            if (!goesOn)
                guest.Sessions.Add(entry.Session);
            lock (entry.Session)
            {
                entry.Session.Owner = connection;
                entry.Session.Expiry = expiry;
            }
            connection.Session = entry.Session;
            guest.Connections.Add(connection);
            Thin(entry, guest, account.Role);
            return entry;
        }
    }

    /// <summary>A connection has ended. A will of it waits from here on, unless the client said goodbye. Returns the session if it ended too.</summary>
    public Session? Leave(DoorConnection connection, bool saidGoodbye, uint? expiry)
    {
        if (connection.Session is not { } session)
            return null;
        lock (_gate)
        {
            if (!_guests.TryGetValue(session.Key.Account, out var guest))
                return null;
            guest.Connections.Remove(connection);
            var ended = false;
            lock (session)
            {
                if (session.Owner == connection)
                {
                    session.Owner = null;
                    session.EndedAt = time.GetTimestamp();
                    session.Expiry = expiry ?? session.Expiry;
                    if (!saidGoodbye && connection.Will is { } will)
                        Wait(session, will, Math.Min(will.Delay, session.Expiry));
                    ended = session.Expiry == 0;
                }
            }
            if (ended)
                guest.Sessions.Remove(session);
            Close(session.Key.Account, guest);
            return ended ? session : null;
        }
    }

    /// <summary>Sessions whose time without a connection is over; they are gone when this returns.</summary>
    public List<Session> Expire() => Remove(session =>
        session.Owner is null && session.Expiry != uint.MaxValue && time.GetElapsedTime(session.EndedAt).TotalSeconds >= session.Expiry);

    /// <summary>All sessions of an account; they are gone when this returns.</summary>
    public List<Session> RemoveAll(string account) => Remove(session => session.Key.Account == account);

    /// <summary>The wills that are due; whatever could not be told comes back by <see cref="Return"/>.</summary>
    public List<PendingWill> TakeDueWills()
    {
        lock (_gate)
        {
            if (_wills.Count == 0)
                return [];
            var now = time.GetTimestamp();
            var due = _wills.FindAll(will => now >= will.DueAt);
            _wills.RemoveAll(due.Contains);
            return due;
        }
    }

    public void Return(PendingWill will)
    {
        lock (_gate)
            _wills.Add(will);
    }

    public List<Session> Of(string account)
    {
        lock (_gate)
            return _guests.TryGetValue(account, out var guest) ? [.. guest.Sessions] : [];
    }

    /// <summary>The session of a key now; null when there is none.</summary>
    public Session? Find(SessionKey key)
    {
        lock (_gate)
            return _guests.GetValueOrDefault(key.Account)?.Find(key);
    }

    Guest GuestOf(string account)
    {
        if (!_guests.TryGetValue(account, out var guest))
            _guests[account] = guest = new Guest();
        return guest;
    }

    void Close(string account, Guest guest)
    {
        if (guest.Connections.Count == 0 && guest.Sessions.Count == 0)
            _guests.Remove(account);
    }

    List<Session> Remove(Predicate<Session> which)
    {
        var removed = new List<Session>();
        lock (_gate)
        {
            foreach (var (account, guest) in _guests)
            {
                var found = guest.Sessions.FindAll(which);
                foreach (var session in found)
                    guest.Sessions.Remove(session);
                removed.AddRange(found);
                Close(account, guest);
            }
        }
        return removed;
    }

    // A session that goes on withdraws its will; one that begins anew has ended the old one, and its will is due (MQTT 5.0, 3.1.3.2.2).
    void Recall(SessionKey key, bool goesOn)
    {
        var now = time.GetTimestamp();
        for (var i = _wills.Count - 1; i >= 0; i--)
        {
            if (_wills[i].Key != key || now >= _wills[i].DueAt)
                continue;
            if (goesOn)
                _wills.RemoveAt(i);
            else
                _wills[i] = _wills[i] with { DueAt = now };
        }
    }

    void Supersede(Entry entry, Guest guest, Session session, DoorConnection owner, uint? willAfter)
    {
        entry.Superseded.Add(owner);
        guest.Connections.Remove(owner);
        lock (session)
        {
            session.Owner = null;
            session.EndedAt = time.GetTimestamp();
            if (willAfter is { } seconds && owner.Will is { } will)
                Wait(session, will, seconds);
        }
    }

    void Thin(Entry entry, Guest guest, AccountRole role)
    {
        var most = role == AccountRole.Device ? options.ConnectionsPerDevice : options.ConnectionsPerTechnician;
        while (guest.Connections.Count > most)
        {
            var oldest = guest.Connections[0];
            Supersede(entry, guest, oldest.Session!, oldest, Math.Min(oldest.Will?.Delay ?? 0, oldest.Session!.Expiry));
        }
        while (guest.Sessions.Count > options.SessionsPerDevice
            && guest.Sessions.Where(session => session.Owner is null).MinBy(session => session.EndedAt) is { } forgotten)
        {
            guest.Sessions.Remove(forgotten);
            entry.Discarded.Add(forgotten);
        }
    }

    // One will a session at most waits, so that their number is bounded by that of the sessions; one that is due already stays.
    void Wait(Session session, Will will, uint seconds)
    {
        _wills.RemoveAll(waiting => waiting.Key == session.Key && waiting.DueAt > time.GetTimestamp());
        _wills.Add(new PendingWill(session.Key, will, time.GetTimestamp() + seconds * time.TimestampFrequency, null));
    }
}
