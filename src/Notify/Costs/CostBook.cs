using System.Globalization;
using CanhLu.Database;
using CanhLu.Notify.Carriers;
using Dapper;
using Microsoft.Extensions.Options;
using NodaTime;

namespace CanhLu.Notify;

/// <summary>What letters cost: of each bulletin, carrier and language what one letter takes, fixed when the first one goes.</summary>
public sealed class CostBook
{
    readonly Operations _operations;
    readonly Bulletins _bulletins;
    readonly NotifyOptions _options;
    readonly HashSet<(long Bulletin, string Carrier, string Language)> _entered = [];
    readonly Lock _lock = new();

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

    /// <summary>Before the first letters of a bulletin go. A crash in between loses nothing: what was claimed is claimed again.</summary>
    internal void Enter(ICarrier carrier, IReadOnlyList<Delivery> claimed)
    {
        List<(long Bulletin, string Carrier, string Language)>? news = null;
        lock (_lock)
            foreach (var delivery in claimed)
                if (_entered.Add((delivery.BulletinId, carrier.Id, delivery.Language)))
                    (news ??= []).Add((delivery.BulletinId, carrier.Id, delivery.Language));
        if (news is null)
            return;
        try
        {
            _operations.Write(connection => connection.Execute(Statements.Of("cost-enter"), news.Select(one => new
            {
                one.Bulletin,
                one.Carrier,
                one.Language,
                Units = carrier.UnitsOf(_bulletins.Words(_bulletins.Of(one.Bulletin), one.Language)),
                Price = _options.PriceOf(carrier)?.ToString(CultureInfo.InvariantCulture),
            })));
        }
        catch
        {
            lock (_lock)
                _entered.ExceptWith(news);
            throw;
        }
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
