using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using CanhLu.Archive;
using CanhLu.Database;
using CanhLu.Duty;
using CanhLu.Host.Afterwards;
using CanhLu.Host.SiteFiles;
using NodaTime;

namespace CanhLu.Host.Commands;

/// <summary><c>canhlu report</c>: what a flood was, what people decided, who was told and how long before, as one page, and as PDF.</summary>
static class ReportCommand
{
    public static Command Create(IClock clock, TimeProvider time)
    {
        var episode = new Option<long?>("--episode") { Description = "the number of an alarm; or --from and --to", HelpName = "N" };
        var (from, to) = (Arguments.Moment("--from", "the first moment, 2025-10-28T12:00:00+07:00"), Arguments.Moment("--to", "the last moment"));
        var station = new Option<string?>("--station") { Description = "only this station", HelpName = "ID" };
        var file = new Option<FileInfo>("--out") { Description = "the page to write; one that is there is replaced", Required = true, HelpName = "FILE.html" };
        var pdf = new Option<FileInfo?>("--pdf") { Description = "also print it, with Chromium", HelpName = "FILE.pdf" };
        var price = new Option<Dictionary<string, decimal>>("--price")
        {
            Description = "what a unit costs, in đồng: esms=850 (an SMS counts by segments); may be repeated",
            HelpName = "CARRIER=PRICE",
            CustomParser = Prices,
            DefaultValueFactory = _ => [],
        };
        var url = Arguments.Url();
        var (site, data, json) = (Arguments.Site(), Arguments.Data(), Arguments.Json());
        var command = new Command("report", "The report after a flood: hydrograph, alarms, decisions, who was told and how long before, whom not, cost, all-clears owed.")
        {
            episode, from, to, station, file, pdf, price, url, site, data, json,
        };
        command.Validators.Add(result =>
        {
            var stretch = (result.GetValue(from) is not null, result.GetValue(to) is not null);
            if (result.GetValue(episode) is null ? stretch != (true, true) : stretch != (false, false))
                result.AddError("Say which flood: either --episode N, or --from and --to.");
            else if (result.GetValue(from) > result.GetValue(to))
                result.AddError("--from lies after --to.");
        });
        command.SetAction((parsed, token) => Trouble.Catch(async () =>
        {
            var (folder, error) = (parsed.GetValue(data)!, parsed.InvocationConfiguration.Error);
            if (SiteReader.Read(parsed.GetValue(site)!) is not SiteVerdict.Right { Site: var current })
            {
                await error.WriteLineAsync($"The site is wrong, so nobody knows its stations. See: canhlu check --site {parsed.GetValue(site)}");
                return ExitCode.No;
            }
            if (parsed.GetValue(station) is { } wanted && current.StationOf(wanted) is null)
            {
                await error.WriteLineAsync($"There is no station {wanted}: the site has {string.Join(", ", current.Stations.Select(one => one.Id))}.");
                return ExitCode.No;
            }
            var store = Path.Combine(folder, "operations.db");
            if (!File.Exists(store))
            {
                await error.WriteLineAsync($"There is no operations store {Path.GetFullPath(store)}: give the engine's folder with --data.");
                return ExitCode.No;
            }
            var question = new Question(parsed.GetValue(episode), parsed.GetValue(from), parsed.GetValue(to), parsed.GetValue(station));
            Aftermath? after;
            try
            {
                after = await Read(current, folder, store, parsed.GetValue(url)!, question, parsed.GetValue(price)!, clock, time, token);
            }
            catch (Exception exception) when (EngineClient.IsSilence(exception, token))
            {
                await error.WriteLineAsync(EngineClient.Silence(parsed.GetValue(url)!, exception));
                return ExitCode.No;
            }
            if (after is null)
            {
                await error.WriteLineAsync(question.Episode is { } number
                    ? $"There is no alarm {number} in {Path.GetFullPath(store)}: /api/alarms lists them."
                    : "No alarm stood in that time, so there is nothing to report.");
                return ExitCode.No;
            }
            var page = parsed.GetValue(file)!.FullName;
            await File.WriteAllTextAsync(page, AftermathPage.Of(after), token);
            var printed = parsed.GetValue(pdf)?.FullName;
            var trouble = printed is null ? null : await PdfPrinter.Print(page, printed, token);
            Say(parsed.InvocationConfiguration.Output, parsed.GetValue(json), after, page, trouble is null ? printed : null);
            if (trouble is null)
                return ExitCode.Done;
            await error.WriteLineAsync(trouble);
            return ExitCode.No;
        }));
        return command;
    }

    static async Task<Aftermath?> Read(
        Site files, string folder, string store, string url, Question question, Dictionary<string, decimal> prices, IClock clock, TimeProvider time, CancellationToken token)
    {
        var now = clock.GetCurrentInstant();
        using var operations = Operations.Open(store);
        var site = Adoptions.Into(files, operations);
        OpenedArchive? archive = null;
        try
        {
            using var held = DataFolder.Take(folder);
            archive = OpenedArchive.Open(folder);
            return await new AftermathReader(site, operations, (station, from, to) => RiverBook.Read(archive, site, station, from, to, token), now).Read(question, prices);
        }
        catch (Exception taken) when (taken is DataFolderException { IsHeld: true } or ArchiveRefusedException { IsHeld: true })
        {
            using var http = EngineClient.Open(folder, clock, time);
            return await new AftermathReader(site, operations, (station, from, to) => RiverBook.Ask(http, EngineClient.PageOf(url), station, from, to, token), now).Read(question, prices);
        }
        finally
        {
            archive?.Dispose();
        }
    }

    static void Say(TextWriter output, bool json, Aftermath after, string page, string? pdf)
    {
        if (json)
            output.WriteLine(JsonSerializer.Serialize(new
            {
                file = page,
                pdf,
                alarms = after.Episodes.Length,
                bulletins = after.Bulletins.Length,
                told = after.Wards.Sum(ward => ward.Told),
                not_reached = after.Missed.Length,
                all_clears_owed = after.Debts.Sum(debt => debt.Open),
            }));
        else
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{page}{(pdf is null ? "" : " and " + pdf)}: {after.Episodes.Length} alarms, {after.Bulletins.Length} bulletins, {after.Wards.Sum(ward => ward.Told)} told, {after.Missed.Length} not reached, {after.Debts.Sum(debt => debt.Open)} all-clears owed."));
    }

    static Dictionary<string, decimal> Prices(ArgumentResult result)
    {
        var prices = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var token in result.Tokens)
            if (token.Value.Split('=') is [{ Length: > 0 } carrier, var price] && decimal.TryParse(price, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var each))
                prices[carrier] = each;
            else
                result.AddError($"'{token.Value}' is no price: write --price esms=850.");
        return prices;
    }
}
