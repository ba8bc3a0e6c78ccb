using System.Globalization;
using CanhLu.Archive.Influx;
using CanhLu.Notify;
using NodaTime;

namespace CanhLu.Host.Annotations;

/// <summary>How many deliveries came into which state in each minute, as points in InfluxDB.</summary>
/// <remarks>
/// <code>
/// delivery,bulletin=3,carrier=esms,state=accepted,station=tam-ky count=412i,level=2i 1761746400000000
/// </code>
/// A position is a minute, counted from the first bulletin that was ever planned; minutes that are over count. The last ones are counted again each time, since what happened in a minute is on disk a moment after it:
/// the same points, with all of it.
/// </remarks>
sealed class DeliveryLines(DeliveryMinutes minutes, IClock clock) : ILineSource
{
    static readonly Duration CountedAgain = Duration.FromMinutes(10);

    Instant? _first;
    long _end;

    public string Name => "deliveries";

    public long End => _end = StoreTrouble.Calmed(() => First() is { } first ? Math.Max(_end, (long)(clock.GetCurrentInstant() - first).TotalMinutes) : 0, _end);

    public ValueTask<long> Read(long from, int most, LineBuffer lines, CancellationToken cancellation)
    {
        var next = Math.Min(End, from + most);
        if (next <= from || First() is not { } first)
            return new(from);
        foreach (var one in StoreTrouble.Told(() => minutes.Between(first + Duration.FromMinutes(from) - CountedAgain, first + Duration.FromMinutes(next))))
        {
            lines.Key(LineBuffer.KeyOf(
                "delivery", ("bulletin", one.Bulletin.ToString(CultureInfo.InvariantCulture)), ("carrier", one.Carrier), ("state", one.State), ("station", one.Station)));
            lines.Field("count"u8, one.Deliveries);
            lines.Field("level"u8, (long)one.Level);
            lines.End(Instant.FromUnixTimeSeconds(60 * one.Minute));
        }
        return new(next);
    }

    /// <summary>The whole minute of the first bulletin; it never changes.</summary>
    Instant? First() => _first ??= minutes.First() is { } first ? Instant.FromUnixTimeSeconds(first.ToUnixTimeSeconds() / 60 * 60) : null;
}
