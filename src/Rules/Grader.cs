using System.Collections.Immutable;

namespace CanhLu.Rules;

/// <summary>Says how well a ladder's or a rate's alarm is borne out by what else is known at that moment.</summary>
sealed class Grader(StationRules rules, Witnesses witnesses, Course settled, Course now)
{
    /// <summary>The grade of an alarm by one of the station's unsettled stages, which speaks for it.</summary>
    /// <param name="number">The station's number.</param>
    /// <param name="slot">The rule's slot, counted from the station's first.</param>
    /// <param name="level">The level that stands.</param>
    /// <param name="place">Where the stage is.</param>
    public Grade Of(int number, int slot, AlarmLevel level, int place)
    {
        ref readonly var station = ref rules.Memory[number];
        var open = station.Open.Stages;
        ref readonly var stage = ref open[place];
        if (level == AlarmLevel.None)
            // All gauges that have a say have ended it.
            return Grade.B;
        var (agrees, contradicts) = slot < station.LadderSlots ? Others(station, stage, level) : Others(station, open, stage, RateOf(station, slot));
        if (stage.IsSuspect && !Doubt.IsBorneOut(station, open, place, settled.Gauges(station)))
            return Grade.C;
        if (contradicts && !agrees)
            return Grade.C;
        var isBest = !stage.IsSuspect && !contradicts && (agrees || witnesses.Stand(WitnessesOf(station, slot), rules.Stations[number]));
        return isBest ? Grade.A : Grade.B;
    }

    /// <summary>Whether the newest stage still speaks for a level of the ladder.</summary>
    public bool IsSupported(in StationMemory station, AlarmLevel level)
    {
        ref readonly var newest = ref station.Open.Stages[^1];
        return rules.LadderAt(station, newest.MeasuredAt) is >= 0 and var ladder && newest.Counted >= rules.Ladders[ladder].Steps[(int)level - 1].Clear;
    }

    (bool Agrees, bool Contradicts) Others(in StationMemory station, in Unsettled stage, AlarmLevel level)
    {
        var (agrees, contradicts) = (false, false);
        if (station.Gauges == 1 || rules.LadderAt(station, stage.MeasuredAt) is not (>= 0 and var ladder))
            return (false, false);
        var clear = rules.Ladders[ladder].Steps[(int)level - 1].Clear;
        var clocks = now.Gauges(station);
        for (var own = 0; own < clocks.Length; own++)
            if (own != stage.Gauge && clocks[own].Newest != Ticks.Never && now.HasSay(station, own, stage.MeasuredAt))
            {
                agrees |= clocks[own].Stage >= clear;
                // What was measured before the water came says nothing against it.
                contradicts |= clocks[own].Stage < clear && stage.MeasuredAt - clocks[own].Newest < station.Fresh / (2 * StationRules.FreshIntervals);
            }
        return (agrees, contradicts);
    }

    (bool Agrees, bool Contradicts) Others(in StationMemory station, ReadOnlySpan<Unsettled> open, in Unsettled stage, in RateRule rule)
    {
        var (agrees, contradicts) = (false, false);
        for (var own = 0; station.Gauges > 1 && own < station.Gauges; own++)
            if (own != stage.Gauge && now.HasSay(station, own, stage.MeasuredAt) && now.Rate(station, open, own, rule) is { } rate)
            {
                agrees |= rate >= rule.Clear;
                contradicts |= rate < rule.Clear;
            }
        return (agrees, contradicts);
    }

    ref readonly RateRule RateOf(in StationMemory station, int slot) => ref rules.Rates[rules.Slots[station.FirstSlot + slot].Rule];

    ImmutableArray<Member> WitnessesOf(in StationMemory station, int slot) =>
        slot < station.LadderSlots ? rules.LadderWitnesses[rules.Slots[station.FirstSlot + slot].Rule] : RateOf(station, slot).Witnesses;
}
