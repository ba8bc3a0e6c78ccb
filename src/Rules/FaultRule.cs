namespace CanhLu.Rules;

/// <summary>A <see cref="Rule.Fault"/>, compiled to numbers.</summary>
readonly struct FaultRule(Rule.Fault rule)
{
    public readonly string Id = rule.Id;
    public readonly FaultKind[] Kinds = [.. rule.Faults];
    public readonly int Spikes = rule.Spikes;
    public readonly long Within = Ticks.Of(rule.Within);
    public readonly double Jump = rule.Jump;
    public readonly long ClockOff = Ticks.Of(rule.ClockOff);
}
