using System.Text.Json;
using Microsoft.Extensions.Options;
using static System.FormattableString;

namespace CanhLu.Archive.Influx;

/// <summary>The readings that <see cref="InfluxFollower"/> wrote, read back from InfluxDB by its query language (1.x; 2.x and 3 where they answer <c>/query</c>).</summary>
/// <remarks>A hundred thousand readings or so are asked for at a time, and held in memory. Source: InfluxData, API reference of 1.x, <c>/query</c>.</remarks>
public sealed class InfluxHistory : IDisposable
{
    readonly InfluxLink _link;

    /// <summary>Readings of a server and database.</summary>
    /// <param name="options">Which, and how to get in.</param>
    /// <param name="time">Real time.</param>
    public InfluxHistory(InfluxOptions options, TimeProvider time) => _link = new InfluxLink(Options.Create(options), time);

    /// <summary>Gives every reading of some quantities, oldest first; of one time in the order of quantities and devices.</summary>
    /// <param name="quantities">The quantities.</param>
    /// <param name="number">The number under which a series is given; 0 for one that is passed over. Asked once an answer and series.</param>
    /// <param name="page">Gets the readings, and how much has been read, 0 to 1.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="IOException">The server cannot be asked; the message says why.</exception>
    public async Task Read(
        IReadOnlyCollection<string> quantities, Func<string, string, string, long, SeriesId> number, Action<ReadOnlySpan<Reading>, double> page, CancellationToken cancellation)
    {
        var measurements = string.Join(", ", quantities.Select(Quoted));
        if (await Edge("first", measurements, cancellation).ConfigureAwait(false) is not { } first || await Edge("last", measurements, cancellation).ConfigureAwait(false) is not { } last)
            return;
        var portions = Portion.Of(await Hours(measurements, first, last, cancellation).ConfigureAwait(false), Portion.MostReadings);
        var readings = new List<(Reading Reading, int Order)>();
        foreach (var portion in portions)
        {
            readings.Clear();
            using (var answer = await Ask(
                Invariant($"SELECT \"value\", \"flag\", \"received\" FROM {measurements} WHERE time >= {portion.From}u AND time < {portion.To}u GROUP BY \"device\", \"unit\""),
                cancellation).ConfigureAwait(false))
            {
                foreach (var (order, one) in SeriesOf(answer).Index())
                    Take(one, order, number, readings);
            }
            readings.Sort(static (a, b) => a.Reading.MeasuredAt.CompareTo(b.Reading.MeasuredAt) is not 0 and var earlier ? earlier : a.Order.CompareTo(b.Order));
            if (readings.Count > 0)
                page(readings.Select(one => one.Reading).ToArray(), (double)portion.Through / portions[^1].Through);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _link.Dispose();

    static void Take(JsonElement series, int order, Func<string, string, string, long, SeriesId> number, List<(Reading Reading, int Order)> readings)
    {
        var tags = series.GetProperty("tags");
        var rows = series.GetProperty("values");
        var id = number(
            LineName.Read(series.GetProperty("name").GetString()!), LineName.Read(tags.GetProperty("device").GetString()!), LineName.Read(tags.GetProperty("unit").GetString()!), rows.GetArrayLength());
        if (id.Value == 0)
            return;
        foreach (var row in rows.EnumerateArray())
        {
            // A point of somebody else's, or one that lacks a field, is no reading.
            if (row[1].ValueKind != JsonValueKind.Number || row[2].ValueKind != JsonValueKind.Number || row[3].ValueKind != JsonValueKind.Number)
                continue;
            readings.Add((new Reading(id, Microseconds.ToInstant(row[0].GetInt64()), Microseconds.ToInstant(row[3].GetInt64()), row[1].GetDouble(), (Flag)row[2].GetInt64()), order));
        }
    }

    async Task<IEnumerable<(long Begins, long Readings)>> Hours(string measurements, long first, long last, CancellationToken cancellation)
    {
        using var answer = await Ask(
            Invariant($"SELECT count(\"value\") FROM {measurements} WHERE time >= {first}u AND time <= {last}u GROUP BY time(1h) fill(none)"), cancellation).ConfigureAwait(false);
        return
        [
            .. SeriesOf(answer).SelectMany(one => one.GetProperty("values").EnumerateArray())
                .GroupBy(row => row[0].GetInt64(), row => row[1].GetInt64()).OrderBy(hour => hour.Key).Select(hour => (hour.Key, hour.Sum())),
        ];
    }

    async Task<long?> Edge(string which, string measurements, CancellationToken cancellation)
    {
        using var answer = await Ask($"SELECT {which}(\"value\") FROM {measurements}", cancellation).ConfigureAwait(false);
        var times = SeriesOf(answer).Select(one => one.GetProperty("values")[0][0].GetInt64()).ToList();
        return times.Count == 0 ? null : which == "first" ? times.Min() : times.Max();
    }

    async Task<JsonDocument> Ask(string statement, CancellationToken cancellation)
    {
        var answer = await _link.Query(statement, cancellation).ConfigureAwait(false);
        if (answer.RootElement.TryGetProperty("results", out var results) && results.GetArrayLength() == 1 && !results[0].TryGetProperty("error", out _))
            return answer;
        var said = answer.RootElement.ToString();
        answer.Dispose();
        throw new IOException($"InfluxDB does not answer the question: {said}");
    }

    static List<JsonElement> SeriesOf(JsonDocument answer) =>
        answer.RootElement.GetProperty("results")[0].TryGetProperty("series", out var series) ? [.. series.EnumerateArray()] : [];

    static string Quoted(string quantity) =>
        $"\"{LineName.Stored(quantity).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";
}
