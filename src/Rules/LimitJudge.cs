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
    readonly ToldBook _told = new();

    // The number of its GatedLimit by the limit's number.
    readonly Dictionary<int, int> _gatedOf = [];

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
                Holding = Ticks.Never,
                Over = Ticks.Never,
                Series = limits[i].Series,
                Rule = checked((ushort)limits[i].Rule),
            };
            if (rules[limits[i].Rule].Gate is >= 0 and var gate)
            {
                _gated[gated] = new GatedLimit { Last = Kept.Nothing, Limit = i, Next = _gates[gate].FirstDependent };
                _gates[gate].FirstDependent = gated;
                _gatedOf.Add(i, gated++);
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
            if (rule.Gate >= 0)
                _gated[_gatedOf[i]].Last = Kept.Of(reading, measuredAt, Ticks.Of(reading.ReceivedAt));
            if (!_told.Sleeps(i, ref limit.IsAsleep, measuredAt, limit.Series))
                Judge(i, reading, measuredAt, reading.MeasuredAt, changes);
        }
    }

    /// <summary>The alarm on which limits depend stands otherwise: their last values are judged again.</summary>
    public void Take(GateMove move, List<Alarm> changes)
    {
        ref var gate = ref _gates[move.Gate];
        gate.Level = move.Level;
        gate.Since = move.Since;
        gate.KnownFrom = Ticks.Never;
        for (var i = gate.FirstDependent; i >= 0; i = _gated[i].Next)
        {
            var number = _gated[i].Limit;
            ref readonly var last = ref _gated[i].Last;
            if (last.IsNothing || !Sleep.IsPast(_told[number], last.MeasuredAt))
                continue;
            _limits[number].IsAsleep = false;
            Judge(number, last.ToReading(), last.MeasuredAt, move.Since, changes);
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
        limit.IsTold = told.Level != AlarmLevel.None;
        limit.IsAsleep = true;
        _told.Remember(number, told);
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
        for (var i = 0; i < _limits.Length; i++)
            if (_limits[i].IsTold)
                standing.Add(_told[i]!);
    }

    void Judge(int number, in Reading reading, long measuredAt, Instant since, List<Alarm> changes)
    {
        ref var limit = ref _limits[number];
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
        var stands = isOpen && (limit.IsTold ? !Ticks.Held(limit.Over, measuredAt, rule.ClearHold) : Ticks.Held(limit.Holding, measuredAt, rule.RaiseHold));
        if (stands == limit.IsTold)
            return;
        var (from, next) = stands ? (AlarmLevel.None, AlarmLevel.I) : (AlarmLevel.I, AlarmLevel.None);
        var told = new Alarm(KeyOf(limit), Cause.Limit, next, from, since, AlarmLevel.I, reading, null, null)
        {
            Grade = stands && reading.Flag == Flag.Suspect ? Grade.C : Grade.B,
        };
        limit.IsTold = stands;
        _told.Tell(number, told);
        changes.Add(told);
    }

    AlarmKey KeyOf(in LimitMemory limit) => new(_series[limit.Series].Device, _rules[limit.Rule].Id);
}
