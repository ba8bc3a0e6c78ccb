using NodaTime;

namespace CanhLu.Rules;

/// <summary>Judges plain limits on the series of devices.</summary>
sealed class LimitJudge
{
    readonly LimitMemory[] _limits;
    readonly GatedLimit[] _gated;
    readonly LimitRule[] _rules;
    readonly Gate[] _gates;
    readonly Series[] _series;

    /// <summary>Compiles a site's limits.</summary>
    /// <param name="rules">The limits, each with its gate.</param>
    /// <param name="gates">How many gates there are.</param>
    /// <param name="limits">Which limit is on which series, all limits of a series side by side.</param>
    /// <param name="series">The series by number.</param>
    public LimitJudge(LimitRule[] rules, int gates, IReadOnlyList<(int Series, int Rule)> limits, Series[] series)
    {
        _rules = rules;
        _series = series;
        _gates = new Gate[gates];
        Array.Fill(_gates, new Gate { KnownFrom = Ticks.Never, FirstDependent = -1 });
        _limits = new LimitMemory[limits.Count];
        _gated = new GatedLimit[limits.Count(limit => rules[limit.Rule].Gate >= 0)];
        var gated = 0;
        for (var i = 0; i < _limits.Length; i++)
        {
            _limits[i] = new LimitMemory
            {
                AsleepUntil = Ticks.Never,
                Holding = Ticks.Never,
                Over = Ticks.Never,
                Series = limits[i].Series,
                Rule = limits[i].Rule,
                Gated = -1,
            };
            if (rules[limits[i].Rule].Gate is >= 0 and var gate)
            {
                _gated[gated] = new GatedLimit { Last = Kept.Nothing, Next = _gates[gate].FirstDependent };
                _gates[gate].FirstDependent = i;
                _limits[i].Gated = gated++;
            }
        }
    }

    /// <summary>Takes a believable reading that is newer than all before of its series.</summary>
    public void Take(int first, int count, in Reading reading, long measuredAt, List<Alarm> changes)
    {
        for (var i = first; i < first + count; i++)
        {
            ref var limit = ref _limits[i];
            ref readonly var rule = ref _rules[limit.Rule];
            if (!rule.Holds(reading.Value))
                limit.Holding = Ticks.Never;
            else if (limit.Holding == Ticks.Never)
                limit.Holding = measuredAt;
            if (!rule.IsOver(reading.Value))
                limit.Over = Ticks.Never;
            else if (limit.Over == Ticks.Never)
                limit.Over = measuredAt;
            if (limit.Gated >= 0)
                _gated[limit.Gated].Last = Kept.Of(reading, measuredAt, Ticks.Of(reading.ReceivedAt));
            if (!Sleep.Lasts(ref limit.AsleepUntil, limit.Told, measuredAt, limit.Series))
                Judge(ref limit, reading, measuredAt, reading.MeasuredAt, changes);
        }
    }

    /// <summary>The alarm on which limits depend stands otherwise: their last values are judged again.</summary>
    public void Take(GateMove move, List<Alarm> changes)
    {
        ref var gate = ref _gates[move.Gate];
        gate.Level = move.Level;
        gate.Since = move.Since;
        gate.KnownFrom = Ticks.Never;
        for (var i = gate.FirstDependent; i >= 0; i = _gated[_limits[i].Gated].Next)
        {
            ref var limit = ref _limits[i];
            ref readonly var last = ref _gated[limit.Gated].Last;
            if (last.IsNothing || !Sleep.IsPast(limit.Told, last.MeasuredAt))
                continue;
            limit.AsleepUntil = Ticks.Never;
            Judge(ref limit, last.ToReading(), last.MeasuredAt, move.Since, changes);
        }
    }

    /// <summary>Every limit with its key.</summary>
    public IEnumerable<(AlarmKey Key, int Limit)> Keys()
    {
        for (var i = 0; i < _limits.Length; i++)
            yield return (KeyOf(_limits[i]), i);
    }

    /// <summary>Takes over what was told in an earlier life.</summary>
    public void Remember(int number, Alarm told)
    {
        ref var limit = ref _limits[number];
        limit.Told = told;
        limit.Level = told.Level;
        limit.AsleepUntil = Ticks.Of(told.Evidence.MeasuredAt);
    }

    /// <summary>Takes over what was told in an earlier life of an alarm on which limits depend.</summary>
    public void RememberGate(int number, Alarm told)
    {
        ref var gate = ref _gates[number];
        gate.Level = told.Level;
        gate.Since = told.Since;
        gate.KnownFrom = Ticks.Of(told.Cause == Cause.Silence && told.Level != AlarmLevel.None ? told.Since : told.RestatedAt ?? told.Evidence.ReceivedAt);
    }

    /// <summary>What comes in from now on meets the other alarms as they stand.</summary>
    public void EndReplay()
    {
        foreach (ref var gate in _gates.AsSpan())
            gate.KnownFrom = Ticks.Never;
    }

    /// <summary>Every alarm that stands.</summary>
    public void Standing(List<Alarm> standing)
    {
        foreach (ref readonly var limit in _limits.AsSpan())
            if (limit.Level != AlarmLevel.None)
                standing.Add(limit.Told!);
    }

    void Judge(ref LimitMemory limit, in Reading reading, long measuredAt, Instant since, List<Alarm> changes)
    {
        ref readonly var rule = ref _rules[limit.Rule];
        var isOpen = true;
        if (rule.Gate >= 0)
        {
            ref readonly var gate = ref _gates[rule.Gate];
            // This reading came in before the other alarm was what we remember of it, and was judged then.
            if (gate.KnownFrom != Ticks.Never && Ticks.Of(reading.ReceivedAt) <= gate.KnownFrom)
                return;
            isOpen = gate.Level >= rule.While;
        }
        var next = limit.Level == AlarmLevel.None
            ? isOpen && Ticks.Held(limit.Holding, measuredAt, rule.RaiseHold) ? AlarmLevel.I : AlarmLevel.None
            : isOpen && !Ticks.Held(limit.Over, measuredAt, rule.ClearHold) ? AlarmLevel.I : AlarmLevel.None;
        if (next == limit.Level)
            return;
        limit.Told = new Alarm(KeyOf(limit), Cause.Limit, next, limit.Level, since, AlarmLevel.I, reading, null, null)
        {
            Grade = next != AlarmLevel.None && reading.Flag == Flag.Suspect ? Grade.C : Grade.B,
        };
        limit.Level = next;
        changes.Add(limit.Told);
    }

    AlarmKey KeyOf(in LimitMemory limit) => new(_series[limit.Series].Device, _rules[limit.Rule].Id);
}
