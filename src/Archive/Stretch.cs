namespace CanhLu.Archive;

/// <summary>A stretch of time in microseconds, both ends in it.</summary>
readonly record struct Stretch(long From, long To)
{
    const int Most = 8;
    const long LeastGap = 6L * 3600 * 1_000_000;

    /// <summary>The few stretches that hold some times: cut at the widest gaps, so that a time of last year and one of today do not make a year.</summary>
    public static List<Stretch> Of(long[] times)
    {
        Array.Sort(times);
        var cuts = Enumerable.Range(1, times.Length - 1)
            .Where(i => times[i] - times[i - 1] >= LeastGap)
            .OrderByDescending(i => times[i] - times[i - 1])
            .Take(Most - 1)
            .Order()
            .ToList();
        var stretches = new List<Stretch>();
        var first = 0;
        foreach (var cut in cuts.Append(times.Length))
        {
            stretches.Add(new Stretch(times[first], times[cut - 1]));
            first = cut;
        }
        return stretches;
    }
}
