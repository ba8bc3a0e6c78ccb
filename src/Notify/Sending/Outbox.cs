using CanhLu.Database;
using CanhLu.Notify.Carriers;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using NodaTime;

namespace CanhLu.Notify;

/// <summary>The deliveries not yet settled, on disk. Every method is one transaction, and each change is guarded by the state that it changes.</summary>
/// <remarks>
/// A delivery is durably <em>handed over</em> before the carrier hears of it, and keeps its key for ever. So a crash leaves one of three: planned (the carrier
/// never heard of it), handed over without an answer (in doubt: the same key goes again), or answered. A debt is made in the transaction that makes it so.
/// </remarks>
sealed class Outbox(
    Operations operations, Bulletins bulletins, Routes routes, CostBook costs, BackOff backOff, IOptions<NotifyOptions> options, IClock clock, DueClock due)
{
    const string InDoubt = "in_doubt";

    readonly NotifyOptions _options = options.Value;

    /// <summary>Stopped broadcasts of which nothing waits any more. The planner's.</summary>
    readonly HashSet<long> _stopped = [];

    /// <summary>What carriers can be asked about.</summary>
    public Questions Questions { get; } = new(operations, clock, due);

    /// <summary>At start: what was handed over and never answered is in doubt, and is due again at once, as all that waits is.</summary>
    public int Reopen() => operations.Write(connection =>
    {
        var moment = Moment();
        connection.Execute(Statements.Of("reopen-debts"), moment);
        connection.Execute(Statements.Of("reopen-waits"), moment);
        return connection.Execute(Statements.Of("reopen"), moment);
    });

    /// <summary>Whether a carrier has anything to do now in a lane or a higher one.</summary>
    public bool HasWork(string carrier, int lane) => operations.Read(connection =>
        connection.ExecuteScalar<bool>(Statements.Of("has-work"), new { carrier, lane, Due = RealNow() }));

    /// <summary>Claims up to a number of due deliveries for a carrier, of a lane and higher ones: highest lane first, then highest level, then oldest. When it returns they are
    /// durably handed over.</summary>
    public IReadOnlyList<Delivery> Claim(string carrier, int lane, int atMost)
    {
        if (!HasWork(carrier, lane))
            return [];
        var taken = operations.Write(connection =>
        {
            var (now, due) = (clock.GetCurrentInstant(), RealNow());
            var claimed = connection.Query<Delivery>(Statements.Of("claim-find"), new { carrier, lane, now, due, atMost }).AsList();
            connection.Execute(Statements.Of("claim"), claimed.Select(delivery => new { delivery.Id, now }));
            costs.Enter(connection, routes.Carrier(carrier), claimed);
            return claimed;
        });
        costs.Entered(carrier, taken);
        return taken;
    }

    /// <summary>Gives back what was claimed and never handed over after all.</summary>
    public void HandBack(IReadOnlyCollection<Delivery> deliveries) => operations.Write(connection =>
        connection.Execute(Statements.Of("hand-back"), deliveries.Select(delivery => new { delivery.Id, Due = RealNow() })));

    /// <summary>Puts receipts into the store, all of them in one transaction.</summary>
    /// <returns>What each did, in their order.</returns>
    public IReadOnlyList<Settled> Settle(IReadOnlyList<Settlement> settlements) => operations.Write(connection =>
        new SettlingBatch(connection, this, bulletins, clock.GetCurrentInstant()).Settle(settlements));

    /// <summary>Gives what a stopped carrier has not been given to the next one of its route, up to a number; and what it may have, too, when the doubt has
    /// waited for it too long.</summary>
    /// <returns>How many moved, and how many of them were in doubt.</returns>
    public (int Moved, int InDoubt) MoveOn(string carrier, string reason, TimeSpan stoppedFor, int atMost)
    {
        var waiting = new { carrier, atMost, Patience = Patience(stoppedFor), now = clock.GetCurrentInstant() };
        if (!operations.Read(connection => connection.ExecuteScalar<bool>(Statements.Of("move-on-any"), waiting)))
            return (0, 0);
        return operations.Write(connection =>
        {
            // Statement by statement, not row by row: a hundred thousand have to be moved within a minute.
            var (moved, inDoubt) = (new List<object>(atMost), 0);
            var handed = new List<object>(atMost);
            foreach (var standing in connection.Query<Standing>(Statements.Of("move-on-find"), waiting).AsList())
            {
                if (routes.After(bulletins.Of(standing.BulletinId), standing.Language, carrier) is not { } next)
                    continue;
                var doubtful = standing.DoubtfulAt is not null;
                moved.Add(Refused(standing, new Verdict(DeliveryState.Failed, null, standing.Setbacks, doubtful, true, "stopped", reason), next, doubtful ? InDoubt : "stopped", waiting.now));
                handed.Add(PassedOn(standing, next, waiting.now));
                inDoubt += doubtful ? 1 : 0;
            }
            connection.Execute(Statements.Of("refuse"), moved);
            connection.Execute(Statements.Of("pass-on"), handed);
            return (moved.Count, inDoubt);
        });
    }

    /// <summary>What is in doubt and was due before this moment has waited long enough for a stopped carrier. Being asked about again and again, as a probe, is no end of the
    /// wait: when the carrier has been stopped for so long, all of it has.</summary>
    Instant Patience(TimeSpan stoppedFor) =>
        stoppedFor >= _options.AwayAfter ? RealNow() + Duration.FromDays(1) : RealNow() - Duration.FromTimeSpan(_options.AwayAfter);

    /// <summary>Ends every waiting delivery of a broadcast that a person has stopped. What a carrier is being given this moment is not tried again.</summary>
    public int Stop()
    {
        var now = clock.GetCurrentInstant();
        var stopped = operations.Read(connection => connection
            .Query<long>("SELECT id FROM bulletins WHERE stopped_at IS NOT NULL AND not_after >= @now", new { now }).Where(id => !_stopped.Contains(id)).ToList());
        return stopped.Sum(id => operations.Write(connection =>
        {
            var ended = connection.Execute(Statements.Of("stop"), new { id, now });
            // What is under way may come back as one that waits.
            if (!connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM deliveries WHERE bulletin_id = @id AND state = 'handedover')", new { id }))
                _stopped.Add(id);
            return ended;
        }));
    }

    /// <summary>Ends every waiting delivery whose time has run out.</summary>
    public int Expire()
    {
        var now = clock.GetCurrentInstant();
        if (!operations.Read(connection => connection.ExecuteScalar<bool>(Statements.Of("expire-any"), new { now })))
            return 0;
        return operations.Write(connection =>
        {
            var expired = connection.Execute(Statements.Of("expire"), new { now });
            connection.Execute(Statements.Of("debts-unreachable"), new { now });
            return expired;
        });
    }

    /// <summary>Puts an answer that is no acceptance into the store.</summary>
    internal (DeliveryState State, Settled Settled) Refuse(SqliteConnection connection, Standing standing, Receipt receipt, Instant now)
    {
        var bulletin = bulletins.Of(standing.BulletinId);
        var verdict = Verdict.Of(standing, receipt, now, _options, backOff);
        if (receipt is Receipt.Refused { Remember: true } refused)
            connection.Execute(Statements.Of("out-of-reach"), new { standing.RecipientId, standing.Carrier, refused.Code, now });
        if (verdict.Doubtful && standing.DoubtfulAt is null && bulletin.Kind == BulletinKind.Warning)
            connection.Execute(Statements.Of("owe"), new { standing.RecipientId, bulletin.Station, bulletin.Rule, bulletin.Episode, now });
        if (verdict.PassOn && standing.State == DeliveryState.Accepted && !StillOwed(connection, standing, now))
            verdict = verdict with { PassOn = false };
        var next = verdict.PassOn ? routes.After(bulletin, standing.Language, standing.Carrier) : null;
        if (next is not null)
            verdict = verdict with { State = DeliveryState.Failed, Wait = null };
        var inDoubt = verdict.Doubtful && receipt is not Receipt.Refused;
        Put(connection, standing, verdict, next, inDoubt ? InDoubt : "refused", now);
        if (verdict.Wait is null && next is null)
            Unreachable(connection, standing, now);
        return (verdict.State, next is null ? Settled.News : inDoubt ? Settled.PassedOnInDoubt : Settled.PassedOn);
    }

    /// <summary>When something is done about a delivery that is accepted now, should no report come; null for never.</summary>
    internal Instant? ReceiptDue(string carrier, string? reference)
    {
        var terms = routes.TermsOf(carrier);
        return (terms?.ReceiptWithin ?? (reference is null ? null : terms?.AskAfter)) is { } wait ? RealNow() + Duration.FromTimeSpan(wait) : null;
    }

    /// <summary>Between the acceptance and a late refusal much may have been decided.</summary>
    bool StillOwed(SqliteConnection connection, Standing standing, Instant now) => connection
        .QuerySingle<(long, long, long, string, bool Owed)>($"{Statements.Of("still-owed")} WHERE d.id = @Id", new { standing.Id, now, _options.MostOptedOut }).Owed;

    void Put(SqliteConnection connection, Standing standing, Verdict verdict, string? next, string why, Instant now)
    {
        connection.Execute(Statements.Of("refuse"), Refused(standing, verdict, next, why, now));
        if (next is not null)
            connection.Execute(Statements.Of("pass-on"), PassedOn(standing, next, now));
    }

    object Refused(Standing standing, Verdict verdict, string? next, string why, Instant now) => new
    {
        standing.Id,
        State = verdict.State.ToString().ToLowerInvariant(),
        Due = verdict.Wait is { } wait ? RealNow() + Duration.FromTimeSpan(wait) : (Instant?)null,
        verdict.Setbacks,
        DoubtfulAt = verdict.Doubtful ? standing.DoubtfulAt ?? now : (Instant?)null,
        verdict.Code,
        verdict.Answer,
        next,
        why = next is null ? null : why,
        now,
    };

    object PassedOn(Standing standing, string next, Instant now) => new
    {
        standing.Id,
        next,
        Key = Keys.Of(operations.Installation, standing.BulletinId, standing.RecipientId, routes.KeyLetterOf(next)),
        now,
        Due = RealNow(),
    };

    internal static void Unreachable(SqliteConnection connection, Standing standing, Instant now) =>
        connection.Execute(Statements.Of("debt-unreachable"), new { standing.RecipientId, standing.BulletinId, now });

    object Moment() => new { Now = clock.GetCurrentInstant(), Due = RealNow() };

    /// <summary>Waits are real time, whatever the engine's clock does.</summary>
    Instant RealNow() => due.Now;
}
