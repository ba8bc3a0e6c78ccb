using System.Runtime.InteropServices;
using DuckDB.NET.Data;
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

    /// <summary>So many are sorted in memory at once.</summary>
    public const long MostReadings = 100_000;

    /// <summary>Reads the archive a portion at a time, oldest first; those measured at one time in the order of their commit.</summary>
    /// <param name="which">The condition that the readings meet.</param>
    /// <param name="ask">Asks a question of the archive, and gives each row of the answer.</param>
    /// <param name="page">Gets the readings, which are its own only while it runs, and how much has been read, 0 to 1.</param>
    public static void Read(string which, Action<string, Action<DuckDBDataReader>> ask, Action<ReadOnlySpan<Reading>, double> page)
    {
        var hours = new List<(long, long)>();
        ask(
            $"SELECT epoch_us(date_trunc('hour', measured_at)) AS hour, count(*) FROM readings WHERE {which} GROUP BY hour ORDER BY hour",
            row => hours.Add((row.GetInt64(0), row.GetInt64(1))));
        var portions = Of(hours, MostReadings);
        var readings = new List<Reading>();
        foreach (var (from, to, through) in portions)
        {
            readings.Clear();
            ask(
                Invariant($"SELECT {Rows.Columns} FROM readings WHERE {which} AND measured_at >= make_timestamp({from}) AND measured_at < make_timestamp({to}) ORDER BY measured_at, position"),
                row => readings.Add(row.Reading()));
            page(CollectionsMarshal.AsSpan(readings), (double)through / portions[^1].Through);
        }
    }

    /// <summary>The portions of some readings, oldest first. Where nothing was measured there is none: a reading of a wrong clock does not make forty years to walk through.</summary>
    /// <param name="hours">How many readings each hour has that has any, oldest first.</param>
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
