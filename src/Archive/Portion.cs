using static System.FormattableString;

namespace CanhLu.Archive;

/// <summary>A stretch of time that holds about as many readings as are sorted in memory at once.</summary>
/// <param name="From">Its first moment, microseconds.</param>
/// <param name="To">The moment before which it ends.</param>
/// <param name="Through">How many readings there are up to its end; the readings of an hour that had to be cut count as spread evenly over it.</param>
readonly record struct Portion(long From, long To, long Through)
{
    const long Second = 1_000_000;
    const long Hour = 3600 * Second;

    /// <summary>What it asks of a reading.</summary>
    public string Sql => Invariant($"measured_at >= make_timestamp({From}) AND measured_at < make_timestamp({To})");

    /// <summary>The question how some readings are spread over time: a row an hour that has any, with its first moment and how many, oldest first.</summary>
    /// <param name="which">The condition that they meet.</param>
    public static string Hours(string which) => $"SELECT epoch_us(date_trunc('hour', measured_at)) AS hour, count(*) FROM readings WHERE {which} GROUP BY hour ORDER BY hour";

    /// <summary>The portions of what <see cref="Hours"/> gives, oldest first. Where nothing was measured there is none: a reading of a wrong clock does not make forty years to walk through.</summary>
    /// <param name="hours">How many readings each hour has.</param>
    /// <param name="most">How many one holds.</param>
    public static List<Portion> Of(IEnumerable<(long Begins, long Readings)> hours, long most)
    {
        var (portions, through, before) = (new List<Portion>(), 0L, 0L);
        foreach (var (begins, readings) in hours)
        {
            var parts = Math.Clamp((readings + most - 1) / most, 1, Hour / Second);
            for (var part = 0; part < parts; part++)
            {
                var piece = new Portion(begins + Hour * part / parts, begins + Hour * (part + 1) / parts, through + readings * (part + 1) / parts);
                if (portions.Count > 0 && piece.Through - before <= most)
                {
                    portions[^1] = piece with { From = portions[^1].From };
                    continue;
                }
                before = portions.Count > 0 ? portions[^1].Through : 0;
                portions.Add(piece);
            }
            through += readings;
        }
        return portions;
    }
}
