using CanhLu.Archive;
using CanhLu.Archive.Influx;
using CanhLu.Backtest;
using CanhLu.Backtest.Records;
using CanhLu.Backtest.Report;
using CanhLu.Backtest.Scoring;
using CanhLu.Host.Commands;
using CanhLu.Host.SiteFiles;
using Spectre.Console;

namespace CanhLu.Host.Backtesting;

/// <summary>Runs a backtest from what was asked to what is shown.</summary>
sealed class Backtest(BacktestOptions options, TextWriter output, TextWriter error, TimeProvider time)
{
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        try
        {
            return SiteOf(options.Site) is { } site && Against(out var inForce) ? await RunAsync(site, inForce, cancellation) : ExitCode.No;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("Stopped before the end of the record: nothing was judged.");
            return ExitCode.No;
        }
        catch (Exception exception) when (exception is RecordRefusedException or ArchiveRefusedException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(exception.Message);
            return ExitCode.No;
        }
    }

    async Task<int> RunAsync(Site site, Site? inForce, CancellationToken cancellation)
    {
        if (Mistake(site) is { } mistake)
        {
            await error.WriteLineAsync(mistake);
            return ExitCode.WrongUse;
        }
        var keys = inForce is null ? new SeriesKeys(site) : new SeriesKeys(site, inForce);
        var truth = options.Truth is { } file ? TruthFile.Read(file) : null;
        using var archive = options.Data is { } folder ? ArchiveRecord.Open(folder, keys) : null;
        using var copy = options.Influx is { } influx ? new InfluxHistory(influx, time) : null;
        var record = archive ?? (copy is null
            ? RecordFile.Open(options.Readings!, keys, options.Station)
            : new InfluxRecord(copy, options.Influx!.Database, keys, site, options.Station));
        var pass = new Pass(keys, withCurves: options.Report is not null, site, inForce);
        await WithProgress(record, pass.Take, cancellation);
        SayUnknown(record);
        if (pass.Observed.Readings == 0)
        {
            await error.WriteLineAsync(record.Unknown.Count == 0
                ? $"{record.Name} holds no readings."
                : $"No reading of {record.Name} was judged: name its stations as the site in {options.Site} does, or a USGS file's with --station.");
            return ExitCode.No;
        }
        SayWithoutThresholds(site, pass.Observed);
        var verdict = pass.Judged(record.Name, truth, options.Tolerance, options.Tariff, options.Rules, options.People);
        if (options.Json)
            BacktestJson.Write(verdict, output);
        else
            BacktestTables.Write(verdict, SiteReport.Terminal(output));
        if (options.Report is { } report)
            await File.WriteAllTextAsync(report, HtmlReport.Of(verdict), cancellation);
        return ExitCode.Done;
    }

    bool Against(out Site? inForce)
    {
        inForce = options.Against is null ? null : SiteOf(options.Against);
        return options.Against is null || inForce is not null;
    }

    Site? SiteOf(string folder)
    {
        if (!Directory.Exists(folder))
            error.WriteLine($"There is no folder {folder}. Name a site's folder: --site sites/tam-ky");
        else if (SiteReader.Read(folder) is SiteVerdict.Right { Site: var site })
            return site;
        else
            error.WriteLine($"The site in {folder} is wrong. See: canhlu check --site {folder}");
        return null;
    }

    string? Mistake(Site site)
    {
        if (options.Rules.FirstOrDefault(id => !site.Rules.Any(rule => rule.Id == id)) is { } rule)
            return $"The site has no rule '{rule}': {Nearest.Remedy(rule, [.. site.Rules.Select(one => one.Id)], "write one of")}";
        return options.Station is { } station && site.StationOf(station) is null
            ? $"The site has no station '{station}': {Nearest.Remedy(station, [.. site.Stations.Select(one => one.Id)], "write one of")}"
            : null;
    }

    Task WithProgress(IRecord record, TakeReadings take, CancellationToken cancellation)
    {
        if (options.Json || System.Console.IsErrorRedirected)
            return record.ReadAsync((readings, _) => take(readings), cancellation);
        var terminal = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(error) });
        return terminal.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask($"Judging {Markup.Escape(record.Name)}");
                // On a thread of its own: the judge never yields, and the bar is drawn by another.
                await Task.Run(() => record.ReadAsync((readings, share) =>
                {
                    take(readings);
                    bar.Value = 100 * share;
                }, cancellation), cancellation);
            });
    }

    void SayUnknown(IRecord record)
    {
        const int Shown = 5;
        var unknown = record.Unknown;
        foreach (var one in unknown.Take(Shown))
            error.WriteLine($"{record.Name}: {one.Name},{one.Quantity} was passed over, {Numbers.Whole(one.Readings, "en")} reading{(one.Readings == 1 ? "" : "s")}: the site has no such series.");
        if (unknown.Count > Shown)
            error.WriteLine($"{record.Name}: and {unknown.Count - Shown} more series that the site does not have.");
    }

    void SayWithoutThresholds(Site site, Observed observed)
    {
        foreach (var station in site.Stations.Where(station => !station.Ladders.IsEmpty))
            if (observed.Stations.TryGetValue(station.Id, out var record) && station.Ladders.Min(ladder => ladder.From) is var from && record.First < from)
                error.WriteLine($"{station.Id} has no thresholds before {from.InZone(site.Zone).Date:uuuu-MM-dd}: what it measured before was judged by no ladder. Give it an older entry in {SiteFolder.SiteFile}.");
    }

    delegate void TakeReadings(ReadOnlySpan<Reading> readings);
}
