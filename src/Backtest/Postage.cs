using NodaTime;

namespace CanhLu.Backtest;

/// <summary>What one message costs, and whom a carrier reaches.</summary>
/// <param name="Prices">Price of one unit by carrier, in đồng; empty when costs are not asked for.</param>
/// <param name="Reach">Share of the residents whom a carrier reaches, 0 to 1; a carrier that is not named reaches all.</param>
/// <param name="Units">How many units (SMS segments) a carrier counts for a bulletin.</param>
public sealed record Tariff(IReadOnlyDictionary<string, decimal> Prices, IReadOnlyDictionary<string, double> Reach, Func<string, Bulletin, int> Units);

/// <summary>What one resident would have been told, on the average of the site's areas.</summary>
/// <param name="Bulletins">Warnings and all-clears decided for all stations.</param>
/// <param name="Asked">How many of them an officer had to decide; each counts as agreed to.</param>
/// <param name="Messages">Messages to one resident by carrier.</param>
/// <param name="Cost">Cost of one resident, đồng; null when no price was given.</param>
public sealed record Postage(int Bulletins, int Asked, IReadOnlyDictionary<string, double> Messages, decimal? Cost)
{
    /// <summary>Messages by carriers that are not Zalo.</summary>
    public double Sms => Messages.Where(one => one.Key != "zalo").Sum(one => one.Value);

    /// <summary>Counts what Duty and Notify would make of some alarms.</summary>
    /// <remarks>Every rise to a higher level is a bulletin, no fall is, and who was warned is owed one all-clear (src/Duty). The first carrier of a level that reaches a
    /// resident tells; where they go together, each of them does.</remarks>
    public static Postage Of(Site site, IReadOnlyList<Alarm> alarms, Tariff tariff)
    {
        var bulletins = Made(site, alarms).ToList();
        var messages = new Dictionary<string, double>();
        var cost = 0m;
        var covered = site.Stations.Select(station => (station.Id, Areas: Areas(station))).ToDictionary(one => one.Id, one => one.Areas);
        var areas = Math.Max(1, covered.Values.SelectMany(codes => codes).Distinct().Count());
        foreach (var (bulletin, _) in bulletins)
        {
            var share = (double)covered[bulletin.Station].Length / areas;
            foreach (var (carrier, reached) in Carriers(site, bulletin.Level, tariff.Reach))
            {
                messages[carrier] = messages.GetValueOrDefault(carrier) + share * reached;
                if (tariff.Prices.TryGetValue(carrier, out var price))
                    cost += (decimal)(share * reached) * price * tariff.Units(carrier, bulletin);
            }
        }
        return new Postage(bulletins.Count, bulletins.Count(one => one.IsAsked), messages, tariff.Prices.Count == 0 ? null : cost);
    }

    // A station that names no area has its own people.
    static string[] Areas(Station station) => station.Areas.IsDefaultOrEmpty ? [station.Id] : [.. station.Areas];

    static IEnumerable<(string Carrier, double Reached)> Carriers(Site site, AlarmLevel level, IReadOnlyDictionary<string, double> reach)
    {
        var left = 1.0;
        foreach (var telling in site.Tellings.Where(telling => telling.Level == level))
            foreach (var carrier in telling.Carriers)
            {
                var reached = reach.GetValueOrDefault(carrier, 1);
                var told = telling.Together ? reached : left * reached;
                if (told > 0)
                    yield return (carrier, told);
                left *= 1 - reached;
            }
    }

    static IEnumerable<(Bulletin Bulletin, bool IsAsked)> Made(Site site, IReadOnlyList<Alarm> alarms)
    {
        var rules = site.Rules.ToDictionary(rule => rule.Id);
        foreach (var alarm in alarms)
        {
            if (rules[alarm.Key.Rule].PolicyFor(alarm.Grade) is var policy && policy == Policy.Desk)
                continue;
            var station = alarm.Cause == Cause.Limit ? site.Devices[alarm.Key.Subject].Station : alarm.Key.Subject;
            var isEnd = alarm.Level == AlarmLevel.None;
            if (station is null || !isEnd && alarm.Level <= alarm.From || isEnd && alarm.From == AlarmLevel.None)
                continue;
            Stage? stage = alarm.Cause is Cause.Silence or Cause.Limit ? null : new Stage((int)alarm.Evidence.Value);
            yield return (
                new Bulletin(
                    0, 0, station, alarm.Key.Rule, alarm.Cause, isEnd ? BulletinKind.AllClear : BulletinKind.Warning, alarm.Level, stage, alarm.Rate,
                    alarm.Evidence.MeasuredAt, alarm.Evidence.MeasuredAt, "auto", Instant.MaxValue),
                policy == Policy.Ask);
        }
    }
}
