namespace CanhLu.Rules;

/// <summary>A <see cref="Rule.RateOfRiseRule"/>, compiled to numbers.</summary>
readonly struct RateRule(Rule.RateOfRiseRule rule)
{
    public readonly string Id = rule.Id;
    public readonly RateWindow Window = new(rule.Window, rule.MinPoints, rule.MinSpan);
    public readonly RateOfRise Raise = rule.Raise;
    public readonly RateOfRise Clear = rule.Clear;
    public readonly int Gate = rule.Gate?.Millimetres ?? int.MinValue;
}
