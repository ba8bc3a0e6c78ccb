using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace CanhLu.Ingest;

/// <summary>The engine's own front door: an MQTT 3.1.1 and 5.0 server for devices, and a live view for technicians. See README.md for its laws.</summary>
public sealed class Door : BackgroundService
{
    const int MaxCommand = 64 * 1024;

    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    readonly IDoorMemory _memory;
    readonly IClock _clock;
    readonly ILogger<Door> _logger;
    readonly ConcurrentDictionary<DoorConnection, byte> _connections = [];
    long _accountsReadAt;
    long _unknown;
    long _turnedAway;
    long _ticks;
    int _hearing;
    bool _stopping;
    bool _swapped;

    /// <summary>Makes a door that is still shut: it opens with <see cref="StartAsync"/>, and Kestrel brings its guests.</summary>
    public Door(
        IOptions<DoorOptions> options, Accounts accounts, IDoorMemory memory, Noticeboard board, Intake intake, ChannelWriter<ReadingBatch> archive, IngestMetrics taken, DoorMetrics metrics,
        IClock clock, TimeProvider time, ILogger<Door> logger)
    {
        Options = options.Value;
        Accounts = accounts;
        Board = board;
        Intake = intake;
        Archive = archive;
        Taken = taken;
        Metrics = metrics;
        Time = time;
        _memory = memory;
        _clock = clock;
        _logger = logger;
        Sessions = new Sessions(Options, time);
        Knocks = new Knocks(accounts, clock);
        Logins = new Logins(accounts, Knocks, Options, time, metrics, logger);
        Ledger = new Ledger(memory, Sessions, logger);
    }

    /// <summary>Who may come in.</summary>
    public Accounts Accounts { get; }

    /// <summary>Who was refused of late.</summary>
    public Knocks Knocks { get; }

    /// <summary>Connections whose CONNECT was accepted.</summary>
    public int Connections => _connections.Keys.Count(connection => connection.Account is not null);

    /// <summary>Connections that have not said who they are.</summary>
    internal long Strangers => Volatile.Read(ref _unknown);

    /// <summary>Live views that have a filter.</summary>
    internal int Watching => Tails.Count;

    /// <summary>Looks at what lasts too long that are done.</summary>
    internal long Ticks => Volatile.Read(ref _ticks);

    /// <summary>What stands for sirens.</summary>
    internal Noticeboard Board { get; }

    internal DoorOptions Options { get; }

    internal Intake Intake { get; }

    internal ChannelWriter<ReadingBatch> Archive { get; }

    internal IngestMetrics Taken { get; }

    internal DoorMetrics Metrics { get; }

    internal TimeProvider Time { get; }

    internal Sessions Sessions { get; }

    internal Logins Logins { get; }

    internal Ledger Ledger { get; }

    internal Tails Tails { get; } = new();

    internal Retained Retained { get; } = new();

    internal Fillings Fillings { get; } = new();

    internal ILogger Log => _logger;

    internal Instant Now => _clock.GetCurrentInstant();

    internal bool IsStopping => Volatile.Read(ref _stopping);

    /// <summary>Reads accounts, sessions and commands. Before Kestrel listens.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        Accounts.Reload();
        Accounts.Swapped += CloseRevoked;
        Board.Reseated += CloseReseated;
        Board.Posted += Show;
        _accountsReadAt = Time.GetTimestamp();
        var sessions = _memory.Sessions();
        foreach (var session in sessions)
        {
            Sessions.Restore(session);
            Ledger.Restore(session);
        }
        DoorLog.Opened(_logger, Accounts.Book.Accounts.Count(), sessions.Count, sessions.Sum(session => session.Commands.Count));
        return base.StartAsync(cancellationToken);
    }

    /// <summary>Tells everyone that the engine stops, and lets nobody in any more. Last wills are not told: the devices did not go.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        Volatile.Write(ref _stopping, true);
        var told = 0;
        foreach (var connection in _connections.Keys)
        {
            connection.End(ReasonCode.ServerShuttingDown);
            told++;
        }
        DoorLog.Closed(_logger, told);
        await base.StopAsync(cancellationToken);
    }

    /// <summary>Gives a device a command on <c>canhlu/v1/{device}/cmd</c>. When this returns <see cref="CommandFate.Kept"/>, it is on disk and will be sent
    /// until the device has acknowledged it, over restarts of both.</summary>
    /// <param name="device">The device's id.</param>
    /// <param name="payload">The message, at most 64 KiB.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    /// <exception cref="ArgumentException">The payload is longer than 64 KiB.</exception>
    public Task<CommandFate> SendCommand(string device, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken = default) =>
        SendCommand(device, payload, null, cancellationToken);

    /// <inheritdoc cref="SendCommand(string, ReadOnlyMemory{byte}, CancellationToken)"/>
    /// <param name="device">The device's id.</param>
    /// <param name="payload">The message, at most 64 KiB.</param>
    /// <param name="order">The order of a person that it carries, which <see cref="IDoorMemory.Settled"/> is told of; null when nobody ordered it.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    public async Task<CommandFate> SendCommand(string device, ReadOnlyMemory<byte> payload, long? order, CancellationToken cancellationToken)
    {
        if (payload.Length > MaxCommand)
            throw new ArgumentException("A command has at most 64 KiB.", nameof(payload));
        var fate = CommandFate.NobodyListens;
        foreach (var session in Sessions.Of(device))
        {
            var one = await Ledger.Keep(session, payload.ToArray(), order, Now, Options.CommandsPerSession, cancellationToken);
            session.Owner?.Wake();
            fate = one > fate ? one : fate;
        }
        Metrics.Command(CommandFates.Name(fate));
        return fate;
    }

    /// <summary>Begins to hear what one device publishes, as it comes in; null when as many are heard already as may be.</summary>
    /// <param name="device">Its id on the wire.</param>
    /// <exception cref="ArgumentException">It cannot be an id.</exception>
    public DeviceTail? Hear(string device)
    {
        if (!Account.IsName(device))
            throw new ArgumentException($"'{device}' cannot be a device's id.", nameof(device));
        if (Interlocked.Increment(ref _hearing) > DeviceTail.Most)
        {
            Interlocked.Decrement(ref _hearing);
            return null;
        }
        return new DeviceTail(this, device, () => Interlocked.Decrement(ref _hearing));
    }

    /// <summary>Tells technicians who listen to a topic, QoS 0; nobody else hears it.</summary>
    public void Tell(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload) => Tails.Offer(topic, payload, retain: false);

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        Accounts.Swapped -= CloseRevoked;
        Board.Reseated -= CloseReseated;
        Board.Posted -= Show;
        Logins.Dispose();
        Ledger.Dispose();
    }

    /// <summary>A connection arrived. False: too many have not said who they are, or the engine stops.</summary>
    internal bool Admit(DoorConnection connection)
    {
        if (IsStopping)
            return false;
        if (Interlocked.Increment(ref _unknown) > Options.MaxUnknown)
        {
            Interlocked.Decrement(ref _unknown);
            if (Interlocked.Increment(ref _turnedAway) == 1)
                DoorLog.TooManyUnknown(_logger, Options.MaxUnknown);
            return false;
        }
        _connections[connection] = 0;
        return true;
    }

    /// <summary>A connection has said who it is, or ended without.</summary>
    internal void NoLongerUnknown()
    {
        Interlocked.Decrement(ref _unknown);
        if (Volatile.Read(ref _turnedAway) > 0 && Interlocked.Exchange(ref _turnedAway, 0) is > 0 and var closed)
            DoorLog.UnknownRecovered(_logger, closed);
    }

    /// <summary>A connection is over.</summary>
    internal void Release(DoorConnection connection) => _connections.TryRemove(connection, out _);

    /// <summary>Tells the wills that are due. One that finds no room at the Archive stays and is tried again, with the moment at which it was due.</summary>
    internal void TellWills()
    {
        foreach (var pending in Sessions.TakeDueWills())
        {
            if (IsStopping)
                return;
            var (will, at) = (pending.Will, pending.At ?? Now);
            var batch = new ReadingBatch(1);
            if (Intake.Take(will.Topic, will.Payload, at, batch) > 0 && !Archive.TryWrite(batch))
            {
                Sessions.Return(pending with { At = at });
                continue;
            }
            Metrics.WillTold();
            if (will.Retain)
                Retained.Put(pending.Key.Account, will.Topic, will.Payload);
            Tails.Offer(will.Topic, will.Payload, will.Retain);
        }
    }

    /// <summary>Looks once a second at what lasts too long.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Second, Time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var connection in _connections.Keys)
                connection.Tick();
            TellWills();
            foreach (var session in Sessions.Expire())
                await Ledger.Lose(session, Metrics);
            Logins.Sweep();
            if (Time.GetElapsedTime(_accountsReadAt).TotalSeconds >= Options.AccountsEverySeconds)
            {
                _accountsReadAt = Time.GetTimestamp();
                Ledger.Try(Accounts.Reload);
            }
            if (Interlocked.Exchange(ref _swapped, false))
                await ForgetRevoked();
            Interlocked.Increment(ref _ticks);
        }
    }

    void CloseRevoked()
    {
        foreach (var connection in _connections.Keys)
            if (connection.Account is { } account && !IsInForce(account))
                connection.End(ReasonCode.AdministrativeAction);
        Volatile.Write(ref _swapped, true);
    }

    bool IsInForce(Account shown) =>
        Accounts.Book.Find(shown.Name) is { RevokedAt: null } now && (now.PasswordHash == shown.PasswordHash || now.FormerHash == shown.PasswordHash);

    void CloseReseated()
    {
        foreach (var connection in _connections.Keys)
            if (connection.Account is { } account && Board.SeatOf(account.Name) is var now && (now is null ? connection.Seat is not null : !now.IsSameAs(connection.Seat)))
                connection.End(ReasonCode.AdministrativeAction);
    }

    void Show(TailMessage message) => Tails.Offer(message.Topic, message.Payload, message.Retain);

    async ValueTask ForgetRevoked()
    {
        foreach (var account in Accounts.Book.Accounts.Where(account => account.RevokedAt is not null))
        {
            Retained.Forget(account.Name);
            foreach (var session in Sessions.RemoveAll(account.Name))
                await Ledger.Lose(session, Metrics);
        }
    }
}
