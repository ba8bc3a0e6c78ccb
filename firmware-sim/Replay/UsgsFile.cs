using System.Collections.Immutable;
using System.Globalization;
using CanhLu.FirmwareSim.Wire;
using NodaTime;
using NodaTime.Text;

namespace CanhLu.FirmwareSim.Replay;

/// <summary>The tab-separated files (<c>.rdb</c>) of the U.S. Geological Survey: gage height in feet, local time.</summary>
/// <remarks>
/// Each row names its own time zone (<c>EST</c>, <c>EDT</c>…), so the hour that comes twice in autumn and the one that is missing in spring
/// both give the right instants. A value that is no number (<c>Ice</c>, <c>Eqp</c>, blank…) is skipped and counted. Provisional,
/// high and interpolated values (<c>P</c>, <c>h</c>, <c>~</c>) are taken.
/// </remarks>
public static class UsgsFile
{
    const string GageHeight = "00065";
    const decimal MetresPerFoot = 0.3048m;

    static readonly LocalDateTimePattern LocalTime = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd HH':'mm");

    static readonly ImmutableDictionary<string, Offset> Zones = new (string Name, int Hours)[]
    {
        ("UTC", 0), ("GMT", 0), ("AST", -4), ("ADT", -3), ("EST", -5), ("EDT", -4), ("CST", -6), ("CDT", -5), ("MST", -7), ("MDT", -6),
        ("PST", -8), ("PDT", -7), ("AKST", -9), ("AKDT", -8), ("HST", -10),
    }.ToImmutableDictionary(zone => zone.Name, zone => Offset.FromHours(zone.Hours));

    /// <summary>The gage heights of a file, as stages in metres to the millimetre (halves away from zero).</summary>
    /// <exception cref="FormatException">It has no column of gage heights.</exception>
    public static Recording Read(TextReader text)
    {
        var columns = Columns(text);
        var samples = ImmutableArray.CreateBuilder<Sample>();
        var skipped = new Dictionary<string, int>();
        var rows = 0;
        for (var line = text.ReadLine(); line is not null; line = text.ReadLine())
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            rows++;
            if (Sample(line.Split('\t'), columns, out var why) is { } sample)
            {
                samples.Add(sample);
            }
            else
            {
                skipped[why] = skipped.GetValueOrDefault(why) + 1;
            }
        }

        return new Recording(samples.ToImmutable(), rows, skipped);
    }

    static Sample? Sample(string[] row, (int Time, int Zone, int Stage) columns, out string why)
    {
        var value = Cell(row, columns.Stage);
        var zone = Cell(row, columns.Zone);
        var time = LocalTime.Parse(Cell(row, columns.Time));
        if (!decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var feet))
        {
            why = value.Length == 0 ? "blank" : value.Split('_')[0];
            return null;
        }

        if (!time.Success || !Zones.TryGetValue(zone, out var offset))
        {
            why = time.Success ? $"zone {zone}" : "time";
            return null;
        }

        why = "";
        var metres = Math.Round(feet * MetresPerFoot, 3, MidpointRounding.AwayFromZero);
        return new Sample(time.Value.WithOffset(offset).ToInstant(), null, [new Value("stage_m", metres)]);
    }

    // Behind the comments stand a line of names and a line of widths.
    static (int Time, int Zone, int Stage) Columns(TextReader text)
    {
        var line = text.ReadLine();
        while (line is not null && (line.Length == 0 || line[0] == '#'))
        {
            line = text.ReadLine();
        }

        text.ReadLine();
        var names = (line ?? "").Split('\t');
        var found = (Array.IndexOf(names, "datetime"), Array.IndexOf(names, "tz_cd"),
            Array.FindIndex(names, name => name == GageHeight || name.EndsWith("_" + GageHeight, StringComparison.Ordinal)));
        return found is { Item1: >= 0, Item2: >= 0, Item3: >= 0 }
            ? found
            : throw new FormatException($"no columns datetime, tz_cd and gage height ({GageHeight})");
    }

    static string Cell(string[] row, int column) => column < row.Length ? row[column].Trim() : "";
}
