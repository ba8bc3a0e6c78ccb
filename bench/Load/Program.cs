using System.CommandLine;
using CanhLu.Bench;

var seconds = new Option<double>("--seconds") { Description = "how long each load lasts", DefaultValueFactory = _ => 5 };
var rounds = new Option<int>("--rounds") { Description = "how often bare and engine are measured in turn; the better of each counts", DefaultValueFactory = _ => 2 };
var messages = new Option<int>("--messages") { Description = "how many messages go through the outside broker", DefaultValueFactory = _ => 100_000 };
var only = new Option<string?>("--only") { Description = "one part only" };
only.AcceptOnlyFromAmong("embedded", "external", "latency", "broadcast", "page");
var folder = new Option<string?>("--folder") { Description = "where the archives are written; the machine's temporary files if not given" };
var json = new Option<bool>("--json") { Description = "one JSON object a line instead of a table" };
var root = new RootCommand("Bare MQTTnet and the engine at QoS 1 in one run, on loopback. Exit code 1 when a target is missed or anything is lost.")
{
    seconds, rounds, messages, only, folder, json,
};
root.SetAction(async (parsed, _) =>
{
    using var town = new Town(parsed.GetValue(folder));
    var rows = new List<Row>();
    var part = parsed.GetValue(only);
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
                Console.Error.WriteLine($"{row.Way}, {row.Load}: {row.MessagesPerSecond:N0}/s");
        }
    }
});
return await root.Parse(args).InvokeAsync();
