using System.Globalization;
using System.Text.Json;
using CanhLu.Host.SiteFiles;
using NodaTime;
using NodaTime.Text;
using Spectre.Console;

namespace CanhLu.Host.Qc;

/// <summary>What quality control found in a file, as people and programs read it.</summary>
static class QcReport
{
    // More than fit on a screen tell nobody anything; --json has every reading.
    const int MostStretches = 60;

    static readonly Dictionary<QualityTest, JsonEncodedText> Names = QcTally.Tests.ToDictionary(test => test, test => JsonEncodedText.Encode(Name(test)));

    /// <summary>A test's name on the wire, <c>gross_range</c>.</summary>
    public static string Name(QualityTest test) => JsonNamingPolicy.SnakeCaseLower.ConvertName(test.ToString());

    /// <summary>One reading as one line of JSON.</summary>
    public static void WriteLine(Utf8JsonWriter json, in QcRow row, FileSeries series)
    {
        json.WriteStartObject();
        json.WriteString("at", InstantPattern.ExtendedIso.Format(row.Read.At));
        json.WriteString("station", series.Station);
        json.WriteString("series", series.Series);
        if (row.Read.Value is { } value)
            json.WriteNumber("value", value);
        else
            json.WriteNull("value");
        json.WriteNumber("flag", (int)row.Judged.Flag);
        json.WriteStartObject("tests");
        foreach (var test in QcTally.Tests)
            if (row.Judged.Tests[test] is { } flag)
                json.WriteNumber(Names[test], (int)flag);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Counts per test and flag, and the stretches that are bad.</summary>
    public static void WriteTables(IAnsiConsole console, IReadOnlyList<FileSeries> series, QcTally tally, DateTimeZone zone)
    {
        for (var i = 0; i < series.Count; i++)
        {
            var one = series[i];
            console.MarkupLineInterpolated($"[bold]{one.Station} {one.Series}[/]: tests of {one.TestsOf}; a reading every {Values.Written(one.Subject.Interval)}");
            var table = new Table().Border(TableBorder.Simple).AddColumn("test");
            foreach (var heading in (string[])["1 good", "2 not evaluated", "3 suspect", "4 fail", "9 missing"])
                table.AddColumn(new TableColumn(heading).RightAligned());
            foreach (var test in QcTally.Tests)
                if (QcTally.Flags.Any(flag => tally.Count(i, test, flag) > 0))
                    table.AddRow([Name(test), .. QcTally.Flags.Select(flag => Number(tally.Count(i, test, flag)))]);
            table.AddRow(["together", .. QcTally.Flags.Select(flag => Number(tally.Count(i, null, flag)))]);
            console.Write(table);
        }
        if (tally.Stretches.Count == 0)
        {
            console.WriteLine("Nothing is suspect.");
            return;
        }
        var stretches = new Table().Border(TableBorder.Simple).AddColumns("series", "test", "flag", "from", "to").AddColumn(new TableColumn("readings").RightAligned());
        // The gravest and longest are what a person looks for first; they are shown in the order of time.
        var shown = tally.Stretches.OrderByDescending(one => one.Gravest == Flag.Fail).ThenByDescending(one => one.Readings).Take(MostStretches).ToHashSet();
        foreach (var one in tally.Stretches.Where(shown.Contains))
            stretches.AddRow($"{series[one.Series].Station} {series[one.Series].Series}".EscapeMarkup(), Name(one.Test),
                one.Gravest == Flag.Fail ? "[red]4[/]" : "[yellow]3[/]", Time(one.From, zone), Time(one.To, zone), Number(one.Readings));
        console.Write(stretches);
        if (tally.Stretches.Count > MostStretches)
            console.WriteLine($"The {MostStretches} gravest of {Number(tally.Stretches.Count)} stretches; --json tells the flags of every reading.");
    }

    static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    static string Time(Instant at, DateTimeZone zone) => at.InZone(zone).ToString("uuuu-MM-dd HH:mm:sso<m>", CultureInfo.InvariantCulture);
}
