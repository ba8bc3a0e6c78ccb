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

    public static void WriteJson<T>(T row) => System.Console.WriteLine(JsonSerializer.Serialize(row, Wire));

    static readonly (string Name, Func<Row, string> Of)[] Columns =
    [
        ("bare/s", row => Number(row.BareMessagesPerSecond)),
        ("engine/s", row => row.MessagesPerSecond == 0 ? "" : Number(row.MessagesPerSecond)),
        ("readings/s", row => row.ReadingsPerSecond == 0 ? "" : Number(row.ReadingsPerSecond)),
        ("ratio", row => Number(row.Ratio, "0.00")),
        ("CPU µs", row => row.CpuUs is null ? "" : row.BareCpuUs is null ? Number(row.CpuUs, "0.0") : $"{Number(row.BareCpuUs, "0.0")} / {Number(row.CpuUs, "0.0")}"),
        ("bare p50/p99 ms", row => row.BareP50Ms is null ? "" : $"{Number(row.BareP50Ms, "0.0")} / {Number(row.BareP99Ms, "0.0")}"),
        ("p50 ms", row => Milliseconds(row.P50Ms)),
        ("p99 ms", row => Milliseconds(row.P99Ms)),
        ("max ms", row => Milliseconds(row.MaxMs)),
        ("behind ms", row => Number(row.BehindMs, "0")),
        ("a commit", row => row.Commits is { } one ? $"{Number(one.Readings)} in {Number(one.Ms, "0.0")} ms" : ""),
        ("start s", row => Number(row.StartSeconds, "0.00")),
        ("resident MB", row => Number(row.ResidentMegabytes)),
        ("peak MB", row => Number(row.PeakMegabytes)),
        ("managed MB", row => Number(row.ManagedMegabytes)),
        ("not stored, QoS 0", row => Number(row.Missing)),
        ("lost", row => Number(row.Lost)),
    ];

    public static void WriteTable(IReadOnlyList<Row> rows)
    {
        // What none of the rows has is no column.
        var columns = Columns.Where(column => rows.Any(row => column.Of(row).Length > 0)).ToArray();
        var table = new Table().Border(TableBorder.Rounded).AddColumns("way", "load");
        foreach (var (name, _) in columns)
            table.AddColumn(new TableColumn(name).RightAligned());
        table.AddColumns("target", "");
        foreach (var row in rows)
            table.AddRow([row.Way, row.Load, .. columns.Select(column => column.Of(row)), row.Target, row.IsGood ? "[green]met[/]" : "[red]missed[/]"]);
        // Redirected into a file there is no width to keep to.
        if (System.Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = 220;
        AnsiConsole.Write(table);
    }

    static string Number(double? number, string format = "#,0") => number?.ToString(format, CultureInfo.InvariantCulture) ?? "";

    static string Milliseconds(double milliseconds) => milliseconds == 0 ? "" : Number(milliseconds, "0.0");
}
