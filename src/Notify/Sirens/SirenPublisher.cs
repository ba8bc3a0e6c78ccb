using System.Collections.Concurrent;
using System.Collections.Immutable;
using CanhLu.Database;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace CanhLu.Notify.Sirens;

/// <summary>A siren, and whether it has heard what stands for its area.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="WardCode">Its area.</param>
/// <param name="HeardSequence">The last notice that it said it heard; null for none.</param>
/// <param name="HeardAt">When it said so.</param>
/// <param name="IsUnheard">True: it should have said by now that it has heard what stands.</param>
public sealed record SirenNow(string Id, string Name, string WardCode, long? HeardSequence, Instant? HeardAt, bool IsUnheard);

/// <summary>What is retained for an area.</summary>
/// <param name="Notice">The newest notice.</param>
/// <param name="IsStated">Whether the door or the broker has it.</param>
public sealed record WardNow(Notice Notice, bool IsStated);

/// <summary>Keeps retained, for the sirens of each area, what was decided and still stands; and hears which siren has heard it.</summary>
/// <remarks>
/// <code>
/// bulletins, episodes ─▶ Standing ─▶ siren_notices ─▶ line (door or broker) ─▶ sirens
///                                         ▲ siren_heard ◀── …/heard/{siren} ◀──┘
/// </code>
/// Kept before it is stated. After a crash the same rows give the same messages with the same sequence, which a siren that has heard them passes over.
/// </remarks>
public sealed class SirenPublisher : BackgroundService
{
    static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    readonly SirenBook _book;
    readonly ISirenLine _line;
    readonly Func<Site> _site;
    readonly SirenOptions _options;
    readonly SirenMetrics _metrics;
    readonly ChangeSignal _changes;
    readonly IClock _clock;
    readonly TimeProvider _time;
    readonly ILogger _log;
    readonly ConcurrentDictionary<string, (long Sequence, Instant ValidUntil, long Risen)> _stated = new(StringComparer.Ordinal);
    readonly HashSet<(string, string, long)> _toldUnheard = [];
    Site? _seated;
    bool _isDown;
    bool _troubled;

    /// <param name="book">Where notices are kept.</param>
    /// <param name="line">The way to the sirens.</param>
    /// <param name="site">The site in force.</param>
    /// <param name="options">Knobs.</param>
    /// <param name="metrics">Counts.</param>
    /// <param name="changes">Says when to look.</param>
    /// <param name="clock">The engine's clock.</param>
    /// <param name="time">Real time.</param>
    /// <param name="log">Facts for the operator.</param>
    public SirenPublisher(
        SirenBook book, ISirenLine line, Func<Site> site, IOptions<SirenOptions> options, SirenMetrics metrics, ChangeSignal changes, IClock clock, TimeProvider time,
        ILogger<SirenPublisher> log)
    {
        (_book, _line, _site, _options, _metrics, _changes, _clock, _time, _log) = (book, line, site, options.Value, metrics, changes, clock, time, log);
        line.Heard = Hear;
    }

    /// <summary>Why the sirens cannot be told anything now; null while they can, and where there are none.</summary>
    public string? Trouble => _site().Sirens.Count == 0 ? null : _line.Trouble;

    /// <summary>The way to the sirens: <c>door</c> or <c>broker</c>.</summary>
    public string Line => _line.Name;

    /// <summary>What is retained for each area.</summary>
    public ImmutableArray<WardNow> Wards => [.. _book.Notices().Select(notice => new WardNow(notice, IsStated(notice)))];

    /// <summary>How it stands with each siren.</summary>
    public ImmutableArray<SirenNow> Sirens() => Sirens(_site(), _book.Notices());

    /// <summary>One look: keeps what changed, states what the line does not have, and tells of sirens that do not answer.</summary>
    public async Task Look(CancellationToken cancellation)
    {
        var site = _site();
        if (site != _seated)
            _line.Seat(site);
        _seated = site;
        foreach (var notice in _book.Update(site, _clock.GetCurrentInstant()).Where(IsNew))
            SirenLog.Stated(_log, notice.Topic, notice.State, notice.Level, notice.Sequence, notice.BulletinId);
        var notices = _book.Notices();
        var unstated = 0;
        foreach (var notice in notices.Where(notice => !IsStated(notice)))
        {
            var risen = _line.Risen;
            if (await _line.State(notice.Topic, notice.Bytes, cancellation).ConfigureAwait(false))
                _stated[notice.Topic] = (notice.Sequence, notice.ValidUntil, risen);
            else
                unstated++;
        }
        TellOfLine();
        _metrics.Standing(unstated, TellOfUnheard(site, notices));
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
                await TryLook(stoppingToken).ConfigureAwait(false);
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

    async Task TryLook(CancellationToken stopping)
    {
        try
        {
            await Look(stopping).ConfigureAwait(false);
            if (_troubled)
                SirenLog.StoreRecovered(_log);
            _troubled = false;
        }
        catch (SqliteException failure) when (Operations.IsTrouble(failure))
        {
            if (!_troubled)
                SirenLog.StoreTrouble(_log, failure.Message);
            _troubled = true;
        }
    }

    bool Hear(string siren, ReadOnlyMemory<byte> payload)
    {
        var site = _site();
        if (!site.Sirens.TryGetValue(siren, out var known) || HeardMessage.Read(payload.Span) is not { } heard)
        {
            _metrics.Heard("unknown");
            return true;
        }
        try
        {
            var topic = _book.IsDrill ? SirenTopics.Exercise(site.Id, known.Area) : SirenTopics.Warnings(site.Id, known.Area);
            _metrics.Heard(_book.Hear(siren, topic, heard, _clock.GetCurrentInstant()) ? "news" : "repeat");
            return true;
        }
        catch (SqliteException failure) when (Operations.IsTrouble(failure))
        {
            // Not acknowledged: the siren says it again.
            return false;
        }
    }

    bool IsNew(Notice notice) => !_stated.TryGetValue(notice.Topic, out var stated) || stated.Sequence != notice.Sequence;

    bool IsStated(Notice notice) => _line.Trouble is null && _stated.TryGetValue(notice.Topic, out var stated) && stated == (notice.Sequence, notice.ValidUntil, _line.Risen);

    void TellOfLine()
    {
        var trouble = Trouble;
        if (trouble is not null && !_isDown)
            SirenLog.LineDown(_log, trouble);
        else if (trouble is null && _isDown)
            SirenLog.LineUp(_log);
        _isDown = trouble is not null;
    }

    int TellOfUnheard(Site site, IReadOnlyList<Notice> notices)
    {
        if (site.Sirens.Count == 0)
            return 0;
        var unheard = Sirens(site, notices).Where(siren => siren.IsUnheard).ToArray();
        foreach (var siren in unheard)
        {
            var notice = notices.First(notice => notice.Topic == TopicOf(site, siren.WardCode));
            if (_toldUnheard.Add((siren.Id, notice.Topic, notice.Sequence)))
                SirenLog.Unheard(_log, siren.Id, notice.BulletinId, notice.State, _options.UnheardAfter);
        }
        // What is over is not told again.
        _toldUnheard.RemoveWhere(told => !notices.Any(notice => (notice.Topic, notice.Sequence) == (told.Item2, told.Item3)));
        return unheard.Length;
    }

    ImmutableArray<SirenNow> Sirens(Site site, IReadOnlyList<Notice> notices)
    {
        var heard = _book.Heard().ToDictionary(row => (row.Siren, row.Topic));
        var latest = _clock.GetCurrentInstant() - Duration.FromTimeSpan(_options.UnheardAfter);
        return
        [
            .. site.Sirens.Values.OrderBy(siren => siren.Id, StringComparer.Ordinal).Select(siren =>
            {
                var topic = TopicOf(site, siren.Area);
                var notice = notices.FirstOrDefault(notice => notice.Topic == topic);
                var last = heard.GetValueOrDefault((siren.Id, topic));
                var isUnheard = notice is { State: not SirenState.None } && notice.StatedAt < latest && (last?.Sequence ?? 0) < notice.Sequence;
                return new SirenNow(siren.Id, siren.Name, siren.Area, last?.Sequence, last?.HeardAt, isUnheard);
            }),
        ];
    }

    string TopicOf(Site site, string area) => _book.IsDrill ? SirenTopics.Exercise(site.Id, area) : SirenTopics.Warnings(site.Id, area);
}
