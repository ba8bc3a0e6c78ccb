using System.Globalization;
using CanhLu.Backtest.Scoring;
using NodaTime;
using static System.FormattableString;

namespace CanhLu.Backtest;

/// <summary>What other rules would change: the tried ones less those in force.</summary>
/// <param name="SmsAMonth">Messages by SMS to one resident a month; null when the record is shorter than a day.</param>
/// <param name="CostAMonth">Cost of one resident a month, đồng; null when no price was given.</param>
/// <param name="Hits">Events warned of, over all levels; null without truth, as all that follows.</param>
/// <param name="FalseAlarms">False alarms, over all levels.</param>
/// <param name="Lead">The median change of the lead time of the events that both warn of; null when there is none.</param>
public sealed record Difference(double? SmsAMonth, decimal? CostAMonth, int? Hits, int? FalseAlarms, Duration? Lead)
{
    const double DaysAMonth = 365.25 / 12;

    /// <summary>Compares two trials on one record.</summary>
    public static Difference Of(Trial tried, Trial inForce, Observed observed)
    {
        var days = observed is { First: { } first, Last: { } last } ? (last - first).TotalDays : 0;
        double? months = days < 1 ? null : days / DaysAMonth;
        var scored = !tried.Scores.IsEmpty;
        var leads = tried.Scores.Zip(inForce.Scores)
            .SelectMany(pair => pair.First.Outcomes.Zip(pair.Second.Outcomes))
            .Where(pair => pair.First.Lead is not null && pair.Second.Lead is not null)
            .Select(pair => pair.First.Lead!.Value - pair.Second.Lead!.Value);
        return new Difference(
            (tried.Postage.Sms - inForce.Postage.Sms) / months,
            months is null ? null : (tried.Postage.Cost - inForce.Postage.Cost) / (decimal)months,
            scored ? Sum(tried, score => score.Hits) - Sum(inForce, score => score.Hits) : null,
            scored ? Sum(tried, score => score.FalseAlarms) - Sum(inForce, score => score.FalseAlarms) : null,
            Score.Median([.. leads.Order()]));
    }

    /// <summary>The difference in one sentence: "+2.1 SMS a month for each of 3,400 people; one more hit; lead time +35 min".</summary>
    /// <param name="people">How many people; null when that is not known.</param>
    /// <param name="language"><c>vi</c>; anything else is English.</param>
    public string Sentence(int? people, string language)
    {
        var vi = language == "vi";
        var parts = new List<string>();
        if (SmsAMonth is { } sms)
        {
            var who = people is { } count
                ? vi ? $" cho mỗi người trong {Numbers.Whole(count, language)} người" : $" for each of {Numbers.Whole(count, language)} people"
                : vi ? " cho mỗi người" : " for each resident";
            parts.Add($"{Numbers.Signed(sms, language)} SMS {(vi ? "một tháng" : "a month")}{who}");
        }
        if (CostAMonth is { } cost)
            parts.Add(people is { } all
                ? $"{Numbers.SignedWhole(cost * all, language)} {(vi ? "đồng một tháng" : "VND a month")}"
                : $"{Numbers.SignedWhole(cost, language)} {(vi ? "đồng một người một tháng" : "VND a resident a month")}");
        if (Hits is { } hits)
            parts.Add(Counted(hits, vi, "trận lũ được cảnh báo", "hit", "hits"));
        if (FalseAlarms is { } alarms)
            parts.Add(Counted(alarms, vi, "lần báo nhầm", "false alarm", "false alarms"));
        if (Lead is { } lead)
            parts.Add($"{(vi ? "thời gian báo trước" : "lead time")} {Numbers.Signed(lead, language)}");
        return parts.Count == 0 ? vi ? "không so sánh được" : "nothing to compare" : string.Join("; ", parts);
    }

    static int Sum(Trial trial, Func<Score, int> what) => trial.Scores.Sum(what);

    static string Counted(int count, bool vi, string viet, string one, string many) => (vi, count) switch
    {
        (true, 0) => $"số {viet} không đổi",
        (true, > 0) => Invariant($"thêm {count} {viet}"),
        (true, _) => Invariant($"bớt {-count} {viet}"),
        (_, 0) => $"as many {many}",
        (_, 1) => $"one more {one}",
        (_, -1) => $"one {one} fewer",
        (_, > 0) => string.Create(CultureInfo.InvariantCulture, $"{count} more {many}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{-count} {many} fewer"),
    };
}
