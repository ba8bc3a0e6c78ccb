namespace CanhLu.Notify;

/// <summary>What one bulletin still has to do at one carrier.</summary>
/// <param name="Bulletin">Its id.</param>
/// <param name="Lane">See <see cref="Notify.Lane"/>.</param>
/// <param name="Level">Its level.</param>
/// <param name="Carrier">The carrier's id.</param>
/// <param name="Waiting">Deliveries that have no lasting answer.</param>
/// <param name="Answered">Deliveries that have one.</param>
/// <param name="PassedOn">How many of those the next carrier tells instead.</param>
/// <param name="Next">That carrier; null while there was none.</param>
readonly record struct Work(long Bulletin, int Lane, AlarmLevel Level, string Carrier, long Waiting, long Answered, long PassedOn, string? Next);

/// <summary>Foretells how long a bulletin takes: what goes before it and itself, over each carrier's rate, and the slowest carrier counts.</summary>
/// <remarks>
/// A carrier that has passed some on will pass on the same share of what it still has; those come to the next one while the first is at work, so that the next one ends at
/// the later of two moments: when the first has ended, and when it has done its own and theirs. Setbacks and the shares of shares are not foretold.
/// </remarks>
static class Outlook
{
    /// <summary>How long the bulletin still takes; null when it waits for a carrier of which nobody knows the rate, or that takes nothing.</summary>
    /// <param name="bulletin">Its id.</param>
    /// <param name="works">All that is to be done, for every bulletin.</param>
    /// <param name="rate">What each carrier takes a second; null for unknown or nothing.</param>
    public static TimeSpan? Left(long bulletin, IReadOnlyCollection<Work> works, Func<string, double?> rate)
    {
        var own = works.Where(work => work.Bulletin == bulletin && work.Waiting > 0).ToList();
        if (own.Count == 0)
            return TimeSpan.Zero;
        var first = own[0];
        var before = works.Where(work => work.Waiting > 0 && !GoesAfter(work, first)).ToLookup(work => work.Carrier);
        var left = 0.0;
        foreach (var carrier in own.Select(work => work.Carrier).Concat(own.Select(NextOf).OfType<string>()).Distinct())
        {
            if (Alone(carrier) is not { } ends)
                return null;
            foreach (var feeder in before.Where(group => group.Key != carrier && group.Any(work => NextOf(work) == carrier)))
            {
                if (Alone(feeder.Key) is not { } fed)
                    return null;
                ends = Math.Max(ends, fed);
            }
            left = Math.Max(left, ends);
        }
        return TimeSpan.FromSeconds(left);

        // Its own work and what others will pass on to it, at its rate.
        double? Alone(string carrier)
        {
            var passed = before.Where(group => group.Key != carrier).SelectMany(group => group).Where(work => NextOf(work) == carrier)
                .Sum(work => (double)work.Waiting * work.PassedOn / work.Answered);
            return rate(carrier) is > 0 and var perSecond ? (before[carrier].Sum(work => work.Waiting) + passed) / perSecond : null;
        }
    }

    /// <summary>How many deliveries go before the bulletin's at its carriers.</summary>
    public static long Ahead(long bulletin, IReadOnlyCollection<Work> works)
    {
        var own = works.Where(work => work.Bulletin == bulletin && work.Waiting > 0).ToList();
        return own.Count == 0 ? 0 : works
            .Where(work => work.Bulletin != bulletin && own.Exists(mine => mine.Carrier == work.Carrier) && !GoesAfter(work, own[0]))
            .Sum(work => work.Waiting);
    }

    static string? NextOf(Work work) => work.PassedOn > 0 ? work.Next : null;

    /// <summary>The order of the claims.</summary>
    static bool GoesAfter(Work work, Work than) =>
        (work.Lane, work.Level, -work.Bulletin).CompareTo((than.Lane, than.Level, -than.Bulletin)) < 0;
}
