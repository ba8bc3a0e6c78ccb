using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;

namespace CanhLu.Console.Accounts;

/// <summary>Who makes a request.</summary>
/// <param name="Name">The name under which what is done is written down; null where the accounts are off and everybody gives a name.</param>
/// <param name="Role">What the visitor may do.</param>
/// <param name="Areas">For which areas; empty for everywhere.</param>
sealed record Visitor(string? Name, Role Role, ImmutableArray<string> Areas)
{
    /// <summary>Somebody at the engine's own machine, while the accounts are off: may do what could always be done there.</summary>
    public static Visitor Anybody { get; } = new(null, Role.Administrator, []);

    /// <summary>The session; null when the visitor is a program, or the accounts are off.</summary>
    public Session? Session { get; init; }

    /// <summary>Whether a known person signed in, and not a program or anybody.</summary>
    public bool IsPerson => Session is not null;

    public bool IsEverywhere => Areas.IsEmpty;

    public bool Covers(string area) => IsEverywhere || Areas.Contains(area);

    public static Visitor? Find(HttpContext context) => context.Features.Get<Visitor>();

    public static Visitor Of(HttpContext context) => Find(context) ?? throw new InvalidOperationException("Nobody was asked who visits here.");

    /// <summary>A page of a list that holds every area's lines: what the visitor may see of it.</summary>
    /// <param name="from">Where the page begins.</param>
    /// <param name="count">How many lines at most.</param>
    /// <param name="page">Reads so many lines from somewhere on.</param>
    /// <param name="id">Where the page after a line begins.</param>
    /// <param name="area">The area of a line.</param>
    public IReadOnlyList<T> Page<T>(long? from, int count, Func<long?, int, IReadOnlyList<T>> page, Func<T, long> id, Func<T, string> area)
    {
        const int atOnce = 1000;
        if (IsEverywhere)
            return page(from, count);
        var found = new List<T>();
        while (true)
        {
            var next = page(from, atOnce);
            found.AddRange(next.Where(one => Covers(area(one))));
            if (next.Count < atOnce || found.Count >= count)
                return found.Take(count).ToList();
            from = id(next[^1]);
        }
    }
}
