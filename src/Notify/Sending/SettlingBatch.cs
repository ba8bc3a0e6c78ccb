using CanhLu.Notify.Carriers;
using Dapper;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace CanhLu.Notify;

/// <summary>Many receipts in one transaction: acceptances, which are nearly all of them, go in together, statement by statement; the rest one by one.</summary>
sealed class SettlingBatch(SqliteConnection connection, Outbox outbox, Bulletins bulletins, Instant now)
{
    readonly List<object> _accepted = [];
    readonly List<object> _delivered = [];
    readonly List<object> _seen = [];
    readonly List<object> _warned = [];
    readonly List<object> _cleared = [];
    readonly List<object> _users = [];

    public Settled[] Settle(IReadOnlyList<Settlement> settlements)
    {
        var standings = connection
            .Query<Standing>(Statements.Of("standing"), new { Keys = settlements.Select(settlement => settlement.Key).Distinct() })
            .ToDictionary(standing => standing.Key);
        var results = new Settled[settlements.Count];
        for (var i = 0; i < results.Length; i++)
        {
            if (!standings.TryGetValue(settlements[i].Key, out var standing))
            {
                results[i] = Settled.Unknown;
                continue;
            }
            if (settlements[i] is { User: { } user, Carrier: var carrier })
                _users.Add(new { carrier, user, standing.RecipientId, now });
            (var state, results[i]) = One(standing, settlements[i].Receipt);
            standings[standing.Key] = standing with { State = state };
        }
        connection.Execute(Statements.Of("accept"), _accepted);
        connection.Execute(Statements.Of("deliver"), _delivered);
        connection.Execute(Statements.Of("see"), _seen);
        connection.Execute(Statements.Of("told"), _warned.Concat(_cleared));
        connection.Execute(Statements.Of("owe"), _warned);
        connection.Execute(Statements.Of("pay"), _cleared);
        connection.Execute(Statements.Of("user-known"), _users);
        return results;
    }

    (DeliveryState State, Settled Settled) One(Standing standing, Receipt? receipt)
    {
        switch (receipt)
        {
            case Receipt.Delivered when standing.State is DeliveryState.Delivered or DeliveryState.Seen:
            case Receipt.Seen when standing.State == DeliveryState.Seen:
            case Receipt.Refused when standing.State is not (DeliveryState.HandedOver or DeliveryState.Accepted):
            case not (Receipt.Delivered or Receipt.Seen or Receipt.Refused) when standing.State != DeliveryState.HandedOver:
                return (standing.State, Settled.Repeat);

            case Receipt.Accepted accepted:
                _accepted.Add(new { standing.Id, accepted.Reference, ReceiptDue = outbox.ReceiptDue(standing.Carrier, accepted.Reference), now });
                Told(standing);
                return (DeliveryState.Accepted, Settled.News);

            case Receipt.Delivered:
                _delivered.Add(new { standing.Id, now });
                Told(standing);
                return (DeliveryState.Delivered, Settled.News);

            case Receipt.Seen:
                _seen.Add(new { standing.Id, now });
                Told(standing);
                return (DeliveryState.Seen, Settled.News);

            // Its time had run out before the carrier heard of it.
            case null:
                connection.Execute(Statements.Of("expire-claimed"), new { standing.Id, now });
                Outbox.Unreachable(connection, standing, now);
                return (DeliveryState.Expired, Settled.News);

            default:
                return outbox.Refuse(connection, standing, receipt, now);
        }
    }

    void Told(Standing standing)
    {
        var bulletin = bulletins.Of(standing.BulletinId);
        if (bulletin.Kind is not (BulletinKind.Warning or BulletinKind.AllClear))
            return;
        (bulletin.Kind == BulletinKind.Warning ? _warned : _cleared).Add(
            new { standing.RecipientId, bulletin.Station, bulletin.Rule, bulletin.Episode, bulletin.Level, standing.BulletinId, now });
    }
}
