using System.CommandLine;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using CanhLu.Archive;
using CanhLu.Console.Explaining;
using CanhLu.Database;
using CanhLu.Duty;
using CanhLu.Host.SiteFiles;
using NodaTime;
using NodaTime.Text;

namespace CanhLu.Host.Commands;

/// <summary><c>canhlu explain</c>: why a station's rules did, or did not, speak at a minute. Asks the engine that works in the folder, or reads its archive.</summary>
static class ExplainCommand
{
    static readonly JsonSerializerOptions Wire = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create(IClock clock, TimeProvider time)
    {
        var station = new Option<string>("--station") { Description = "the station's id", Required = true };
        var at = new Option<string>("--at") { Description = "when: 2025-10-29T21:00:00+07:00", Required = true };
        var url = Arguments.Url();
        var language = new Option<string>("--language") { Description = "vi or en", DefaultValueFactory = _ => "vi" }.AcceptOnlyFromAmong("vi", "en");
        var (site, data, json) = (Arguments.Site(), Arguments.Data(), Arguments.Json());
        var command = new Command("explain", "Says why the rules of a station spoke or kept silent, by what was known at that minute.")
        {
            station, at, site, data, url, language, json,
        };
        command.SetAction((parsed, token) => Trouble.Catch(async () =>
        {
            if (OffsetDateTimePattern.Rfc3339.Parse(parsed.GetValue(at)!) is not { Success: true, Value: var when })
            {
                await System.Console.Error.WriteLineAsync($"'{parsed.GetValue(at)}' is no time: write it like 2025-10-29T21:00:00+07:00.");
                return ExitCode.WrongUse;
            }
            var (explained, trouble) = await Explain(
                parsed.GetValue(data)!, parsed.GetValue(site)!, parsed.GetValue(url)!, parsed.GetValue(station)!, when.ToInstant(),
                () => EngineClient.Open(parsed.GetValue(data)!, clock, time), token);
            if (explained is null)
            {
                await System.Console.Error.WriteLineAsync(trouble);
                return ExitCode.No;
            }
            Write(explained, parsed.GetValue(json), parsed.GetValue(language) == "vi");
            return ExitCode.Done;
        }));
        return command;
    }

    static async Task<(ExplanationView? Explained, string? Trouble)> Explain(
        string folder, string siteFolder, string url, string station, Instant at, Func<HttpClient> engine, CancellationToken token)
    {
        if (!Directory.Exists(folder))
            return (null, $"There is no data folder {Path.GetFullPath(folder)}: name the engine's folder with --data.");
        DataFolder held;
        try
        {
            held = DataFolder.Take(folder);
        }
        catch (DataFolderException taken) when (taken.IsHeld)
        {
            return await Ask(url, station, at, engine, token);
        }
        using (held)
        {
            if (SiteReader.Read(siteFolder) is not SiteVerdict.Right { Site: var site })
                return (null, $"The site is wrong, so nobody knows its rules. See: canhlu check --site {siteFolder}");
            using var archive = Open(folder);
            if (archive is null)
                return await Ask(url, station, at, engine, token);
            using var operations = Operations.Open(Path.Combine(folder, "operations.db"));
            return (await new StationPast(Adoptions.Into(site, operations), archive.Book, archive.History, new DutyLog(operations)).Explain(station, at, token),
                $"There is no station {station}: the site has {string.Join(", ", site.Stations.Select(one => one.Id))}.");
        }
    }

    static OpenedArchive? Open(string folder)
    {
        try
        {
            return OpenedArchive.Open(folder);
        }
        catch (ArchiveRefusedException refused) when (refused.IsHeld)
        {
            // An engine that took no lock on its folder: a demonstration.
            return null;
        }
    }

    /// <summary>The archive's file is the engine's alone: it is asked instead.</summary>
    static async Task<(ExplanationView? Explained, string? Trouble)> Ask(string url, string station, Instant at, Func<HttpClient> engine, CancellationToken token)
    {
        try
        {
            using var http = engine();
            using var answer = await http.GetAsync(
                new Uri(EngineClient.PageOf(url), $"api/stations/{Uri.EscapeDataString(station)}/explain?at={Uri.EscapeDataString(InstantPattern.ExtendedIso.Format(at))}"), token);
            var text = await answer.Content.ReadAsStringAsync(token);
            if (answer.StatusCode == HttpStatusCode.OK)
                return (JsonSerializer.Deserialize<ExplanationView>(text, Wire), null);
            using var problem = JsonDocument.Parse(text);
            return (null, EngineClient.No(url, answer.StatusCode, problem.RootElement));
        }
        catch (Exception exception) when (EngineClient.IsSilence(exception, token))
        {
            return (null, EngineClient.Silence(url, exception));
        }
    }

    static void Write(ExplanationView explained, bool json, bool vi)
    {
        var output = System.Console.Out;
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(explained, Wire));
            return;
        }
        foreach (var rule in explained.Rules)
        {
            output.WriteLine(vi ? rule.Vi : rule.En);
            foreach (var clause in rule.Clauses)
                output.WriteLine($"  {(clause.Holds ? "+" : "-")} {(vi ? clause.Vi : clause.En)}");
        }
        foreach (var change in explained.SiteChanges)
            output.WriteLine(vi
                ? $"Cấu hình đã đổi sau lúc đó, lúc {change.At}: các luật trên là luật hiện nay. {change.Facts}"
                : $"The site was changed after that minute, at {change.At}: the rules above are those of now. {change.Facts}");
        if (explained.CameLater > 0)
            output.WriteLine(vi
                ? $"{explained.CameLater} số đo đã đo trước lúc đó nhưng đến sau, không được tính."
                : $"{explained.CameLater} stages had been measured by then and came later: they do not count.");
        output.WriteLine(vi ? "Số đo đã dùng (cờ):" : "Readings used (flag):");
        foreach (var reading in explained.Readings)
            output.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"  {reading.MeasuredAt}  {reading.Device}  {reading.Value / 1000:0.000} m  ({reading.Flag})"));
    }
}
