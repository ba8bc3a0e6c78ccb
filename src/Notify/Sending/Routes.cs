using CanhLu.Notify.Carriers;
using Microsoft.Extensions.Options;

namespace CanhLu.Notify;

/// <summary>Which carriers tell a bulletin in a language: those of the site's telling that are configured and have a form for it.</summary>
/// <param name="Carriers">In the order in which they are asked.</param>
/// <param name="Together">All at once, instead of each after the refusal of the one before.</param>
sealed record Route(IReadOnlyList<string> Carriers, bool Together);

/// <summary>Finds the route of a bulletin by the site in force.</summary>
sealed class Routes
{
    readonly Func<Site> _site;
    readonly Bulletins _bulletins;
    readonly NotifyOptions _options;
    readonly Dictionary<string, ICarrier> _carriers;

    /// <exception cref="ArgumentException">Two carriers have the same id or the same letter: the keys of their deliveries could be the same.</exception>
    public Routes(Func<Site> site, IEnumerable<ICarrier> carriers, Bulletins bulletins, IOptions<NotifyOptions> options)
    {
        (_site, _bulletins, _options) = (site, bulletins, options.Value);
        _carriers = carriers.ToDictionary(carrier => carrier.Id);
        if (_carriers.Values.GroupBy(carrier => carrier.KeyLetter).FirstOrDefault(group => group.Count() > 1) is { } same)
            throw new ArgumentException($"The carriers {string.Join(" and ", same.Select(carrier => carrier.Id))} end their keys with the same letter {same.Key}.", nameof(carriers));
    }

    /// <summary>A carrier that exists.</summary>
    public ICarrier Carrier(string carrier) => _carriers[carrier];

    /// <summary>The letter that ends the keys of a carrier's deliveries.</summary>
    public char KeyLetterOf(string carrier) => _carriers[carrier].KeyLetter;

    /// <summary>What was agreed with a carrier; null when it is not configured any more.</summary>
    public CarrierTerms? TermsOf(string carrier) => _carriers.GetValueOrDefault(carrier)?.Terms;

    public Route Of(Bulletin bulletin, string language) => Of(bulletin, _bulletins.Words(bulletin, language));

    /// <summary>The route of a bulletin that need not be in the store.</summary>
    public Route Of(Bulletin bulletin, Wording words)
    {
        var telling = _site().Tellings.FirstOrDefault(telling => telling.Level == bulletin.Level);
        // A level that the site forgot is still told, by whatever carrier there is.
        IEnumerable<string> ids = telling?.Carriers ?? [.. _carriers.Keys];
        // By when it was decided: every later look at the same bulletin must find the same way.
        if (IsNight(bulletin.DecidedAt))
            ids = ids.OrderBy(IsZalo);
        return new Route([.. ids.Where(id => _carriers.TryGetValue(id, out var carrier) && carrier.CanSay(words))], telling?.Together ?? false);
    }

    /// <summary>Zalo may not send at night, or may say that it has and wait: then SMS goes first, and Zalo tells whom no SMS reaches.</summary>
    bool IsNight(NodaTime.Instant at)
    {
        var time = at.InZone(_site().Zone).TimeOfDay.TickOfDay;
        var (from, until) = (_options.NightFrom.Ticks, _options.NightUntil.Ticks);
        return from <= until ? time >= from && time < until : time >= from || time < until;
    }

    /// <summary>Whether a carrier is Zalo in one of its forms.</summary>
    public static bool IsZalo(string carrier) => carrier.StartsWith("zalo", StringComparison.Ordinal);

    /// <summary>Who is asked when a carrier has failed; null for nobody.</summary>
    public string? After(Bulletin bulletin, string language, string carrier)
    {
        var route = Of(bulletin, language);
        if (route.Together)
            return null;
        var next = route.Carriers.SkipWhile(id => id != carrier).Skip(1).FirstOrDefault();
        return next;
    }
}
