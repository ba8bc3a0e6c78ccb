using System.Collections.Concurrent;
using System.Globalization;
using CanhLu.Database;
using CanhLu.Notify.Carriers;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using NodaTime;

namespace CanhLu.Notify;

/// <summary>What letters cost: of each bulletin, carrier and language what one letter takes, fixed when the first one goes.</summary>
public sealed class CostBook
{
    readonly Operations _operations;
    readonly Bulletins _bulletins;
    readonly NotifyOptions _options;
    readonly ConcurrentDictionary<(long Bulletin, string Carrier, string Language), bool> _entered = new();

    internal CostBook(Operations operations, Bulletins bulletins, IOptions<NotifyOptions> options) =>
        (_operations, _bulletins, _options) = (operations, bulletins, options.Value);

    /// <summary>What carriers took, by month and carrier, newest month first.</summary>
    /// <param name="zone">Whose months.</param>
    public IReadOnlyList<CostLine> Lines(DateTimeZone zone)
    {
        var taken = _operations.Read(connection => connection.Query<Taken>(Statements.Of("costs")).AsList());
        return
        [
            .. taken
                .GroupBy(one => (Month: Month(one.AcceptedAt, zone), one.Carrier))
                .OrderByDescending(group => group.Key.Month, StringComparer.Ordinal).ThenBy(group => group.Key.Carrier, StringComparer.Ordinal)
                .Select(group => new CostLine(
                    group.Key.Month, group.Key.Carrier, group.Sum(one => one.Letters), group.Sum(one => one.Letters * one.Units),
                    group.Any(one => one.EachUnit is null) ? null : group.Sum(one => one.Letters * one.Units * one.EachUnit!.Value))),
        ];
    }

    /// <summary>What one letter takes at most, by the newest bulletins; 1 when none is known.</summary>
    internal int UnitsOf(string carrier) => _operations.Read(connection => connection.ExecuteScalar<int?>(
        "SELECT max(units) FROM (SELECT units FROM cost_book WHERE carrier = @carrier ORDER BY bulletin_id DESC LIMIT 10)", new { carrier })) ?? 1;

    /// <summary>In the transaction that claims the first letters of a bulletin.</summary>
    internal void Enter(SqliteConnection connection, ICarrier carrier, IEnumerable<Delivery> claimed)
    {
        var news = claimed.Select(one => (one.BulletinId, carrier.Id, one.Language)).Distinct().Where(one => !_entered.ContainsKey(one)).Select(one => new
        {
            one.BulletinId,
            one.Id,
            one.Language,
            Units = carrier.UnitsOf(_bulletins.Words(_bulletins.Of(one.BulletinId), one.Language)),
            Price = _options.PriceOf(carrier)?.ToString(CultureInfo.InvariantCulture),
        }).ToList();
        if (news.Count > 0)
            connection.Execute(Statements.Of("cost-enter"), news);
    }

    /// <summary>After that transaction.</summary>
    internal void Entered(string carrier, IEnumerable<Delivery> claimed)
    {
        foreach (var delivery in claimed)
            _entered.TryAdd((delivery.BulletinId, carrier, delivery.Language), true);
    }

    static string Month(Instant at, DateTimeZone zone) => at.InZone(zone).ToString("uuuu-MM", CultureInfo.InvariantCulture);

    sealed record Taken
    {
        public required Instant AcceptedAt { get; init; }

        public required string Carrier { get; init; }

        public required long Letters { get; init; }

        public required int Units { get; init; }

        public string? Price { get; init; }

        public decimal? EachUnit => Price is null ? null : decimal.Parse(Price, CultureInfo.InvariantCulture);
    }
}
