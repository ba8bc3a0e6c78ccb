using System.Collections.Immutable;
using NodaTime;

namespace CanhLu.Rules;

/// <summary>A <see cref="Rule.RateOfRiseRule"/>, compiled to numbers.</summary>
readonly struct RateRule(Rule.RateOfRiseRule rule)
{
    public readonly string Id = rule.Id;
    public readonly ImmutableArray<Member> Witnesses = rule.Witnesses;
    public readonly RateWindow Window = new(rule.Window, rule.MinPoints, rule.MinSpan, rule.Slope);
    public readonly RateWindow[] MoreWindows = [.. rule.MoreWindows.Select(length => new RateWindow(length, rule.MinPoints, rule.MinSpan, rule.Slope))];
    public readonly RateWindow Longest = new(LongestOf(rule), rule.MinPoints, rule.MinSpan, rule.Slope);
    public readonly bool WithoutTide = rule.WithoutTide;
    public readonly RateOfRise Raise = rule.Raise;
    public readonly RateOfRise Clear = rule.Clear;
    public readonly int Gate = rule.Gate?.Millimetres ?? int.MinValue;

    /// <summary>The longest of its windows.</summary>
    public static Duration LongestOf(Rule.RateOfRiseRule rule)
    {
        var longest = rule.Window;
        foreach (var other in rule.MoreWindows)
            longest = Duration.Max(longest, other);
        return longest;
    }
}
