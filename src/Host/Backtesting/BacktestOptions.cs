using CanhLu.Archive.Influx;
using CanhLu.Backtest;
using NodaTime;

namespace CanhLu.Host.Backtesting;

/// <summary>What a backtest is asked.</summary>
/// <param name="Readings">The readings file; null when something else is judged.</param>
/// <param name="Data">The engine's folder; null when something else is judged.</param>
/// <param name="Influx">The InfluxDB with a copy of an archive; null when something else is judged.</param>
/// <param name="Site">The folder of the rules that are tried.</param>
/// <param name="Against">The folder of the rules that they are compared with; null for none.</param>
/// <param name="Truth">The file of what really was; null for none.</param>
/// <param name="Tolerance">How far apart an event and its warning may lie.</param>
/// <param name="Rules">The rules that count together; none means those that tell residents.</param>
/// <param name="Station">The station as which a file of USGS is judged, or the only one that is judged of a copy.</param>
/// <param name="People">How many residents there are; null when that is not known.</param>
/// <param name="Prices">Price of one message by carrier, đồng.</param>
/// <param name="Reach">Share of the residents whom a carrier reaches.</param>
/// <param name="Report">Where the report is written; null for nowhere.</param>
/// <param name="Json">Whether JSON lines are written instead of tables.</param>
sealed record BacktestOptions(
    string? Readings, string? Data, InfluxOptions? Influx, string Site, string? Against, string? Truth, Duration Tolerance, IReadOnlyCollection<string> Rules, string? Station,
    int? People, IReadOnlyDictionary<string, decimal> Prices, IReadOnlyDictionary<string, double> Reach, string? Report, bool Json)
{
    /// <summary>What messages cost; SMS is counted in segments of the site's own wordings.</summary>
    public Tariff Tariff(Site site) => Tariff(site, Prices, Reach);

    /// <summary>The same, without further questions.</summary>
    public static Tariff Tariff(Site site, IReadOnlyDictionary<string, decimal> prices, IReadOnlyDictionary<string, double> reach) => new(
        prices, reach, (carrier, bulletin) => carrier == "zalo" ? 1 : Notify.SmsSize.Of(Notify.BulletinText.Of(bulletin, site, "vi").Sms).Segments);
}
