using NodaTime;

namespace CanhLu.Backtest.Scoring;

/// <summary>An unbroken time in which the rules say that a station is at a level or above it.</summary>
/// <param name="Station">The station's id.</param>
/// <param name="Level">The level: I, II or III.</param>
/// <param name="Begins">When it began.</param>
/// <param name="Ends">When it ended; the record's end when it still stood.</param>
public sealed record Warning(string Station, AlarmLevel Level, Instant Begins, Instant Ends)
{
    /// <summary>The warnings of some rules together: the highest of their alarms counts. Silence and limits warn of no water.</summary>
    /// <param name="alarms">Every change, in the order in which it was judged.</param>
    /// <param name="isCounted">Which rules.</param>
    /// <param name="end">The end of the record.</param>
    public static IReadOnlyList<Warning> Of(IEnumerable<Alarm> alarms, Func<string, bool> isCounted, Instant end)
    {
        var warnings = new List<Warning>();
        var standing = new Dictionary<string, Dictionary<string, AlarmLevel>>();
        var begun = new Dictionary<string, Instant[]>();
        foreach (var alarm in alarms)
        {
            if (alarm.Cause is Cause.Silence or Cause.Limit || !isCounted(alarm.Key.Rule))
                continue;
            if (!standing.TryGetValue(alarm.Key.Subject, out var levels))
            {
                standing.Add(alarm.Key.Subject, levels = []);
                begun.Add(alarm.Key.Subject, new Instant[(int)AlarmLevel.III + 1]);
            }
            var before = levels.Values.Append(AlarmLevel.None).Max();
            levels[alarm.Key.Rule] = alarm.Level;
            var now = levels.Values.Max();
            for (var level = before + 1; level <= now; level++)
                begun[alarm.Key.Subject][(int)level] = alarm.Since;
            for (var level = now + 1; level <= before; level++)
                warnings.Add(new Warning(alarm.Key.Subject, level, begun[alarm.Key.Subject][(int)level], alarm.Since));
        }
        foreach (var (station, levels) in standing)
            for (var level = AlarmLevel.I; level <= levels.Values.Max(); level++)
                warnings.Add(new Warning(station, level, begun[station][(int)level], Instant.Max(end, begun[station][(int)level])));
        return warnings;
    }
}
