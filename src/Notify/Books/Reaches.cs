using System.Collections.Immutable;
using CanhLu.Database;
using CanhLu.Notify.Carriers;
using Dapper;
using Microsoft.Extensions.Options;
using NodaTime;

namespace CanhLu.Notify;

/// <summary>Reckons what a bulletin would do before it is decided, by the roster, the site's telling and the carriers' terms.</summary>
public sealed class Reaches
{
    static readonly string[] _languages = ["vi", "en"];

    readonly Operations _operations;
    readonly Func<Site> _site;
    readonly Dictionary<string, ICarrier> _carriers;
    readonly Routes _routes;
    readonly Governor _governor;
    readonly SmsTerms _terms;
    readonly NotifyOptions _options;
    readonly IClock _clock;

    internal Reaches(
        Operations operations, Func<Site> site, IEnumerable<ICarrier> carriers, Routes routes, Governor governor, SmsTerms terms, IOptions<NotifyOptions> options, IClock clock)
    {
        (_operations, _site, _routes, _governor, _terms, _options, _clock) = (operations, site, routes, governor, terms, options.Value, clock);
        _carriers = carriers.ToDictionary(carrier => carrier.Id);
    }

    /// <summary>Reckons for a bulletin that need not be decided yet.</summary>
    public Reach Of(Bulletin bulletin)
    {
        var current = _site();
        var (people, spent, price) = (0L, 0L, _terms.PricePerSegment is null ? (decimal?)null : 0m);
        var told = new OrderedDictionary<string, long>();
        foreach (var language in _languages)
        {
            var words = BulletinText.Of(bulletin, current, language);
            var route = _routes.Of(bulletin, words);
            if (route.Carriers.Count == 0)
                continue;
            spent += Alike(bulletin, current, language, spent: true).Sum(alike => alike.People);
            foreach (var alike in Alike(bulletin, current, language, spent: false))
            {
                people += alike.People;
                var reaching = route.Carriers.Where(carrier => alike.IsReachedBy(carrier)).ToArray();
                // Whom nobody is thought to reach the last one is asked for.
                foreach (var carrier in reaching.Length == 0 ? [route.Carriers[^1]] : route.Together ? reaching : reaching[..1])
                {
                    told[carrier] = told.GetValueOrDefault(carrier) + alike.People;
                    if (!Routes.IsZalo(carrier))
                        price += _terms.PricePerSegment * SmsSize.Of(words.Sms).Segments * alike.People;
                }
            }
        }
        var seconds = told.Count == 0 ? 0 : told.Max(one => one.Value / _carriers[one.Key].Terms.RatePerSecond);
        return new Reach(people, [.. told.Select(one => new CarrierReach(one.Key, one.Value))], Math.Round(seconds, 1), price) { OverBudget = spent };
    }

    /// <summary>What every carrier of a bulletin's route would say, by language.</summary>
    public ImmutableArray<LetterText> Letters(Bulletin bulletin)
    {
        var current = _site();
        return
        [
            .. _languages.SelectMany(language =>
            {
                var words = BulletinText.Of(bulletin, current, language);
                return _routes.Of(bulletin, words).Carriers.Select(carrier => _carriers[carrier].ChargesBySegment
                    ? Sms(language, carrier, words.Sms)
                    : new LetterText(language, carrier, words.Text, null, null));
            }),
        ];

        static LetterText Sms(string language, string carrier, string text)
        {
            var size = SmsSize.Of(text);
            return new LetterText(language, carrier, text, size.Segments, size.Coding == SmsCoding.Gsm7 ? "GSM-7" : "UCS-2");
        }
    }

    List<Group> Alike(Bulletin bulletin, Site current, string language, bool spent) => _operations.Read(connection =>
    {
        var month = _governor.Month(connection, bulletin);
        if (spent && month.Count == 0)
            return [];
        return connection.Query<Group>(Statements.Of(bulletin.Kind == BulletinKind.AllClear ? "reach-all-clear" : "reach"), new
        {
            areas = bulletin.Areas ?? current.StationOf(bulletin.Station)?.Areas ?? [],
            bulletin.Station,
            bulletin.Rule,
            bulletin.Level,
            language,
            despiteOptOut = bulletin.Level == AlarmLevel.III && _options.LevelIIIDespiteOptOut,
            BelievedSince = _clock.GetCurrentInstant() - Duration.FromDays(_options.RememberOutOfReachDays),
            month,
            budget = _options.MessagesAMonth,
            spent,
        }).AsList();
    });

    /// <summary>People who are alike in how they can be told.</summary>
    sealed record Group
    {
        public required string AsksFor { get; init; }

        public required string Without { get; init; }

        public required long People { get; init; }

        public bool IsReachedBy(string carrier) =>
            (AsksFor.Length == 0 || AsksFor == (Routes.IsZalo(carrier) ? "zalo" : "sms")) && !Without.Split(',').Contains(carrier);
    }
}
