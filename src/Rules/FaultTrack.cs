using System.Runtime.InteropServices;
using NodaTime;

namespace CanhLu.Rules;

/// <summary>One fault of one gauge, as a rule looks for it: three bytes. What is rare is kept in a <see cref="FaultEpisode"/>.</summary>
struct FaultTrack
{
    const int Confirmed = 3;

    // A value is still where the step has led while it is nearer to there than this share of the step.
    const double Settled = 3;

    /// <summary>Whether the fault is there.</summary>
    public bool Stands;

    // Of the last step that was a jump.
    sbyte _sign;

    // Of steady readings that come late; for spikes and steps 1 while there is an episode.
    byte _count;

    /// <summary>Takes a reading that is newer than all before of its series, whatever its flag.</summary>
    /// <param name="kind">Which fault.</param>
    /// <param name="rule">Its rule.</param>
    /// <param name="plan">The gauge's plan.</param>
    /// <param name="gauge">The gauge: the reading is counted, but not kept yet.</param>
    /// <param name="reading">The reading.</param>
    /// <param name="measuredAt">Its MeasuredAt, ticks.</param>
    /// <param name="number">The track's own number.</param>
    /// <param name="episodes">The episodes of all tracks by number.</param>
    public void Take(
        FaultKind kind, in FaultRule rule, FaultPlan plan, in FaultGauge gauge, in Reading reading, long measuredAt, int number,
        Dictionary<int, FaultEpisode> episodes)
    {
        switch (kind)
        {
            case FaultKind.Stuck:
                if (reading.Tests[QualityTest.FlatLine] is { } flat && flat != Flag.NotEvaluated)
                    Stands = flat is Flag.Suspect or Flag.Fail;
                break;
            case FaultKind.Spiking:
                TakeSpike(rule, gauge, reading, measuredAt, number, episodes);
                break;
            case FaultKind.Saturated:
                Stands = gauge.Ceilings == FaultGauge.AtCeiling || (Stands && (gauge.Ceilings > 0 || reading.Flag is Flag.Fail or Flag.Missing));
                break;
            case FaultKind.Jump:
                if (reading.Flag is not (Flag.Fail or Flag.Missing))
                    TakeStep(rule, plan, gauge, reading, measuredAt, number, episodes);
                break;
            case FaultKind.Clock:
                TakeClock(rule, gauge, measuredAt, Ticks.Of(reading.ReceivedAt));
                break;
        }
    }

    void TakeSpike(in FaultRule rule, in FaultGauge gauge, in Reading reading, long measuredAt, int number, Dictionary<int, FaultEpisode> episodes)
    {
        // The values on both sides of a spike look like one as well: in a row they are one.
        if (FaultGauge.IsSpike(reading) && !gauge.InSpike)
        {
            ref var last = ref CollectionsMarshal.GetValueRefOrAddDefault(episodes, number, out var isKnown);
            last.Count = isKnown && measuredAt - last.Spike <= rule.Within ? Math.Min(last.Count + 1, rule.Spikes) : 1;
            last.Spike = measuredAt;
            _count = 1;
            Stands |= last.Count >= rule.Spikes;
        }
        else if (_count == 0)
            Stands = false;
        else if (measuredAt - episodes[number].Spike > rule.Within)
        {
            episodes.Remove(number);
            (_count, Stands) = (0, false);
        }
    }

    void TakeStep(
        in FaultRule rule, FaultPlan plan, in FaultGauge gauge, in Reading reading, long measuredAt, int number, Dictionary<int, FaultEpisode> episodes)
    {
        if (gauge.Apart == FaultGauge.Steady)
            Stands = true;
        else if (gauge.Together == FaultGauge.Steady)
            Stands = false;

        var value = reading.Value;
        if (_count > 0)
        {
            ref var begun = ref CollectionsMarshal.GetValueRefOrNullRef(episodes, number);
            var step = begun.Stepped - begun.Before;
            if (Math.Abs(value - begun.Stepped) * Settled > Math.Abs(step))
                // It went back, or on: a spike, or a river that rises.
                _count = 0;
            else if (++begun.Count > Confirmed)
            {
                _count = 0;
                Settle((sbyte)Math.Sign(step), reading.Tests[QualityTest.Neighbour]);
            }
            if (_count == 0)
                episodes.Remove(number);
        }
        // Out of calm, and not to where the sensor ends: a fast river comes in steps as well.
        else if (measuredAt - plan.LongestStep <= gauge.Measured && Math.Abs(value - gauge.Last) >= rule.Jump
            && Math.Abs(gauge.Step) * Settled <= Math.Abs(value - gauge.Last) && value < plan.Ceiling)
        {
            _count = 1;
            episodes[number] = new FaultEpisode { Count = 1, Before = gauge.Last, Stepped = value };
        }
    }

    void Settle(sbyte sign, Flag? neighbour)
    {
        if (Stands && sign != _sign)
            Stands = false;
        else if (neighbour != Flag.Good)
            (Stands, _sign) = (true, sign);
    }

    void TakeClock(in FaultRule rule, in FaultGauge gauge, long measuredAt, long receivedAt)
    {
        var late = receivedAt - measuredAt;
        if (late < rule.ClockOff / 2)
            (_count, Stands) = (0, false);
        else if (late < rule.ClockOff || gauge.Received == Ticks.Never)
            _count = 0;
        else
        {
            // A backlog comes all at once; a wrong clock goes on as steadily as ours.
            var (measured, received) = (measuredAt - gauge.Newest, receivedAt - gauge.Received);
            var isSteady = received > 0 && Math.Abs(received - measured) <= Math.Max(NodaConstants.TicksPerMinute, measured / 4);
            _count = isSteady ? (byte)Math.Min(_count + 1, FaultGauge.Steady) : (byte)0;
            Stands |= _count == FaultGauge.Steady;
        }
    }
}
