using System.CommandLine;
using CanhLu.Bench;
using CanhLu.Bench.Peers;

var seconds = new Option<double>("--seconds") { Description = "how long each load lasts", DefaultValueFactory = _ => 5 };
var rounds = new Option<int>("--rounds") { Description = "how often bare and engine are measured in turn; the better of each counts", DefaultValueFactory = _ => 2 };
var messages = new Option<int>("--messages") { Description = "how many messages go through the outside broker, and in a flood", DefaultValueFactory = _ => 100_000 };
var only = new Option<string?>("--only") { Description = "one part only" };
only.AcceptOnlyFromAmong("embedded", "external", "latency", "broadcast", "page", "peers", "matrix", "stations", "history", "soak");
var way = new Option<string?>("--way") { Description = "matrix: one way in only" };
way.AcceptOnlyFromAmong(Matrix.Ways);
var connections = new Option<int?>("--connections") { Description = "matrix: 10, 1000 or 10000 connections only" };
var series = new Option<int>("--series") { Description = "stations: up to so many series", DefaultValueFactory = _ => 1_000_000 };
var days = new Option<int>("--days") { Description = "history: up to so many days", DefaultValueFactory = _ => 5 * 365 };
var minutes = new Option<double>("--minutes") { Description = "soak: how long", DefaultValueFactory = _ => 60 };
var peer = new Option<string?>("--peer") { Description = "peers: one of them only" };
peer.AcceptOnlyFromAmong(Contest.Names);
var peerPart = new Option<string?>("--part") { Description = "peers: one part only" };
peerPart.AcceptOnlyFromAmong(Contest.Parts);
var kills = new Option<int>("--kills") { Description = "peers: how often each is killed", DefaultValueFactory = _ => 20 };
var folder = new Option<string?>("--folder") { Description = "where the archives are written; the machine's temporary files if not given" };
var json = new Option<bool>("--json") { Description = "one JSON object a line instead of a table" };
var root = new RootCommand("Bare MQTTnet and the engine at QoS 1 in one run, on loopback. Exit code 1 when a target is missed or anything is lost.")
{
    seconds, rounds, messages, only, way, connections, series, days, minutes, peer, peerPart, kills, folder, json,
};
root.SetAction(async (parsed, _) =>
{
    var part = parsed.GetValue(only);
    try
    {
        using var town = new Town(parsed.GetValue(folder), part == "matrix" ? Matrix.MostConnections : BenchSite.Stations);
        return part == "peers" ? await Compare(town) : await Measure(town, part);
    }
    catch (InvalidOperationException missing)
    {
        // What is not installed, or did not start: the message says what to do.
        await Console.Error.WriteLineAsync(missing.Message);
        return 1;
    }

    async Task<int> Measure(Town town, string? part)
    {
        var rows = new List<Row>();
        if (part is null or "embedded")
            await Take(Embedded.Run(town, parsed.GetValue(seconds), parsed.GetValue(rounds)));
        if (part is null or "external")
            await Take(External.Run(town, parsed.GetValue(messages), parsed.GetValue(rounds)));
        if (part is null or "latency")
            await Take(ToCarrier.Run(town, Math.Max(10, parsed.GetValue(seconds))));
        if (part == "broadcast")
            await Take(Crowd.Run(town));
        if (part == "page")
            await Take(Pages.Run(town, Math.Max(10, parsed.GetValue(seconds))));
        if (part == "matrix")
            await Take(Matrix.Run(town, parsed.GetValue(seconds), parsed.GetValue(way), parsed.GetValue(connections)));
        if (part == "stations")
            await Take(Growth.OfSeries(town, parsed.GetValue(series)));
        if (part == "history")
            await Take(Growth.OfHistory(town, parsed.GetValue(days)));
        if (part == "soak")
            await Take(Soak.Run(town, parsed.GetValue(minutes)));
        if (!parsed.GetValue(json))
            Report.WriteTable(rows);
        return rows.TrueForAll(row => row.IsGood) ? 0 : 1;

        async Task Take(IAsyncEnumerable<Row> some)
        {
            await foreach (var row in some)
            {
                rows.Add(row);
                if (parsed.GetValue(json))
                    Report.WriteJson(row);
                else
                    Console.Error.WriteLine($"{row.Way}, {row.Load}: {(row.StartSeconds is { } start ? $"{start:0.00} s" : $"{row.MessagesPerSecond:N0}/s")}");
            }
        }
    }

    async Task<int> Compare(Town town)
    {
        var rows = new List<PeerRow>();
        var contest = new Contest(town, Math.Max(10, parsed.GetValue(seconds)), parsed.GetValue(messages), parsed.GetValue(kills));
        await foreach (var row in contest.Run(parsed.GetValue(peer), parsed.GetValue(peerPart)))
        {
            rows.Add(row);
            if (parsed.GetValue(json))
                Report.WriteJson(row);
            else
                Console.Error.WriteLine($"{row.Peer}, {row.Load}: {row.MessagesPerSecond:N0}/s, p99 {row.P99Ms:0.0} ms, {row.Missing} of {row.Owed} missing, {row.Doubled} doubled");
        }
        if (!parsed.GetValue(json))
            PeerReport.WriteTable(rows);
        return rows.TrueForAll(row => row.IsGood) ? 0 : 1;
    }
});
var stations = new Option<int>("--stations") { DefaultValueFactory = _ => BenchSite.Stations };
var data = new Option<string>("--folder") { Required = true };
var broker = new Option<string?>("--broker");
var serve = new Command(Serving.Command, "The engine alone, for the other parts.") { stations, data, broker };
serve.Hidden = true;
serve.SetAction((parsed, _) => Serving.RunAsync(parsed.GetValue(stations), parsed.GetValue(data)!, parsed.GetValue(broker)));
root.Add(serve);
return await root.Parse(args).InvokeAsync();
