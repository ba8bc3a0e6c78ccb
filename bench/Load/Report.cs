using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace CanhLu.Bench;

/// <summary>Shows the rows: a table for people, one JSON object a line for programs.</summary>
static class Report
{
    static readonly JsonSerializerOptions Wire = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static void WriteJson(Row row) => System.Console.WriteLine(JsonSerializer.Serialize(row, Wire));

    public static void WriteTable(IReadOnlyList<Row> rows)
    {
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumns("way", "load");
        foreach (var column in (string[])["bare/s", "engine/s", "readings/s", "ratio", "CPU µs", "bare p50/p99 ms", "p50 ms", "p99 ms", "max ms", "a commit", "lost"])
            table.AddColumn(new TableColumn(column).RightAligned());
        table.AddColumns("target", "");
        foreach (var row in rows)
            table.AddRow(
                row.Way, row.Load, Number(row.BareMessagesPerSecond), Number(row.MessagesPerSecond), Number(row.ReadingsPerSecond), Number(row.Ratio, "0.00"),
                row.CpuUs is null ? "" : row.BareCpuUs is null ? Number(row.CpuUs, "0.0") : $"{Number(row.BareCpuUs, "0.0")} / {Number(row.CpuUs, "0.0")}",
                row.BareP50Ms is null ? "" : $"{Number(row.BareP50Ms, "0.0")} / {Number(row.BareP99Ms, "0.0")}", Milliseconds(row.P50Ms), Milliseconds(row.P99Ms),
                Milliseconds(row.MaxMs), row.Commits is { } one ? $"{Number(one.Readings)} in {Number(one.Ms, "0.0")} ms" : "", Number(row.Lost), row.Target, row.IsGood ? "[green]met[/]" : "[red]missed[/]");
        // Redirected into a file there is no width to keep to.
        if (System.Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = 220;
        AnsiConsole.Write(table);
    }

    static string Number(double? number, string format = "#,0") => number?.ToString(format, CultureInfo.InvariantCulture) ?? "";

    static string Milliseconds(double milliseconds) => milliseconds == 0 ? "" : Number(milliseconds, "0.0");
}
