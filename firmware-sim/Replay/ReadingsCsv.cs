using System.Collections.Immutable;
using System.Globalization;
using CanhLu.FirmwareSim.Wire;
using NodaTime;
using NodaTime.Text;

namespace CanhLu.FirmwareSim.Replay;

/// <summary>The readings CSV: <c>measured_at,station,series,value</c>, a stage in metres, ISO 8601 with an offset; further columns are not read.</summary>
/// <remarks>Rows of one instant that follow one another are one sample.</remarks>
public static class ReadingsCsv
{
    static readonly string[] Needed = ["measured_at", "station", "series", "value"];

    /// <summary>The readings of one station.</summary>
    /// <param name="text">The file.</param>
    /// <param name="station">Which; null when the file has only one.</param>
    /// <exception cref="FormatException">The header is wrong, or there are several stations and none was named.</exception>
    public static Recording Read(TextReader text, string? station)
    {
        var header = (text.ReadLine() ?? "").TrimStart('\uFEFF').Split(',');
        var columns = Needed.Select(name => Array.IndexOf(header, name)).ToArray();
        if (columns.Contains(-1))
        {
            throw new FormatException("the first line is not \"measured_at,station,series,value\"");
        }

        var samples = ImmutableArray.CreateBuilder<Sample>();
        var skipped = new Dictionary<string, int>();
        var rows = 0;
        string? first = null;
        for (var line = text.ReadLine(); line is not null; line = text.ReadLine())
        {
            if (line.Length == 0)
            {
                continue;
            }

            rows++;
            var cells = columns.Select(column => line.Split(',').ElementAtOrDefault(column)?.Trim() ?? "").ToArray();
            first ??= cells[1];
            if (cells[1] != (station ?? first))
            {
                Skip(skipped, station is not null ? $"station {cells[1]}" : throw new FormatException(
                    $"the file has several stations ({first}, {cells[1]}): name the one to replay"));
                continue;
            }

            var time = OffsetDateTimePattern.ExtendedIso.Parse(cells[0]);
            if (!time.Success || !decimal.TryParse(cells[3], NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            {
                Skip(skipped, !time.Success ? "time" : cells[3].Length == 0 ? "blank" : cells[3]);
                continue;
            }

            Add(samples, time.Value.ToInstant(), new Value(FieldOf(cells[2]), number));
        }

        return new Recording(samples.ToImmutable(), rows, skipped);
    }

    static void Add(ImmutableArray<Sample>.Builder samples, Instant at, Value value)
    {
        if (samples.Count > 0 && samples[^1] is var last && last.At == at && last.Values.All(other => other.Name != value.Name))
        {
            samples[^1] = last with { Values = last.Values.Add(value) };
        }
        else
        {
            samples.Add(new Sample(at, null, [value]));
        }
    }

    // The field by which a gauge sends a series: the wire's names carry the unit.
    static string FieldOf(string series) => series switch
    {
        "stage" => "stage_m",
        "battery" => "battery_v",
        "rssi" => "rssi_dbm",
        _ => series,
    };

    static void Skip(Dictionary<string, int> skipped, string why) => skipped[why] = skipped.GetValueOrDefault(why) + 1;
}
