using CanhLu.Database;
using Dapper;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace CanhLu.Notify;

/// <summary>Who was told what, for the page and the API. Numbers are masked.</summary>
/// <param name="operations">Where it is kept.</param>
/// <param name="site">The site in force, for the words of bulletins.</param>
/// <param name="changes">Says when to read again.</param>
/// <param name="dispatch">Says how fast it goes.</param>
/// <param name="clock">The engine's clock.</param>
/// <param name="time">Real time.</param>
public sealed class Ledger(Operations operations, Func<Site> site, ChangeSignal changes, Dispatch dispatch, IClock clock, TimeProvider time)
{
    /// <summary>A count that is quicker than this is made at every change; a slower one takes a quarter of the time at most.</summary>
    static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(50);

    readonly Lock _counting = new();
    (long Version, long At, Instant ReadAt, TimeSpan Took, IReadOnlyList<BroadcastCount> Counts) _counts = (-1, 0, default, TimeSpan.Zero, []);

    /// <summary>The last bulletins with their words and their deliveries by carrier and state, newest first.</summary>
    /// <param name="limit">At most so many.</param>
    /// <param name="before">Only with a smaller id than this.</param>
    public IReadOnlyList<Broadcast> Broadcasts(int limit, long before = long.MaxValue)
    {
        var (all, readAt) = Counts();
        var counts = all.ToLookup(count => count.Bulletin);
        return operations.Read(connection =>
        {
            var works = Works(connection, all);
            return connection.Query<BulletinRow>("SELECT * FROM bulletins WHERE kind <> 'reminder' AND id < @before ORDER BY id DESC LIMIT @limit", new { limit, before })
                .Select(row => new Broadcast(
                    row.Bulletin, BulletinText.Of(row.Bulletin, site(), "vi"), row.PlannedAt, row.ExpiredAt, [.. counts[row.Id]],
                    row.PlannedAt is null ? null : Progress(row.Id, counts[row.Id], works, readAt))
                {
                    StoppedAt = row.StoppedAt,
                    StoppedBy = row.StoppedBy,
                    StopReason = row.StopReason,
                })
                .ToList();
        });
    }

    /// <summary>All deliveries by carrier and state.</summary>
    public IReadOnlyList<StateCount> Totals() =>
        [.. Counts().Counts.GroupBy(count => (count.Carrier, count.State)).Select(group => new StateCount(
            group.Key.Carrier, group.Key.State, group.Sum(count => count.Deliveries), group.Sum(count => count.PassedOn)))];

    /// <summary>A page of deliveries, newest first.</summary>
    /// <param name="bulletin">Only of this bulletin; null for all.</param>
    /// <param name="state">Only in this state; null for all.</param>
    /// <param name="before">Only with a smaller id than this, to turn the page; null for the first page.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="recipients">Only to these; null for everybody.</param>
    /// <param name="ward">Only to people of this area; null for all.</param>
    public IReadOnlyList<DeliveryLine> Deliveries(
        long? bulletin, DeliveryState? state, long? before, int limit, IReadOnlyCollection<long>? recipients = null, string? ward = null) => operations.Read(connection => connection
        .Query<DeliveryLine>(
            Statements.Of(recipients is null ? "deliveries-page" : "deliveries-of"), new { bulletin, State = state?.ToString().ToLowerInvariant(), before, limit, recipients, ward })
        .AsList());

    /// <summary>The all-clears owed, paid and out of reach, by episode, newest first.</summary>
    public IReadOnlyList<DebtCount> Debts() => operations.Read(connection => connection.Query<DebtCount>(Statements.Of("debts")).AsList());

    /// <summary>What a recipient was last told of each station and rule.</summary>
    /// <param name="recipient">The recipient's id.</param>
    public IReadOnlyList<Told> ToldTo(long recipient) => operations.Read(connection => connection
        .Query<Told>("SELECT * FROM told WHERE recipient_id = @recipient ORDER BY told_at DESC", new { recipient }).AsList());

    BroadcastProgress Progress(long bulletin, IEnumerable<BroadcastCount> counts, IReadOnlyCollection<Work> works, Instant readAt)
    {
        var left = Outlook.Left(bulletin, works, dispatch.RateOf);
        return new BroadcastProgress(
            counts.Where(count => count.State != DeliveryState.Held).Sum(count => count.Deliveries - count.PassedOn), works.Where(work => work.Bulletin == bulletin).Sum(work => work.Waiting),
            Outlook.Ahead(bulletin, works), Math.Round(dispatch.PerSecond(bulletin), 1), left is { } span ? Math.Round(span.TotalSeconds, 1) : null,
            left is { } rest && rest > TimeSpan.Zero ? readAt + Duration.FromTimeSpan(rest) : null);
    }

    /// <summary>What is to be done, for the bulletins that have something to do.</summary>
    static List<Work> Works(SqliteConnection connection, IReadOnlyList<BroadcastCount> counts)
    {
        var open = counts.Where(count => count.IsWaiting).Select(count => count.Bulletin).ToHashSet();
        if (open.Count == 0)
            return [];
        var levels = connection.Query<(long Id, AlarmLevel Level)>("SELECT id, level FROM bulletins WHERE id IN @open", new { open })
            .ToDictionary(row => row.Id, row => row.Level);
        return
        [
            .. counts.Where(count => open.Contains(count.Bulletin)).GroupBy(count => (count.Bulletin, count.Carrier)).Select(group => new Work(
                group.Key.Bulletin, group.Max(count => count.Lane), levels[group.Key.Bulletin], group.Key.Carrier,
                group.Where(count => count.IsWaiting).Sum(count => count.Deliveries), group.Where(count => !count.IsWaiting && count.State != DeliveryState.Held).Sum(count => count.Deliveries),
                group.Sum(count => count.PassedOn), group.Select(count => count.NextCarrier).FirstOrDefault(next => next is not null))),
        ];
    }

    /// <summary>Counting reads every delivery: it is done once for a change, however many look, and while a big broadcast runs not for every change.</summary>
    (IReadOnlyList<BroadcastCount> Counts, Instant ReadAt) Counts()
    {
        lock (_counting)
        {
            var (version, now) = (changes.Version, time.GetTimestamp());
            var rest = _counts.Took > Quick ? _counts.Took * 4 : TimeSpan.Zero;
            if (_counts.Version == version || time.GetElapsedTime(_counts.At, now) < rest)
                return (_counts.Counts, _counts.ReadAt);
            var readAt = clock.GetCurrentInstant();
            var counts = operations.Read(connection => connection.Query<BroadcastCount>(Statements.Of("counts")).AsList());
            _counts = (version, time.GetTimestamp(), readAt, time.GetElapsedTime(now), counts);
            return (counts, readAt);
        }
    }
}
