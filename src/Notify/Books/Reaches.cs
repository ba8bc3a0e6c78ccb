using CanhLu.Database;
using CanhLu.Notify.Carriers;
using Dapper;
using Microsoft.Extensions.Options;
using NodaTime;

namespace CanhLu.Notify;

/// <summary>Reckons what a bulletin would do before it is decided, by the roster, the site's telling and the carriers' terms.</summary>
/// <param name="operations">Where the roster is.</param>
/// <param name="site">The site in force.</param>
/// <param name="carriers">Those that are configured.</param>
/// <param name="terms">What was agreed about SMS.</param>
/// <param name="options">Whom a no keeps away.</param>
/// <param name="clock">The engine's clock.</param>
public sealed class Reaches(
    Operations operations, Func<Site> site, IEnumerable<ICarrier> carriers, SmsTerms terms, IOptions<NotifyOptions> options, IClock clock)
{
    static readonly string[] _languages = ["vi", "en"];

    readonly Dictionary<string, ICarrier> _carriers = carriers.ToDictionary(carrier => carrier.Id);

    /// <summary>Reckons for a bulletin that need not be decided yet.</summary>
    public Reach Of(Bulletin bulletin)
    {
        var current = site();
        var telling = current.Tellings.FirstOrDefault(one => one.Level == bulletin.Level);
        var (people, price) = (0L, terms.PricePerSegment is null ? (decimal?)null : 0m);
        var told = new OrderedDictionary<string, long>();
        foreach (var language in _languages)
        {
            var words = BulletinText.Of(bulletin, current, language);
            var route = (telling?.Carriers ?? [.. _carriers.Keys]).Where(id => _carriers.TryGetValue(id, out var carrier) && carrier.CanSay(words)).ToArray();
            if (route.Length == 0)
                continue;
            foreach (var alike in Alike(bulletin, current, language))
            {
                people += alike.People;
                var reaching = route.Where(carrier => alike.IsReachedBy(carrier)).ToArray();
                // Whom nobody is thought to reach the last one is asked for.
                foreach (var carrier in reaching.Length == 0 ? route[^1..] : telling?.Together == true ? reaching : reaching[..1])
                {
                    told[carrier] = told.GetValueOrDefault(carrier) + alike.People;
                    if (!IsZalo(carrier))
                        price += terms.PricePerSegment * SmsSize.Of(words.Sms).Segments * alike.People;
                }
            }
        }
        var seconds = told.Count == 0 ? 0 : told.Max(one => one.Value / _carriers[one.Key].Terms.RatePerSecond);
        return new Reach(people, [.. told.Select(one => new CarrierReach(one.Key, one.Value))], Math.Round(seconds, 1), price);
    }

    List<Group> Alike(Bulletin bulletin, Site current, string language) => operations.Read(connection => connection.Query<Group>(
        Statements.Of(bulletin.Kind == BulletinKind.AllClear ? "reach-all-clear" : "reach"), new
        {
            areas = bulletin.Areas ?? current.StationOf(bulletin.Station)?.Areas ?? [],
            bulletin.Station,
            bulletin.Rule,
            bulletin.Level,
            language,
            despiteOptOut = bulletin.Level == AlarmLevel.III && options.Value.LevelIIIDespiteOptOut,
            BelievedSince = clock.GetCurrentInstant() - Duration.FromDays(options.Value.RememberOutOfReachDays),
        }).AsList());

    static bool IsZalo(string carrier) => carrier.StartsWith("zalo", StringComparison.Ordinal);

    /// <summary>People who are alike in how they can be told.</summary>
    sealed record Group
    {
        public required string AsksFor { get; init; }

        public required string Without { get; init; }

        public required long People { get; init; }

        public bool IsReachedBy(string carrier) =>
            (AsksFor.Length == 0 || AsksFor == (IsZalo(carrier) ? "zalo" : "sms")) && !Without.Split(',').Contains(carrier);
    }
}
