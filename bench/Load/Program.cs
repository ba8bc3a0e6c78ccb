using CanhLu.Bench;

var port = 21883;
await using var bare = await BareServer.StartAsync(port);
foreach (var load in (Load[])[new(8, 100, 5), new(8, 1000, 5), new(100, 100, 5)])
{
    var m = await load.RunAsync("bare MQTTnet server", port, Payload.Single, _ => null, 1_700_000_000_000);
    Console.WriteLine($"{load} {m.MessagesPerSecond:N0}/s p50 {m.Milliseconds(50):0.0} p99 {m.Milliseconds(99):0.0} lost {m.Lost}");
}
