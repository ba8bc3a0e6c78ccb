using CanhLu.Database;
using Dapper;
using NodaTime;

namespace CanhLu.Notify;

/// <summary>Deliveries that a carrier has accepted and not reported on, and can be asked about: reports get lost.</summary>
/// <remarks>When the next question is due stands with the delivery, in real time; each wait is twice the one before. After the last one, or when its time has run out,
/// the delivery stays as it is. A question that a crash swallows is asked again at the next wait.</remarks>
sealed class Questions(Operations operations, IClock clock, DueClock waits)
{
    /// <summary>How often a delivery is asked about: with the first wait of two minutes, the last time two hours after it was accepted.</summary>
    public const int Most = 6;

    /// <summary>Claims up to a number of deliveries to ask about.</summary>
    /// <param name="carrier">The carrier's id.</param>
    /// <param name="after">The first wait.</param>
    /// <param name="atMost">At most so many.</param>
    public IReadOnlyList<Delivery> Claim(string carrier, TimeSpan after, int atMost)
    {
        var due = waits.Now;
        if (!operations.Read(connection => connection.ExecuteScalar<bool>(Statements.Of("receipt-any"), new { carrier, due })))
            return [];
        return operations.Write(connection =>
        {
            var now = clock.GetCurrentInstant();
            var found = connection.Query<Delivery>(Statements.Of("ask-find"), new { carrier, due, atMost }).ToLookup(one => one.NotAfter >= now);
            connection.Execute(Statements.Of("ask"), found[true].Select(one => new { one.Id, Asked = one.Asked + 1, Next = Next(one.Asked + 1) }));
            connection.Execute(Statements.Of("ask"), found[false].Select(one => new { one.Id, one.Asked, Next = (Instant?)null }));
            return found[true].ToList();
        });

        Instant? Next(int asked) => asked < Most ? due + Duration.FromTimeSpan(after * Math.Pow(2, asked)) : null;
    }
}
