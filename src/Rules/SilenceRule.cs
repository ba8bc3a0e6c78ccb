namespace CanhLu.Rules;

/// <summary>A <see cref="Rule.Silence"/>, compiled to numbers.</summary>
readonly struct SilenceRule(Rule.Silence rule)
{
    public readonly string Id = rule.Id;
    public readonly long After = Ticks.Of(rule.After);
}
