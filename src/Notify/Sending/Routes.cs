using CanhLu.Notify.Carriers;

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
    readonly Dictionary<string, ICarrier> _carriers;

    /// <exception cref="ArgumentException">Two carriers have the same id or the same letter: the keys of their deliveries could be the same.</exception>
    public Routes(Func<Site> site, IEnumerable<ICarrier> carriers, Bulletins bulletins)
    {
        (_site, _bulletins) = (site, bulletins);
        _carriers = carriers.ToDictionary(carrier => carrier.Id);
        if (_carriers.Values.GroupBy(carrier => carrier.KeyLetter).FirstOrDefault(group => group.Count() > 1) is { } same)
            throw new ArgumentException($"The carriers {string.Join(" and ", same.Select(carrier => carrier.Id))} end their keys with the same letter {same.Key}.", nameof(carriers));
    }

    /// <summary>The letter that ends the keys of a carrier's deliveries.</summary>
    public char KeyLetterOf(string carrier) => _carriers[carrier].KeyLetter;

    public Route Of(Bulletin bulletin, string language)
    {
        var telling = _site().Tellings.FirstOrDefault(telling => telling.Level == bulletin.Level);
        var words = _bulletins.Words(bulletin, language);
        // A level that the site forgot is still told, by whatever carrier there is.
        var ids = telling?.Carriers ?? [.. _carriers.Keys];
        return new Route([.. ids.Where(id => _carriers.TryGetValue(id, out var carrier) && carrier.CanSay(words))], telling?.Together ?? false);
    }

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
