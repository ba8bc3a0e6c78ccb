using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CanhLu.Backtest;
using CanhLu.Backtest.Records;
using CanhLu.Backtest.Scoring;
using NodaTime;
using NodaTime.Text;

namespace CanhLu.Host.Backtesting;

/// <summary>A verdict as programs read it: an alarm's change a line, then what it comes to, each of those lines with its <c>kind</c>; or the same as one object, for the page.</summary>
static class BacktestJson
{
    /// <summary>A page of so many changes is long enough; the report's curves show the rest.</summary>
    const int MostOnPage = 2000;

    static readonly JsonSerializerOptions Wire = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    };

    public static void Write(Verdict verdict, TextWriter output)
    {
        var tried = verdict.Tried;
        foreach (var alarm in tried.Alarms)
            Line(AlarmLine(tried.Site, alarm));
        foreach (var score in ScoreLines(tried))
            Line(score);
        foreach (var rule in RuleLines(tried))
            Line(rule);
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
        Line(SummaryLine(verdict));

        void Line(object line) => output.WriteLine(JsonSerializer.Serialize(line, Wire));
    }

    /// <summary>The same lines in one object, at most <see cref="MostOnPage"/> of alarms.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="unknown">What was passed over.</param>
    public static byte[] Whole(Verdict verdict, IReadOnlyList<UnknownSeries> unknown)
    {
        var tried = verdict.Tried;
        return JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                Summary = SummaryLine(verdict),
                Rules = RuleLines(tried).ToArray(),
                Scores = ScoreLines(tried).ToArray(),
                Alarms = tried.Alarms.Take(MostOnPage).Select(alarm => AlarmLine(tried.Site, alarm)).ToArray(),
                LeftOut = Math.Max(0, tried.Alarms.Count - MostOnPage),
                Unknown = unknown.Select(one => new { one.Name, one.Quantity, one.Readings }).ToArray(),
            },
            Wire);
    }

    static IEnumerable<object> ScoreLines(Trial tried) =>
        tried.Scores.Select(score => ScoreLine(null, score)).Concat(tried.Rules.SelectMany(rule => rule.Scores.Select(score => ScoreLine(rule.Rule.Id, score))));

    static IEnumerable<object> RuleLines(Trial tried) => tried.Rules.Select(rule => new
    {
        Kind = "rule",
        Rule = rule.Rule.Id,
        Shadow = rule.Rule.IsShadow,
        rule.Alarms,
        AlarmsPerStationYear = Round(rule.AlarmsPerStationYear),
    });

    static object SummaryLine(Verdict verdict)
    {
        var (tried, observed) = (verdict.Tried, verdict.Observed);
        return new
        {
            Kind = "summary",
            observed.Readings,
            From = At(tried.Site, observed.First!.Value),
            To = At(tried.Site, observed.Last!.Value),
            StationYears = Round(observed.StationYears),
            Alarms = tried.Alarms.Count(alarm => alarm.From == AlarmLevel.None),
            tried.Postage.Bulletins,
            tried.Postage.Asked,
            MessagesPerResident = tried.Postage.Messages.ToDictionary(one => one.Key, one => Math.Round(one.Value, 3)),
            CostPerResident = tried.Postage.Cost is { } all ? decimal.Round(all, 2) : (decimal?)null,
        };
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
