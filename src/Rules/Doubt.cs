namespace CanhLu.Rules;

/// <summary>How high suspect stages count: only as high as what is beside them confirms.</summary>
/// <remarks>
/// A stage with flag 3 is confirmed, up to their height, by the gauge's readings before and after it and by another gauge of the station that has spoken
/// lately before it, or speaks before the gauge itself does again. When the next reading has not come within <see cref="StationMemory.Wait"/> by our clock, it
/// counts whole. So it follows from the readings alone, in whatever order they came: <see cref="Reading.ReceivedAt"/> tells whether the next one was in time.
/// </remarks>
static class Doubt
{
    /// <summary>Works out how high the suspect stages of a station count now, and whether one of them waits for the next.</summary>
    /// <param name="station">The station.</param>
    /// <param name="first">The first open stage that may count otherwise.</param>
    /// <param name="settled">The settled clocks of its gauges.</param>
    /// <param name="now">Our clock as far as it is known, ticks.</param>
    /// <returns>The place of the first that counts otherwise than before; the end when none does.</returns>
    public static int Weigh(ref StationMemory station, int first, ReadOnlySpan<Clocks> settled, long now)
    {
        var open = station.Open.Stages;
        var changed = open.Length;
        station.IsWaiting = false;
        for (var i = first; i < open.Length; i++)
        {
            if (!open[i].IsSuspect)
                continue;
            var counted = Math.Min(open[i].Stage, Confirmed(station, open, i, settled, now));
            if (counted != open[i].Counted)
                changed = Math.Min(changed, i);
            open[i].Counted = counted;
            station.IsWaiting |= open[i].Counted < open[i].Stage && Next(open, i) == open.Length;
        }
        return changed;
    }

    /// <summary>Whether no straggler can change any more how high a suspect stage counts.</summary>
    public static bool IsSettled(in StationMemory station, ReadOnlySpan<Unsettled> open, int index, long watermark, long now)
    {
        ref readonly var one = ref open[index];
        var next = Next(open, index);
        return next < open.Length ? open[next].MeasuredAt <= watermark : now - one.ReceivedAt >= station.Wait;
    }

    /// <summary>Whether what is beside a suspect stage confirms it, and not only the time that it has waited.</summary>
    public static bool IsBorneOut(in StationMemory station, ReadOnlySpan<Unsettled> open, int index, ReadOnlySpan<Clocks> settled) =>
        Beside(station, open, index, Next(open, index), settled) >= open[index].Counted;

    static int Confirmed(in StationMemory station, ReadOnlySpan<Unsettled> open, int index, ReadOnlySpan<Clocks> settled, long now)
    {
        ref readonly var one = ref open[index];
        var next = Next(open, index);
        return (next < open.Length ? open[next].ReceivedAt : now) - one.ReceivedAt >= station.Wait ? int.MaxValue : Beside(station, open, index, next, settled);
    }

    static int Beside(in StationMemory station, ReadOnlySpan<Unsettled> open, int index, int next, ReadOnlySpan<Clocks> settled)
    {
        ref readonly var one = ref open[index];
        var confirmed = next < open.Length ? open[next].Stage : Unsettled.Nothing;
        for (var i = index + 1; i < next; i++)
            confirmed = Math.Max(confirmed, open[i].Stage);
        for (var gauge = 0; gauge < settled.Length; gauge++)
            if (Before(open, index, gauge, settled[gauge]) is var (at, stage) && at != Ticks.Never
                && (gauge == one.Gauge || one.MeasuredAt - at <= station.Fresh))
                confirmed = Math.Max(confirmed, stage);
        return confirmed;
    }

    /// <summary>The place of the same gauge's next stage; the end when it has not come.</summary>
    static int Next(ReadOnlySpan<Unsettled> open, int index)
    {
        var next = index + 1;
        while (next < open.Length && open[next].Gauge != open[index].Gauge)
            next++;
        return next;
    }

    static (long At, int Stage) Before(ReadOnlySpan<Unsettled> open, int index, int gauge, in Clocks settled)
    {
        for (var i = index - 1; i >= 0; i--)
            if (open[i].Gauge == gauge)
                return (open[i].MeasuredAt, open[i].Stage);
        return (settled.Newest, settled.Stage);
    }
}
