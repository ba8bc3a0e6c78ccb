using CanhLu.Archive;
using CanhLu.Archive.Influx;
using NodaTime;

namespace CanhLu.Host.Annotations;

/// <summary>The alarm levels of the site's stations as points in InfluxDB, every ten minutes, so that a chart of any stretch shows the levels that were in force.</summary>
/// <remarks>
/// <code>
/// ladder,device=tk-gauge-1,station=tam-ky i=1700i,ii=2200i,iii=2700i 1761746400000000
/// </code>
/// Millimetres, as a stage is. A position is ten minutes, counted from 1970; those before the first reading, before the first level came into force, or of more than ten years ago, are passed over: there is nothing to hold a
/// level against, and a server would open a shard for every week of them. A new decision that is entered late is in the lines from then on.
/// </remarks>
sealed class LadderLines(Func<Site> site, History history, IClock clock) : ILineSource
{
    const int StepSeconds = 600;

    static readonly Duration Longest = Duration.FromDays(3653);

    Instant? _first;

    public string Name => "ladders";

    public long End => site().Stations.Any(station => !station.Ladders.IsEmpty) ? Step(clock.GetCurrentInstant()) + 1 : 0;

    public async ValueTask<long> Read(long from, int most, LineBuffer lines, CancellationToken cancellation)
    {
        var (current, end) = (site(), End);
        if (from >= end)
            return from;
        _first ??= await history.First(cancellation);
        var begins = Instant.Max(_first ?? clock.GetCurrentInstant(), Instant.Max(current.Stations.SelectMany(station => station.Ladders).Min(ladder => ladder.From), clock.GetCurrentInstant() - Longest));
        var first = Math.Min(Math.Max(from, Step(begins)), end - 1);
        var next = Math.Min(end, first + most);
        var devices = current.Devices.Values.Where(device => device.Station is not null && device.Model.Fields.Any(field => field.Quantity == Device.StageQuantity))
            .ToLookup(device => device.Station!, device => device.Id);
        foreach (var station in current.Stations)
            foreach (var device in devices[station.Id])
            {
                var key = LineBuffer.KeyOf("ladder", ("device", device), ("station", station.Id));
                for (var step = first; step < next; step++)
                {
                    var at = Instant.FromUnixTimeSeconds(step * StepSeconds);
                    if (station.LadderAt(at) is not { } ladder)
                        continue;
                    lines.Key(key);
                    lines.Field("i"u8, (long)ladder.I.Raise.Millimetres);
                    lines.Field("ii"u8, (long)ladder.II.Raise.Millimetres);
                    lines.Field("iii"u8, (long)ladder.III.Raise.Millimetres);
                    lines.End(at);
                }
            }
        return next;
    }

    static long Step(Instant at) => at.ToUnixTimeSeconds() / StepSeconds;
}
