using System.Globalization;
using CanhLu.Backtest;
using CanhLu.Backtest.Scoring;
using NodaTime;
using Spectre.Console;

namespace CanhLu.Host.Backtesting;

/// <summary>A verdict as people read it in a terminal.</summary>
static class BacktestTables
{
    /// <summary>More lines are read by programs: <c>--json</c>.</summary>
    const int MostAlarms = 200;

    public static void Write(Verdict verdict, IAnsiConsole console)
    {
        Timeline(verdict, console);
        if (!verdict.Tried.Scores.IsEmpty)
            Scores(verdict, console);
        Rules(verdict, console);
        Sums(verdict, console);
        if (verdict.Difference is { } difference)
            console.MarkupLineInterpolated($"[bold]Against the rules in force:[/] {difference.Sentence(verdict.People, "en")}");
    }

    static void Timeline(Verdict verdict, IAnsiConsole console)
    {
        var (site, alarms) = (verdict.Tried.Site, verdict.Tried.Alarms);
        if (alarms.Count == 0)
        {
            console.MarkupLine("No rule would have raised an alarm.");
            return;
        }
        var table = new Table().Border(TableBorder.Rounded).AddColumns("at", "station", "rule", "from", "to", "cause");
        table.AddColumn(new TableColumn("stage m").RightAligned()).AddColumn(new TableColumn("rate m/h").RightAligned());
        foreach (var alarm in alarms.Take(MostAlarms))
        {
            var water = alarm.Cause is not (Cause.Silence or Cause.Limit);
            table.AddRow(
                Time(site, alarm.Since), Markup.Escape(alarm.Key.Subject), Markup.Escape(alarm.Key.Rule), alarm.From.ToString(), Coloured(alarm.Level),
                alarm.Cause.ToString().ToLowerInvariant(), water ? new Stage((int)alarm.Evidence.Value).Metres.ToString("0.000", CultureInfo.InvariantCulture) : "",
                water ? alarm.Rate?.MetresPerHour.ToString("0.000", CultureInfo.InvariantCulture) ?? "" : "");
        }
        console.Write(table);
        if (alarms.Count > MostAlarms)
            console.MarkupLineInterpolated($"… and {alarms.Count - MostAlarms} more changes: see them all with --json.");
    }

    static void Scores(Verdict verdict, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("rules", "level");
        foreach (var column in (string[])["hits", "misses", "false alarms", "POD", "FAR", "CSI", "lead, median", "lead, worst", "not scored"])
            table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var score in verdict.Tried.Scores)
            Row("together", score);
        foreach (var rule in verdict.Tried.Rules)
            foreach (var score in rule.Scores.Where(score => score.Hits + score.FalseAlarms > 0))
                Row(rule.Rule.Id, score);
        if (verdict.InForce is { } other)
            foreach (var score in other.Scores)
                Row("in force", score);
        console.Write(table);

        void Row(string rules, Score score) => table.AddRow(
            Markup.Escape(rules), Coloured(score.Level), Count(score.Hits), Count(score.Misses), Count(score.FalseAlarms), Share(score.Pod), Share(score.Far),
            Share(score.Csi), Numbers.Lead(score.MedianLead, "en"), Numbers.Lead(score.WorstLead, "en"), Count(score.Outside));
    }

    static void Rules(Verdict verdict, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("rule", "name", "policy");
        table.AddColumn(new TableColumn("alarms").RightAligned()).AddColumn(new TableColumn("a station-year").RightAligned());
        foreach (var rule in verdict.Tried.Rules)
            table.AddRow(
                Markup.Escape(rule.Rule.Id), Markup.Escape(rule.Rule.Name), rule.Rule.IsShadow ? "shadow" : rule.Rule.Policy.ToString().ToLowerInvariant(), Count(rule.Alarms),
                Numbers.Decimal(rule.AlarmsPerStationYear, "0.0", "en"));
        console.Write(table);
    }

    static void Sums(Verdict verdict, IAnsiConsole console)
    {
        var (observed, postage, site) = (verdict.Observed, verdict.Tried.Postage, verdict.Tried.Site);
        console.MarkupLineInterpolated(
            $"{Numbers.Whole(observed.Readings, "en")} readings, {Time(site, observed.First!.Value)} to {Time(site, observed.Last!.Value)}, {Numbers.Decimal(observed.StationYears, "0.00", "en")} station-years.");
        var carriers = string.Join(", ", postage.Messages.Select(one => $"{Numbers.Decimal(one.Value, "0.0", "en")} by {one.Key}"));
        var cost = postage.Cost is not { } each ? ""
            : verdict.People is { } people ? $"; {Numbers.Whole((long)each, "en")} VND each, {Numbers.Whole((long)(each * people), "en")} VND for {Numbers.Whole(people, "en")} people"
            : $"; {Numbers.Whole((long)each, "en")} VND";
        console.MarkupLineInterpolated(
            $"{postage.Bulletins} bulletins ({postage.Asked} of them proposals, counted as agreed to). Messages to one resident: {(carriers.Length == 0 ? "none" : carriers)}{cost}.");
    }

    static string Coloured(AlarmLevel level) => level switch
    {
        AlarmLevel.I => "[yellow]I[/]",
        AlarmLevel.II => "[darkorange]II[/]",
        AlarmLevel.III => "[red]III[/]",
        _ => "[green]None[/]",
    };

    static string Time(Site site, Instant at) => at.InZone(site.Zone).ToString("yyyy'-'MM'-'dd HH':'mm", CultureInfo.InvariantCulture);

    static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);

    static string Share(double? share) => Numbers.Decimal(share, "0.00", "en");
}
