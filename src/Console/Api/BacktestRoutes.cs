using System.Security.Cryptography;
using System.Text;
using CanhLu.Console.Accounts;
using CanhLu.Console.Trying;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace CanhLu.Console.Api;

/// <summary>The rules in force, tried on what the archive holds.</summary>
static class BacktestRoutes
{
    const double UsualToleranceS = 3600;
    const double LongestToleranceS = 7 * 86_400;

    static readonly Duration Usual = Duration.FromDays(30);

    sealed record Begin(string? From, string? To, string? Truth, double? ToleranceS);

    sealed record LastView(RunView? Run);

    sealed record RunView(
        long Id, BacktestState State, Instant From, Instant To, bool IsScored, double ToleranceS, string? Who, Instant BegunAt, Instant? EndedAt, double Share, long Readings, string? Wrong);

    public static void MapBacktests(this IEndpointRouteBuilder api)
    {
        api.MapGet("/backtests/last", (IBacktests backtests) => new LastView(backtests.Last is { } run ? Of(run) : null))
            .WithSummary("The run of the rules over the archive that is on, and how far it is; or the last one. Null before the first.");

        api.MapPost("/backtests", (Begin asked, IBacktests backtests, IClock clock, HttpContext context) => Began(asked, backtests, clock, context))
            .WithSummary("Tries the rules in force on a stretch of the archive, beside the engine's work; one run at a time.")
            .WithDescription(
                "from and to are ISO 8601 with an offset; without them, the last 30 days. truth is the text of a CSV file (station,level,begins_at,ends_at), and the " +
                "rules are scored by it, with tolerance_s between an event and its warning (default 3600). What the rules would have remembered of the time before " +
                "for tides and forecasts is read too; an alarm that stood already begins with the stretch.");

        api.MapPost("/backtests/{id:long}/stop", (long id, IBacktests backtests) =>
                Known(backtests, id) is not { } run ? Missing()
                : backtests.Stop(id) ? Results.Ok(Of(run))
                : Problems.Conflict("The run has ended already."))
            .WithSummary("Ends a run that is on; nothing is judged then.");

        api.MapGet("/backtests/{id:long}/result", (long id, IBacktests backtests) =>
                Known(backtests, id) is not { } run ? Missing() : run.Result is { } result ? Results.Bytes(result, "application/json") : NotDone(run))
            .WithSummary("What the rules would have said: every change of an alarm, alarms counted by rule, and the scores where the truth was given.");

        api.MapGet("/backtests/{id:long}/report", (long id, IBacktests backtests, HttpContext context, bool download = false) =>
                Known(backtests, id) is not { } run ? Missing() : run.Report is { } report ? Page(report, run, context, download) : NotDone(run))
            .WithSummary("The same as one page to be printed or kept, in Vietnamese and English; download=true gives it as a file.");
    }

    static IResult Began(Begin asked, IBacktests backtests, IClock clock, HttpContext context)
    {
        if (!Asked.Instant(asked.From, out var from) || !Asked.Instant(asked.To, out var to))
            return Problems.Wrong("from and to are written as 2025-10-29T21:00:00+07:00.");
        var now = clock.GetCurrentInstant();
        var end = Instant.Min(to ?? now, now);
        var begin = from ?? end - Usual;
        if (begin >= end)
            return Problems.Wrong("from lies before to, and in the past.");
        var tolerance = asked.ToleranceS ?? UsualToleranceS;
        if (tolerance is not (>= 0 and <= LongestToleranceS))
            return Problems.Wrong("tolerance_s goes from 0 to 604800.");
        var truth = string.IsNullOrWhiteSpace(asked.Truth) ? null : asked.Truth;
        return backtests.Begin(new BacktestQuestion(begin, end, truth, Duration.FromSeconds(tolerance), Visitor.Of(context).Name)) switch
        {
            BacktestBegun.Begun begun => Results.Accepted("/api/backtests/last", Of(begun.Run)),
            BacktestBegun.Busy busy => Problems.Conflict(
                $"Đang có một lần thử khác{By(busy.Run, "do", "bắt đầu")}. / Another run is on{By(busy.Run, "by", "begun")}: wait for its end, or stop it."),
            BacktestBegun.Wrong wrong => Problems.Wrong(wrong.Why),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

        static string By(BacktestRun run, string by, string begun) => run.Question.Who is { } who ? $" {by} {who} {begun}" : "";
    }

    static BacktestRun? Known(IBacktests backtests, long id) => backtests.Last is { } run && run.Id == id ? run : null;

    static IResult Missing() => Problems.Missing("There is no such run: the last one is kept, while the engine runs.");

    static IResult NotDone(BacktestRun run) => Problems.Conflict(run.State == BacktestState.Running ? "The run is still on." : run.Wrong ?? "The run was stopped before its end.");

    static RunView Of(BacktestRun run) => new(
        run.Id, run.State, run.Question.From, run.Question.To, run.Question.Truth is not null, run.Question.Tolerance.TotalSeconds, run.Question.Who, run.BegunAt, run.EndedAt,
        Math.Round(run.Share, 4), run.Readings, run.Wrong);

    /// <summary>The report carries its looks in itself: a browser is told which ones they are, and allows nothing else.</summary>
    static IResult Page(string report, BacktestRun run, HttpContext context, bool download)
    {
        context.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src {StylesOf(report)}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox";
        if (download)
            context.Response.Headers.ContentDisposition = $"attachment; filename=\"canhlu-backtest-{run.Id}.html\"";
        return Results.Text(report, "text/html", Encoding.UTF8);
    }

    static string StylesOf(string report)
    {
        const string Open = "<style>", Close = "</style>";
        var hashes = new List<string>();
        for (var at = report.IndexOf(Open, StringComparison.Ordinal); at >= 0; at = report.IndexOf(Open, at, StringComparison.Ordinal))
        {
            at += Open.Length;
            var style = report[at..report.IndexOf(Close, at, StringComparison.Ordinal)];
            hashes.Add($"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'");
        }
        return hashes.Count == 0 ? "'none'" : string.Join(' ', hashes);
    }
}
