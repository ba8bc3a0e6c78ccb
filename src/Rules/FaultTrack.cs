using NodaTime;

namespace CanhLu.Rules;

/// <summary>One fault of one gauge, as a rule looks for it.</summary>
/// <remarks>Each kind uses what it needs of the memory: the last reading, a count, a step.</remarks>
struct FaultTrack
{
    // What is said once may be chance: a stage beside a wall, a gauge that caught up.
    const int Steady = 6;
    const int Confirmed = 3;
    const int AtCeiling = 2;

    // A value is still where the step has led while it is nearer to there than this share of the step.
    const double Settled = 3;

    /// <summary>The last reading that counted (spiking: the last spike), ticks.</summary>
    long _measured;
    long _received;
    double _last;
    double _before;
    double _stepped;
    double _step;
    int _count;
    byte _apart;
    byte _together;
    bool _inSpike;
    sbyte _sign;

    public FaultKind Kind;

    /// <summary>Whether the fault is there.</summary>
    public bool Stands;

    public static FaultTrack Of(FaultKind kind) => new() { Kind = kind, _measured = Ticks.Never, _received = Ticks.Never, _last = double.NaN };

    /// <summary>Takes a reading that is newer than all before of its series, whatever its flag.</summary>
    public void Take(in FaultRule rule, in FaultGauge gauge, in Reading reading, long measuredAt)
    {
        switch (Kind)
        {
            case FaultKind.Stuck:
                if (reading.Tests[QualityTest.FlatLine] is { } flat && flat != Flag.NotEvaluated)
                    Stands = flat is Flag.Suspect or Flag.Fail;
                break;
            case FaultKind.Spiking:
                TakeSpike(rule, reading, measuredAt);
                break;
            case FaultKind.Saturated:
                _count = reading.Value >= gauge.Ceiling ? Math.Min(_count + 1, AtCeiling) : 0;
                Stands = _count == AtCeiling || (Stands && (_count > 0 || reading.Flag is Flag.Fail or Flag.Missing));
                break;
            case FaultKind.Jump:
                if (reading.Flag is not (Flag.Fail or Flag.Missing))
                    TakeStep(rule, gauge, reading, measuredAt);
                break;
            case FaultKind.Clock:
                TakeClock(rule, measuredAt, Ticks.Of(reading.ReceivedAt));
                break;
        }
    }

    void TakeSpike(in FaultRule rule, in Reading reading, long measuredAt)
    {
        // The values on both sides of a spike look like one as well: in a row they are one.
        var isSpike = reading.Tests.SpikeBefore is Flag.Suspect or Flag.Fail;
        if (isSpike && !_inSpike)
        {
            _count = _measured != Ticks.Never && measuredAt - _measured <= rule.Within ? Math.Min(_count + 1, rule.Spikes) : 1;
            _measured = measuredAt;
            Stands |= _count >= rule.Spikes;
        }
        _inSpike = isSpike;
        if (Stands && (_measured == Ticks.Never || measuredAt - _measured > rule.Within))
            Stands = false;
    }

    void TakeStep(in FaultRule rule, in FaultGauge gauge, in Reading reading, long measuredAt)
    {
        var value = reading.Value;
        var neighbour = reading.Tests[QualityTest.Neighbour];
        _apart = neighbour == Flag.Suspect ? (byte)Math.Min(_apart + 1, Steady) : (byte)0;
        _together = neighbour == Flag.Good ? (byte)Math.Min(_together + 1, Steady) : (byte)0;
        if (_apart == Steady)
            Stands = true;
        else if (_together == Steady)
            Stands = false;

        var step = _stepped - _before;
        if (_count > 0 && Math.Abs(value - _stepped) * Settled > Math.Abs(step))
            // It went back, or on: a spike, or a river that rises.
            _count = 0;
        else if (_count > 0)
        {
            if (++_count > Confirmed)
            {
                _count = 0;
                Settle((sbyte)Math.Sign(step), neighbour);
            }
        }
        // Out of calm, and not to where the sensor ends: a fast river comes in steps as well.
        else if (measuredAt - gauge.LongestStep <= _measured && Math.Abs(value - _last) >= rule.Jump
            && Math.Abs(_step) * Settled <= Math.Abs(value - _last) && value < gauge.Ceiling)
        {
            _count = 1;
            _before = _last;
            _stepped = value;
        }
        _step = double.IsNaN(_last) ? 0 : value - _last;
        _last = value;
        _measured = measuredAt;
    }

    void Settle(sbyte sign, Flag? neighbour)
    {
        if (Stands && sign != _sign)
            Stands = false;
        else if (neighbour != Flag.Good)
            (Stands, _sign) = (true, sign);
    }

    void TakeClock(in FaultRule rule, long measuredAt, long receivedAt)
    {
        var late = receivedAt - measuredAt;
        if (late < rule.ClockOff / 2)
            (_count, Stands) = (0, false);
        else if (late < rule.ClockOff || _received == Ticks.Never)
            _count = 0;
        else
        {
            // A backlog comes all at once; a wrong clock goes on as steadily as ours.
            var (measured, received) = (measuredAt - _measured, receivedAt - _received);
            var isSteady = received > 0 && Math.Abs(received - measured) <= Math.Max(NodaConstants.TicksPerMinute, measured / 4);
            _count = isSteady ? Math.Min(_count + 1, Steady) : 0;
            Stands |= _count == Steady;
        }
        _measured = measuredAt;
        _received = receivedAt;
    }
}
