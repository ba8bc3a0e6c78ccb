using System.Collections.Immutable;
using NodaTime;

namespace CanhLu.Rules;

/// <summary>Reads off the memory of a station why its rules stand as they do.</summary>
sealed class Explainer(StationRules rules, Course now)
{
    /// <summary>Every rule of a station.</summary>
    /// <param name="number">The station's number.</param>
    /// <param name="newest">Its newest stage of any flag; null when there is none.</param>
    /// <param name="clock">Our clock.</param>
    /// <param name="watchedSince">Since when it is watched.</param>
    public ImmutableArray<RuleExplanation> Explain(int number, Reading? newest, long clock, long watchedSince)
    {
        ref readonly var station = ref rules.Memory[number];
        var stands = now.Stands(station);
        var explained = ImmutableArray.CreateBuilder<RuleExplanation>(stands.Length);
        for (var slot = 0; slot < stands.Length; slot++)
        {
            var rule = rules.Slots[station.FirstSlot + slot].Rule;
            var (cause, clauses) =
                slot < station.LadderSlots ? (Cause.Threshold, Stages(station, newest).Concat(Ladder(station, stands[slot].Level)))
                : slot < station.LadderSlots + station.RateSlots ? (Cause.Rate, Stages(station, newest).Concat(Rate(station, rules.Rates[rule], stands[slot].Level)))
                : (Cause.Silence, [Silence(station, rules.Silences[rule], clock, watchedSince)]);
            explained.Add(new RuleExplanation(rules.RuleOf(station, slot), cause, stands[slot].Level, stands[slot].Alarm?.Since, [.. clauses]));
        }
        return explained.MoveToImmutable();
    }

    /// <summary>What is the matter with the stages themselves, whatever the rule.</summary>
    List<Clause> Stages(in StationMemory station, Reading? newest)
    {
        var clauses = new List<Clause>();
        var open = station.Open.Stages;
        if (open.IsEmpty)
            clauses.Add(new Clause.Measured());
        if (newest is { Flag: Flag.Fail or Flag.Missing } failed)
            clauses.Add(new Clause.Sound(failed));
        foreach (ref readonly var stage in open)
            if (stage.Counted < stage.Stage && stage.MeasuredAt == now.Gauges(station)[stage.Gauge].Newest)
                clauses.Add(new Clause.Confirmed(
                    new Reading(SeriesOf(station, stage.Gauge), Ticks.ToInstant(stage.MeasuredAt), Ticks.ToInstant(stage.ReceivedAt), stage.Stage, stage.Flag),
                    Ticks.ToInstant(stage.ReceivedAt + station.Wait)));
        return clauses;
    }

    List<Clause> Ladder(in StationMemory station, AlarmLevel level)
    {
        var clauses = new List<Clause>();
        var open = station.Open.Stages;
        if (open.IsEmpty)
            return clauses;
        var at = open[^1].MeasuredAt;
        var ladder = rules.LadderAt(station, at);
        if (ladder < 0)
        {
            clauses.Add(new Clause.InForce(station.Ladders > 0 ? Ticks.ToInstant(rules.Ladders[station.FirstLadder].From) : null));
            return clauses;
        }
        ref readonly var steps = ref rules.Ladders[ladder].Steps;
        var highest = Highest(station, at);
        ref readonly var high = ref now.Gauges(station)[highest];
        if (Counted(station, highest) == Unsettled.Nothing)
            return clauses;
        for (var next = level + 1; next <= AlarmLevel.III; next++)
        {
            ref readonly var step = ref steps[(int)next - 1];
            var stage = Counted(station, highest);
            clauses.Add(new Clause.Reached(next, SeriesOf(station, highest), new Stage(stage), new Stage(step.Raise)));
            if (stage >= step.Raise)
                clauses.Add(new Clause.RaiseHeld(next, SeriesOf(station, highest), Lasted(high.Above((int)next - 1), high.Newest), Ticks.ToDuration(step.RaiseHold)));
        }
        if (level == AlarmLevel.None)
            return clauses;
        for (var own = 0; own < station.Gauges; own++)
        {
            ref readonly var clocks = ref now.Gauges(station)[own];
            if (clocks.Newest == Ticks.Never || !now.HasSay(station, own, at))
                continue;
            ref readonly var step = ref steps[(int)level - 1];
            clauses.Add(new Clause.Cleared(level, SeriesOf(station, own), new Stage(clocks.Stage), new Stage(step.Clear)));
            if (clocks.Stage < step.Clear)
                clauses.Add(new Clause.ClearHeld(level, SeriesOf(station, own), Lasted(clocks.Below((int)level - 1), clocks.Newest), Ticks.ToDuration(step.ClearHold)));
        }
        return clauses;
    }

    List<Clause> Rate(in StationMemory station, in RateRule rule, AlarmLevel level)
    {
        var clauses = new List<Clause>();
        var open = station.Open.Stages;
        if (open.IsEmpty)
            return clauses;
        var own = open[^1].Gauge;
        var rate = now.Rate(station, open, own, rule);
        if (level != AlarmLevel.None)
            clauses.Add(new Clause.Slows(SeriesOf(station, own), rate, rule.Clear));
        else
        {
            if (rule.Gate != int.MinValue)
                clauses.Add(new Clause.Gate(SeriesOf(station, own), new Stage(Counted(station, own)), new Stage(rule.Gate)));
            clauses.Add(new Clause.Rises(SeriesOf(station, own), rate, rule.Raise));
        }
        return clauses;
    }

    static Clause.Quiet Silence(in StationMemory station, in SilenceRule rule, long clock, long watchedSince) => new(
        station.Heard.IsNothing ? null : Ticks.ToInstant(station.Heard.ReceivedAt),
        Ticks.ToDuration(clock - (station.Heard.IsNothing ? watchedSince : station.Heard.ReceivedAt)), Ticks.ToDuration(rule.After));

    /// <summary>The gauge that reads highest among those whose word counts.</summary>
    int Highest(in StationMemory station, long at)
    {
        int highest = station.Open.Stages[^1].Gauge;
        for (var own = 0; own < station.Gauges; own++)
            if (now.HasSay(station, own, at) && Counted(station, own) > Counted(station, highest))
                highest = own;
        return highest;
    }

    int Counted(in StationMemory station, int own)
    {
        var open = station.Open.Stages;
        for (var i = open.Length - 1; i >= 0; i--)
            if (open[i].Gauge == own)
                return open[i].Counted;
        return now.Gauges(station)[own].Stage;
    }

    SeriesId SeriesOf(in StationMemory station, int own) => new(rules.Gauges[station.FirstGauge + own].Series);

    static Duration Lasted(long since, long until) => since == Ticks.Never ? Duration.Zero : Ticks.ToDuration(until - since);
}
