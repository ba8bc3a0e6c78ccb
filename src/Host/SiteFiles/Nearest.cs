namespace CanhLu.Host.SiteFiles;

/// <summary>The known word that was probably meant.</summary>
static class Nearest
{
    const int LongestCompared = 64;
    const int MostListed = 24;

    /// <summary>"did you mean …?" when one is near enough, else the list of what may stand there.</summary>
    public static string Remedy(string written, IReadOnlyCollection<string> known, string listed)
    {
        if (Of(written, known) is { } near)
            return $"did you mean {near}?";
        if (known.Count == 0)
            return $"{listed}: none";
        var most = string.Join(", ", known.Take(MostListed));
        return known.Count > MostListed ? $"{listed}: {most}, … ({known.Count} in all)" : $"{listed}: {most}";
    }

    /// <summary>The nearest known word; null when none is nearer than a third of its length.</summary>
    public static string? Of(string written, IEnumerable<string> known)
    {
        if (written.Length is 0 or > LongestCompared)
            return null;
        string? nearest = null;
        var least = int.MaxValue;
        foreach (var word in known)
        {
            var distance = Distance(Plain(written), Plain(word));
            if (distance < least && distance <= Math.Max(1, Math.Min(word.Length, written.Length) / 3))
                (nearest, least) = (word, distance);
        }
        return nearest;
    }

    // Reise_M and reise-m are as near to raise_m as reise_m is.
    static string Plain(string word) => word.ToLowerInvariant().Replace('-', '_').Replace(' ', '_');

    /// <summary>How many letters were dropped, added, changed or swapped with their neighbour.</summary>
    public static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var change = a[i - 1] == b[j - 1] ? 0 : 1;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }
        return d[a.Length, b.Length];
    }
}
