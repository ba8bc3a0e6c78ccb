namespace CanhLu.Rules.Forecasting;

/// <summary>A <see cref="Rule.Forecast"/>, compiled to numbers.</summary>
readonly struct ForecastRule(Rule.Forecast rule)
{
    public readonly string Id = rule.Id;
    public readonly AlarmLevel Level = rule.Level;
    public readonly long Lead = Ticks.Of(rule.Lead);
    public readonly long Horizon = Math.Min(Ticks.Of(rule.Horizon), Outlook.MostSteps * Outlook.Step);
    public readonly long Hold = Ticks.Of(rule.Hold);
}
