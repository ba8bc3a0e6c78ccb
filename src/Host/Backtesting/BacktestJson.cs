using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CanhLu.Backtest;
using CanhLu.Backtest.Scoring;
using NodaTime;
using NodaTime.Text;

namespace CanhLu.Host.Backtesting;

/// <summary>A verdict as programs read it: an alarm's change a line, then what it comes to, each of those lines with its <c>kind</c>.</summary>
static class BacktestJson
{
    static readonly JsonSerializerOptions Wire = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    };

    public static void Write(Verdict verdict, TextWriter output)
    {
        var (tried, observed) = (verdict.Tried, verdict.Observed);
        foreach (var alarm in tried.Alarms)
            Line(AlarmLine(tried.Site, alarm));
        foreach (var score in tried.Scores)
            Line(ScoreLine(null, score));
        foreach (var rule in tried.Rules)
            foreach (var score in rule.Scores)
                Line(ScoreLine(rule.Rule.Id, score));
        foreach (var rule in tried.Rules)
            Line(new { Kind = "rule", Rule = rule.Rule.Id, Shadow = rule.Rule.IsShadow, rule.Alarms, AlarmsPerStationYear = Round(rule.AlarmsPerStationYear) });
        if (verdict.Difference is { } difference)
            Line(new
            {
                Kind = "difference",
                SmsAMonth = Round(difference.SmsAMonth),
                CostAMonth = difference.CostAMonth is { } cost ? decimal.Round(cost, 2) : (decimal?)null,
                difference.Hits,
                difference.FalseAlarms,
                LeadMinutes = Minutes(difference.Lead),
                Text = difference.Sentence(verdict.People, "en"),
            });
        Line(new
        {
            Kind = "summary",
            Readings = observed.Readings,
            From = At(tried.Site, observed.First!.Value),
            To = At(tried.Site, observed.Last!.Value),
            StationYears = Round(observed.StationYears),
            Alarms = tried.Alarms.Count(alarm => alarm.From == AlarmLevel.None),
            tried.Postage.Bulletins,
            tried.Postage.Asked,
            MessagesPerResident = tried.Postage.Messages.ToDictionary(one => one.Key, one => Math.Round(one.Value, 3)),
            CostPerResident = tried.Postage.Cost is { } all ? decimal.Round(all, 2) : (decimal?)null,
        });

        void Line(object line) => output.WriteLine(JsonSerializer.Serialize(line, Wire));
    }

    static object AlarmLine(Site site, Alarm alarm) => alarm.Cause switch
    {
        Cause.Limit => new
        {
            At = At(site, alarm.Since),
            Station = site.Devices[alarm.Key.Subject].Station,
            alarm.Key.Rule,
            From = alarm.From.ToString(),
            To = alarm.Level.ToString(),
            Cause = CauseOf(alarm),
            Device = alarm.Key.Subject,
            alarm.Evidence.Value,
        },
        Cause.Silence => new
        {
            At = At(site, alarm.Since),
            Station = alarm.Key.Subject,
            alarm.Key.Rule,
            From = alarm.From.ToString(),
            To = alarm.Level.ToString(),
            Cause = CauseOf(alarm),
        },
        _ => new
        {
            At = At(site, alarm.Since),
            Station = alarm.Key.Subject,
            alarm.Key.Rule,
            From = alarm.From.ToString(),
            To = alarm.Level.ToString(),
            Cause = CauseOf(alarm),
            StageM = new Stage((int)alarm.Evidence.Value).Metres,
            RateMPerH = alarm.Rate?.MetresPerHour,
        },
    };

    static object ScoreLine(string? rule, Score score) => new
    {
        Kind = "score",
        Rule = rule,
        Level = score.Level.ToString(),
        score.Hits,
        score.Misses,
        score.FalseAlarms,
        Pod = Round(score.Pod),
        Far = Round(score.Far),
        Csi = Round(score.Csi),
        MedianLeadMinutes = Minutes(score.MedianLead),
        WorstLeadMinutes = Minutes(score.WorstLead),
        NotScored = score.Outside,
    };

    static string CauseOf(Alarm alarm) => JsonNamingPolicy.KebabCaseLower.ConvertName(alarm.Cause.ToString());

    static string At(Site site, Instant at) => OffsetDateTimePattern.Rfc3339.Format(at.InZone(site.Zone).ToOffsetDateTime());

    static double? Round(double? number) => number is { } some ? Math.Round(some, 3) : null;

    static double? Minutes(Duration? length) => length is { } some ? Math.Round(some.TotalMinutes, 1) : null;
}
