using CanhLu.Database;
using CanhLu.Notify.Carriers;
using Dapper;
using Microsoft.Extensions.Options;
using NodaTime;

namespace CanhLu.Notify;

/// <summary>What one look at a carrier's silence did.</summary>
/// <param name="Carrier">The carrier's id.</param>
/// <param name="PassedOn">How many deliveries the next carrier tells as well.</param>
/// <param name="IsMore">Whether more may wait to be looked at.</param>
readonly record struct Silence(string Carrier, int PassedOn, bool IsMore);

/// <summary>Deliveries that a carrier has accepted, and has not reported on in the time that was agreed: the next carrier of the telling tells them as well, once.</summary>
/// <remarks>
/// The moment stands with the delivery, in real time, from the transaction that records its acceptance; whatever is reported takes it away, and so does the transaction that
/// looks at it. So a crash loses none and doubles none.
/// </remarks>
sealed class Silences
{
    /// <summary>Bounds a transaction to some tens of milliseconds, since others want to write too.</summary>
    const int AtOnce = 1000;

    /// <summary>In the order of the index, so that a look reads what is due and nothing else.</summary>
    internal static readonly string Find =
        $"{Statements.Of("still-owed")} WHERE d.carrier = @carrier AND d.receipt_due_at <= @due ORDER BY d.receipt_due_at LIMIT @atMost";

    readonly Operations _operations;
    readonly Bulletins _bulletins;
    readonly Routes _routes;
    readonly NotifyOptions _options;
    readonly IClock _clock;
    readonly DueClock _waits;
    readonly string[] _carriers;

    public Silences(
        Operations operations, Bulletins bulletins, Routes routes, IEnumerable<ICarrier> carriers, IOptions<NotifyOptions> options, IClock clock,
        DueClock waits)
    {
        (_operations, _bulletins, _routes, _options, _clock, _waits) = (operations, bulletins, routes, options.Value, clock, waits);
        _carriers = [.. carriers.Where(carrier => carrier.Terms.ReceiptWithin is not null).Select(carrier => carrier.Id)];
    }

    /// <summary>Passes on what has waited long enough, up to a number of each carrier.</summary>
    /// <returns>The carriers of which something was looked at.</returns>
    public IReadOnlyList<Silence> PassOn() => [.. _carriers.Select(PassOn).OfType<Silence>()];

    Silence? PassOn(string carrier)
    {
        var due = _waits.Now;
        if (!_operations.Read(connection => connection.ExecuteScalar<bool>(Statements.Of("receipt-any"), new { carrier, due })))
            return null;
        return _operations.Write(connection =>
        {
            var now = _clock.GetCurrentInstant();
            var found = connection.Query<Unreported>(
                Find, new { carrier, due, now, _options.MostOptedOut, atMost = AtOnce }).AsList();
            var looked = found.ConvertAll(one => (
                one.Id, Next: one.Owed ? _routes.After(_bulletins.Of(one.BulletinId), one.Language, carrier) : null, one.BulletinId, one.RecipientId));
            connection.Execute(Statements.Of("silent"), looked.Select(one => new { one.Id, next = one.Next }));
            var passedOn = connection.Execute(
                Statements.Of("pass-on"),
                looked.Where(one => one.Next is not null).Select(one => new
                {
                    one.Id,
                    next = one.Next,
                    Key = Keys.Of(_operations.Installation, one.BulletinId, one.RecipientId, _routes.KeyLetterOf(one.Next!)),
                    now,
                    Due = due,
                }));
            return new Silence(carrier, passedOn, found.Count == AtOnce);
        });
    }

    sealed record Unreported
    {
        public required long Id { get; init; }

        public required long BulletinId { get; init; }

        public required long RecipientId { get; init; }

        public required string Language { get; init; }

        public required bool Owed { get; init; }
    }
}
