using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CanhLu.Rules;
using Spectre.Console;

namespace CanhLu.Host.SiteFiles;

/// <summary>A verdict on a site as people and programs read it.</summary>
static class SiteReport
{
    // Wider than any line: whoever reads the lines may click on or grep them, so they are broken by the terminal only.
    const int Unbroken = 100_000;

    static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A console over a writer: coloured where that is a terminal, and never breaking lines.</summary>
    public static IAnsiConsole Terminal(TextWriter output)
    {
        var terminal = ReferenceEquals(output, System.Console.Out) && !System.Console.IsOutputRedirected;
        var console = AnsiConsole.Create(new()
        {
            Ansi = terminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = terminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = Unbroken;
        return console;
    }

    /// <summary>One line an error, or one line that says what the site has.</summary>
    public static void WriteText(SiteVerdict verdict, string folder, IAnsiConsole console)
    {
        switch (verdict)
        {
            case SiteVerdict.Right(var site):
                console.MarkupLineInterpolated($"[green]{site.Name}[/] ({folder}) is right: {Has(site)}");
                foreach (var (station, rule, reason) in DeadRule.Of(site))
                    console.MarkupLineInterpolated($"[yellow]warning:[/] rule {rule} can never speak at {station}: {reason}");
                break;
            case SiteVerdict.Wrong(var errors):
                foreach (var (place, value, message, remedy) in errors)
                {
                    console.MarkupInterpolated($"[blue]{Path.Combine(folder, place.File)}:{place.Line}:{place.Column}:[/] [bold]{message}[/]");
                    if (value.Length > 0)
                        console.MarkupInterpolated($" (found [red]{value}[/])");
                    console.MarkupLineInterpolated($"; [green]{remedy}[/]");
                }
                var files = errors.Select(error => error.Place.File).Distinct().Count();
                console.MarkupLineInterpolated($"[red]{Counted(errors.Length, "error")}[/] in {Counted(files, "file")} of {folder}");
                break;
        }
    }

    /// <summary>One JSON object a line: an error each, or one that says what the site has.</summary>
    public static void WriteJson(SiteVerdict verdict, string folder, TextWriter output)
    {
        switch (verdict)
        {
            case SiteVerdict.Right(var site):
                Line(new
                {
                    site = site.Id,
                    stations = site.Stations.Length,
                    devices = site.Devices.Count,
                    rules = site.Rules.Length,
                    areas = site.Areas.Count,
                    wordings = site.Templates.Length,
                });
                foreach (var (station, rule, reason) in DeadRule.Of(site))
                    Line(new { warning = $"rule {rule} can never speak at {station}: {reason}", station, rule });
                break;
            case SiteVerdict.Wrong(var errors):
                foreach (var (place, value, message, remedy) in errors)
                    Line(new { file = Path.Combine(folder, place.File), line = place.Line, column = place.Column, value, message, remedy });
                break;
        }

        void Line(object line) => output.WriteLine(JsonSerializer.Serialize(line, Readable));
    }

    static string Has(Site site) => string.Join(", ",
    [
        $"{Counted(site.Stations.Length, "station")} ({site.Stations.Count(station => !station.Ladders.IsEmpty)} with alarm levels)",
        Counted(site.Devices.Count, "device"),
        Counted(site.Rules.Length, "rule"),
        Counted(site.Areas.Count, "area"),
        Counted(site.Templates.Length, "wording"),
        .. site.Decoders.IsEmpty ? [] : (string[])[Counted(site.Decoders.Length, "decoder")],
        site.Broker is { } broker ? $"broker {broker.Url}" : "its own front door",
    ]);

    static string Counted(int count, string thing) => string.Create(CultureInfo.InvariantCulture, $"{count} {thing}{(count == 1 ? "" : "s")}");
}
