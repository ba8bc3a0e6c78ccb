using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using CanhLu.Archive;
using CanhLu.Host.Demo;
using CanhLu.Host.Heartbeats;
using CanhLu.Ingest;
using CanhLu.Ingest.Links;
using CanhLu.Tests.Archive.Influx;
using CanhLu.Tests.Support;
using MQTTnet;
using Xunit;

namespace CanhLu.Tests.Host;

/// <summary>The real engine, as systemd starts it.</summary>
public sealed class HeartbeatTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("canhlu-beat-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Systemd_hears_that_it_is_ready_that_it_lives_and_that_it_stops_and_an_address_hears_that_it_lives()
    {
        var path = Path.Combine(_folder, "notify");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        var (heard, topics) = (new List<string>(), new ConcurrentQueue<string>());
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var hearing = Hear(socket, heard, enough.Token);
        await using var watcher = await ScriptedServer.Start(_ => new(200));

        var ports = FreePorts.Take(2);
        var data = Path.Combine(_folder, "data");
        var account = await ProgramRun.Of("device", "add", "lan", "--technician", "--data", data, "--json");
        Assert.True(account.Code == 0, account.Error);
        var start = new ProcessStartInfo("dotnet", [EngineProcess.Program, "run", "--data", data, "--urls", $"http://127.0.0.1:{ports[0]}", "--mqtt", $"{ports[1]}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NOTIFY_SOCKET"] = path;
        start.Environment["WATCHDOG_USEC"] = "1000000";
        start.Environment["CANHLU_Heartbeat__Url"] = new Uri(watcher.Url, "ping/secret").ToString();
        start.Environment["CANHLU_Heartbeat__Mqtt"] = "true";
        start.Environment["CANHLU_Heartbeat__Every"] = "00:00:01";
        using var engine = Process.Start(start)!;
        var said = engine.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            await Eventually.True(() => Count("READY=1") == 1 && Count("WATCHDOG=1") >= 3 && watcher.AllAsked.Count >= 2, "it is ready, and lives");
            using var listens = await Listener(ports[1], JsonDocument.Parse(account.Output).RootElement.GetProperty("password").GetString(), topics);
            await Eventually.True(() => topics.Count >= 2, "a technician hears it at the door");
            using var stop = Process.Start("kill", ["-TERM", $"{engine.Id}"]);
            await engine.WaitForExitAsync(TestContext.Current.CancellationToken);
            await Eventually.True(() => Count("STOPPING=1") == 1, "it says that it stops");
        }
        finally
        {
            if (!engine.HasExited)
                engine.Kill();
        }
        Assert.All(topics, topic => Assert.EndsWith("/heartbeat", topic, StringComparison.Ordinal));
        Assert.DoesNotContain("secret", await said, StringComparison.Ordinal);
        await enough.CancelAsync();
        await hearing;

        int Count(string what)
        {
            lock (heard)
                return heard.Count(line => line == what);
        }
    }

    [Fact]
    public async Task At_a_broker_it_is_heard_and_a_broker_that_is_away_is_told()
    {
        await using var mosquitto = await Mosquitto.Start();
        var heard = new ConcurrentQueue<string>();
        using var listens = await Listener(mosquitto.Port, null, heard);
        var publisher = FrontPublisher.ToBroker(new Broker(mosquitto.Url, "canhlu", null, 1, 100, null, null), new BrokerOptions(), "heartbeat");
        var beat = new MqttBeat(publisher.Publish, "tam-ky", new ArchiveState(), RealTime.Clock);
        Assert.Null(await beat.Tell(TestContext.Current.CancellationToken));
        await Eventually.True(() => heard.Contains("canhlu/tam-ky/heartbeat"), "it is heard");
        await mosquitto.Stop();
        Assert.NotNull(await beat.Tell(TestContext.Current.CancellationToken));
    }

    static async Task<IMqttClient> Listener(int port, string? password, ConcurrentQueue<string> topics)
    {
        var client = new MqttClientFactory().CreateMqttClient();
        client.ApplicationMessageReceivedAsync += message =>
        {
            topics.Enqueue(message.ApplicationMessage.Topic);
            return Task.CompletedTask;
        };
        await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithCredentials("lan", password).Build(), TestContext.Current.CancellationToken);
        await client.SubscribeAsync("canhlu/+/heartbeat", cancellationToken: TestContext.Current.CancellationToken);
        return client;
    }

    static async Task Hear(Socket socket, List<string> heard, CancellationToken enough)
    {
        var buffer = new byte[4096];
        while (!enough.IsCancellationRequested)
        {
            try
            {
                var length = await socket.ReceiveAsync(buffer, enough);
                lock (heard)
                    heard.AddRange(Encoding.UTF8.GetString(buffer, 0, length).Split('\n', StringSplitOptions.RemoveEmptyEntries));
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
