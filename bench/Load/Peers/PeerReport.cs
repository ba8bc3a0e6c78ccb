using System.Globalization;
using Spectre.Console;

namespace CanhLu.Bench.Peers;

/// <summary>Shows the comparison as a table, and under it what each peer cannot do.</summary>
static class PeerReport
{
    public static void WriteTable(IReadOnlyList<PeerRow> rows)
    {
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumns("peer", "load");
        foreach (var column in (string[])["messages/s", "p50 ms", "p99 ms", "max ms", "CPU µs", "broker's", "peak MB", "owed", "missing", "doubled", "of them with a key"])
            table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var row in rows)
            table.AddRow(
                row.Peer, row.Load, Number(row.MessagesPerSecond), Number(row.P50Ms, "0.0"), Number(row.P99Ms, "0.0"), Number(row.MaxMs, "0.0"), Number(row.CpuUs, "0.0"),
                Number(row.BrokerCpuUs, "0.0"), Number(row.PeakMegabytes), Number(row.Owed), Red(row.Missing), Red(row.Doubled), Number(row.DoubledWithKey));
        if (System.Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = 220;
        AnsiConsole.Write(table);
        foreach (var row in rows.Where(row => row.Cannot.Length > 0).DistinctBy(row => row.Peer))
            AnsiConsole.MarkupLineInterpolated($"[bold]{row.Peer}[/]: {row.Cannot}");
    }

    static string Red(int count) => count == 0 ? "0" : $"[red]{Number(count)}[/]";

    static string Number(double? number, string format = "#,0") => number?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
