using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CanhLu.Notify;
using Microsoft.Extensions.Configuration;
using Spectre.Console;

namespace CanhLu.Host.Commands;

/// <summary><c>canhlu sms</c>: what a text is as SMS, before anybody is told.</summary>
static class SmsCommand
{
    /// <summary>Letters are written as they are: a person reads <c>ự</c>, not its number.</summary>
    static readonly JsonSerializerOptions Wire = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        var text = new Argument<string>("text") { Description = "what is to be sent; - reads it from standard input (UTF-8)" };
        var recipients = new Option<int>("--recipients") { Description = "to how many", DefaultValueFactory = _ => 1, HelpName = "N" };
        var rate = new Option<double?>("--rate") { Description = "letters a second; else as agreed (Notify:SmsRatePerSecond, Carriers:Esms:RatePerSecond)", HelpName = "R" };
        var price = new Option<decimal?>("--price") { Description = "đồng a segment; else as agreed (Notify:SmsPricePerSegment)", HelpName = "P" };
        var json = Arguments.Json();
        var command = new Command("sms", "What a text is as SMS: coding, segments, the letters that force Unicode, its form without marks, price and time.")
        {
            text, recipients, rate, price, json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(recipients) < 0)
                result.AddError("--recipients is a number from 0.");
            if (result.GetValue(rate) is { } given && given is not (>= 0.01 and <= 10_000))
                result.AddError("--rate is a number of letters a second, from 0.01 to 10000.");
            if (result.GetValue(price) is < 0 or > 1_000_000)
                result.AddError("--price is a number of đồng from 0 to 1000000.");
        });
        command.SetAction(parsed => Trouble.Catch(() =>
        {
            var agreed = SmsTerms.Of(new ConfigurationBuilder()
                .SetBasePath(AppContext.BaseDirectory).AddJsonFile("appsettings.json", optional: true).AddEnvironmentVariables("CANHLU_").Build());
            var terms = new SmsTerms(parsed.GetValue(rate) ?? agreed.RatePerSecond, parsed.GetValue(price) ?? agreed.PricePerSegment);
            var written = parsed.GetValue(text)! is "-" ? Piped() : parsed.GetValue(text)!;
            var bench = SmsBench.Of(written, terms, parsed.GetValue(recipients));
            if (parsed.GetValue(json))
                System.Console.Out.WriteLine(JsonSerializer.Serialize(bench, Wire));
            else
                Write(bench, AnsiConsole.Console);
            return ExitCode.Done;
        }));
        return command;
    }

    /// <summary>Standard input without the end of its last line, which whoever pipes a text did not mean to send.</summary>
    static string Piped()
    {
        using var input = new StreamReader(System.Console.OpenStandardInput(), Encoding.UTF8);
        var text = input.ReadToEnd();
        return text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
    }

    static void Write(SmsBench bench, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("").AddColumn("coding");
        foreach (var column in (string[])["segments", "units", "price, đồng"])
            table.AddColumn(new TableColumn(column).RightAligned());
        table.AddRow("as written", bench.Coding, Number(bench.Segments), Number(bench.Units), Money(bench.Price));
        table.AddRow("without marks", "GSM-7", Number(bench.UnaccentedSegments), Number(bench.UnaccentedUnits), Money(bench.UnaccentedPrice));
        console.Write(table);
        console.WriteLine(bench.ForcedBy.Count == 0
            ? $"{Number(bench.Characters)} characters, all of them in GSM 03.38."
            : $"{Number(bench.Characters)} characters. What forces Unicode: {string.Join(' ', bench.ForcedBy.Select(Visible))}");
        console.WriteLine($"Without marks: {bench.Unaccented}");
        if (bench.Recipients > 1)
            console.WriteLine($"{Number(bench.Recipients)} recipients at {bench.RatePerSecond.ToString("0.##", CultureInfo.InvariantCulture)}/s: {Time(bench.Seconds)}.");
        if (!bench.Sendable)
            console.WriteLine($"It cannot be sent: an SMS has at most {SmsPart.Most} segments.");
    }

    static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    static string Money(decimal? money) => money?.ToString("#,##0.##", CultureInfo.InvariantCulture) ?? "not known";

    /// <summary>What cannot be seen is named by its number.</summary>
    static string Visible(string character)
    {
        var rune = Rune.GetRuneAt(character, 0);
        return Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpaceSeparator
            ? $"U+{rune.Value:X4}"
            : character;
    }

    static string Time(double seconds) => seconds switch
    {
        < 60 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.#} s"),
        < 3600 => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(seconds / 60)} min {Math.Floor(seconds % 60)} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(seconds / 3600)} h {Math.Floor(seconds % 3600 / 60)} min"),
    };
}
