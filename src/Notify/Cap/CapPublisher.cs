using System.Collections.Immutable;
using CanhLu.Database;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace CanhLu.Notify.Cap;

/// <summary>Publishes every decided bulletin, once, and takes back the one whose broadcast a person stopped, once: the message and the row that keeps it are one transaction, so that references are to what was published.</summary>
public sealed class CapPublisher : BackgroundService
{
    /// <summary>Duty's new bulletins come without a signal where a person decided them.</summary>
    static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    readonly Operations _operations;
    readonly Func<Site> _site;
    readonly CapOptions _options;
    readonly CapComposer _composer;
    readonly CapSignature? _signature;
    readonly ChangeSignal _changes;
    readonly IClock _clock;
    readonly TimeProvider _time;
    readonly ILogger _log;
    long _beyond;
    bool _troubled;

    /// <param name="operations">Where bulletins and messages are kept.</param>
    /// <param name="site">The site in force.</param>
    /// <param name="options">Knobs.</param>
    /// <param name="changes">Says when to look.</param>
    /// <param name="clock">The engine's clock.</param>
    /// <param name="time">Real time.</param>
    /// <param name="log">Facts for the operator.</param>
    public CapPublisher(
        Operations operations, Func<Site> site, IOptions<CapOptions> options, ChangeSignal changes, IClock clock, TimeProvider time, ILogger<CapPublisher> log)
    {
        (_operations, _site, _options, _changes, _clock, _time, _log) = (operations, site, options.Value, changes, clock, time, log);
        _composer = new CapComposer(operations.Installation);
        _signature = CapSignature.Of(_options);
    }

    /// <summary>Publishes what is decided and not published; returns how many messages that were.</summary>
    public int Publish()
    {
        for (var published = 0; ; published++)
            if (!PublishNext())
                return published;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var timer = new PeriodicTimer(LookEvery, _time);
            var look = timer.WaitForNextTickAsync(stoppingToken).AsTask();
            while (true)
            {
                var seen = _changes.Version;
                Look();
                using var enough = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                await Task.WhenAny(look, _changes.WaitAsync(seen, enough.Token)).ConfigureAwait(false);
                await enough.CancelAsync().ConfigureAwait(false);
                if (look.IsCompleted)
                {
                    await look.ConfigureAwait(false);
                    look = timer.WaitForNextTickAsync(stoppingToken).AsTask();
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Told to stop.
        }
    }

    void Look()
    {
        try
        {
            Publish();
            if (_troubled)
                CapLog.StoreRecovered(_log);
            _troubled = false;
        }
        catch (SqliteException failure) when (Operations.IsTrouble(failure))
        {
            if (!_troubled)
                CapLog.StoreTrouble(_log, failure.Message);
            _troubled = true;
        }
    }

    bool PublishNext()
    {
        var (site, now) = (_site(), _clock.GetCurrentInstant());
        if (site.PublicSender is null || _operations.Read(connection => Next(connection, now)) is not { } next)
            return false;
        try
        {
            var message = _operations.Write(connection => Keep(connection, next, site, now));
            CapLog.Published(_log, message.Identifier, message.MsgType, next.Level, next.Station);
        }
        catch (Exception mistake) when (mistake is not SqliteException)
        {
            // Ours, and loud; but the feed is beside the telephones, and must not take the engine down with it. Later bulletins are tried.
            CapLog.NotPublished(_log, mistake, next.Id);
            _beyond = next.Id;
        }
        return true;
    }

    /// <summary>In a drill everything is an exercise, whatever the knob says.</summary>
    CapStatus StatusOf(Site site) => site.IsDrill ? CapStatus.Exercise : _options.Status;

    Bulletin? Next(SqliteConnection connection, Instant now) => connection
        .QuerySingleOrDefault<BulletinRow>(Statements.Of("cap-unpublished"), new { now, status = StatusOf(_site()).ToString(), after = _beyond })?.Bulletin;

    CapMessage Keep(SqliteConnection connection, Bulletin bulletin, Site site, Instant now)
    {
        var status = StatusOf(site);
        var stopped = connection.QuerySingleOrDefault<CapReference>(
            "SELECT sender, identifier, sent FROM cap_messages WHERE bulletin_id = @Id AND status = @status", new { bulletin.Id, status = status.ToString() });
        var alert = stopped is null
            ? _composer.Compose(bulletin, site, status, Standing(connection, bulletin, status), now, GradeOf(connection, bulletin))
            : _composer.Withdraw(bulletin, site, status, stopped, now);
        var xml = CapXml.Write(alert);
        var message = new CapMessage
        {
            BulletinId = bulletin.Id,
            Withdrawal = stopped is not null,
            Episode = bulletin.Episode,
            Station = bulletin.Station,
            Rule = bulletin.Rule,
            Status = status.ToString(),
            MsgType = alert.Type.ToString(),
            Sender = alert.Sender,
            Identifier = alert.Identifier,
            Sent = alert.Sent,
            SentAt = CapTime.Second(now),
            ExpiresAt = CapTime.Second(bulletin.NotAfter),
            Title = alert.Infos[0].Headline,
            Summary = alert.Infos[0].Description,
            Xml = _signature?.Sign(xml) ?? xml,
        };
        connection.Execute(Statements.Of("cap-keep"), message);
        return message;
    }

    static ImmutableArray<CapReference> Standing(SqliteConnection connection, Bulletin bulletin, CapStatus status) =>
    [
        .. connection.Query<CapReference>(Statements.Of("cap-standing"), new
        {
            bulletin.Station,
            bulletin.Rule,
            bulletin.Episode,
            status = status.ToString(),
            everyEpisode = bulletin.Kind == BulletinKind.AllClear,
        }),
    ];

    /// <summary>How well the alarm is borne out as it is published; null for an all-clear, and when the alarm is at another level by now.</summary>
    static Grade? GradeOf(SqliteConnection connection, Bulletin bulletin) => bulletin.Kind == BulletinKind.AllClear
        ? null
        : connection.QuerySingleOrDefault<int?>(
            "SELECT grade FROM alarms WHERE subject = @Station AND rule = @Rule AND level = @Level", new { bulletin.Station, bulletin.Rule, bulletin.Level }) is { } grade
            ? (Grade)grade
            : null;
}
