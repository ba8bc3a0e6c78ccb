namespace CanhLu.Rules;

/// <summary>A <see cref="Rule.Limit"/>, compiled to numbers.</summary>
readonly struct LimitRule(Rule.Limit rule, int gate)
{
    public readonly string Id = rule.Id;
    public readonly bool Above = rule.Side == LimitSide.Above;
    public readonly double Raise = rule.Raise;
    public readonly double Clear = rule.Clear;
    public readonly long RaiseHold = Ticks.Of(rule.RaiseHold);
    public readonly long ClearHold = Ticks.Of(rule.ClearHold);

    /// <summary>Number of the gate that it depends on; -1 for none.</summary>
    public readonly int Gate = gate;
    public readonly AlarmLevel While = rule.While?.Level ?? AlarmLevel.None;

    public bool Holds(double value) => Above ? value >= Raise : value <= Raise;

    public bool IsOver(double value) => Above ? value < Clear : value > Clear;
}
