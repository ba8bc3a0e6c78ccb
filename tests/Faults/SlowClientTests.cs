using System.Net;
using System.Net.Sockets;
using System.Text;
using CanhLu.FirmwareSim.Link;
using CanhLu.FirmwareSim.Storms;
using CanhLu.GatewaySim;
using CanhLu.Tests.Flow;
using CanhLu.Tests.Support;
using Xunit;

namespace CanhLu.Tests.Faults;

/// <summary>Hundreds of visitors who only hold on: headers and bodies that come byte by byte, and streams that nobody reads.</summary>
[Collection(nameof(Storms))]
public sealed class SlowClientTests(ITestOutputHelper output)
{
    const int Stations = 40;
    const int Clients = 500;
    const long MostMemory = 768L << 20;

    [Fact]
    public async Task Five_hundred_slow_clients_hold_up_neither_the_readings_nor_the_officer()
    {
        Effort.Whole("Half a minute");
        await using var town = await StormTown.Build(Stations, new GatewaySimOptions { NoZalo = 0.3, ReceiptDelay = TimeSpan.FromMilliseconds(100) });
        var storm = new Storm(
            new StormOptions
            {
                Broker = new("127.0.0.1", town.Door.Port),
                Devices = [.. town.Devices],
                Credentials = town.Credential,
                Rate = 200,
                Curve = new StageCurve(1.0, 2.4, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(Effort.Of(8, 60)), TimeSpan.FromSeconds(2)),
                Link = new LinkOptions { LongestPause = TimeSpan.FromSeconds(1) },
                Journal = town.Journal,
            },
            RealTime.Clock, RealTime.Provider);
        town.Engine.Start();
        await town.Engine.Ready();
        using var over = new CancellationTokenSource();
        var page = new IPEndPoint(IPAddress.Loopback, town.Page.Port);
        var slow = Enumerable.Range(0, Clients).Select(i => Hold(page, i, over.Token)).ToArray();
        var blowing = storm.Run(TestContext.Current.CancellationToken);
        List<TimeSpan> waits;
        try
        {
            waits = await Ask(town, blowing);
        }
        catch (HttpRequestException)
        {
            output.WriteLine($"ended: {town.Engine.IsOver}\n{town.Engine.Said}");
            throw;
        }
        var memory = town.Engine.MemoryBytes;
        var counts = await blowing;
        await over.CancelAsync();
        var ends = await Task.WhenAll(slow);
        await KillStormTests.Settled(town);
        Assert.Equal(0, await town.Engine.Stop());

        var account = StormAccount.Of(town);
        waits.Sort();
        output.WriteLine($"{account}\n{counts}\nslow clients: {ends.Count(closed => closed)} of {Clients} were closed by the engine; {memory >> 20} MiB");
        output.WriteLine($"the officer asked {waits.Count} times: half within {waits[waits.Count / 2].TotalMilliseconds:0} ms, 95 of 100 within {waits[waits.Count * 95 / 100].TotalMilliseconds:0} ms, all within {waits[^1].TotalMilliseconds:0} ms");
        Assert.True(waits.Count > 20 && waits[waits.Count * 95 / 100] < TimeSpan.FromSeconds(1), "the officer waits");
        Assert.True(memory < MostMemory, $"{memory >> 20} MiB");
        // A body that comes slower than 240 bytes a second is not waited for (Kestrel's limit, after five seconds).
        Assert.True(ends.Where((_, i) => i % 3 == 1).Count(closed => closed) > Clients / 3 / 2, "slow bodies are closed");
        Assert.Equal(account.Published, account.Acknowledged);
        Assert.Equal(account.Published, account.Stored);
        Assert.Empty(account.WrongStations);
        Assert.True(account.Bulletins >= Stations * 2 && account.Warned > 0, "every station was warned and had its all-clear");
        Assert.Equal((0, 0, 0), (account.Doubled, account.WithoutAllClear, account.AllClearTwice));
    }

    /// <summary>An honest officer asks what stands, five times a second; how long each answer took.</summary>
    static async Task<List<TimeSpan>> Ask(StormTown town, Task until)
    {
        var waits = new List<TimeSpan>();
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
        using var pulse = new PeriodicTimer(TimeSpan.FromMilliseconds(200), RealTime.Provider);
        while (!until.IsCompleted && await pulse.WaitForNextTickAsync(TestContext.Current.CancellationToken))
        {
            var began = RealTime.Provider.GetTimestamp();
            using var answer = await http.GetAsync(new Uri(town.Page, "api/alarms?open=true"), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
            waits.Add(RealTime.Provider.GetElapsedTime(began));
        }
        return waits;
    }

    /// <summary>One slow client; returns whether the engine closed the connection before it was told to go.</summary>
    static async Task<bool> Hold(IPEndPoint page, int number, CancellationToken over)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = 4096 };
        try
        {
            await socket.ConnectAsync(page, over);
            var begin = (number % 3) switch
            {
                0 => "GET /api/alarms HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
                1 => "POST /api/sms HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{",
                _ => "GET /api/live HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n",
            };
            await socket.SendAsync(Encoding.ASCII.GetBytes(begin), over);
            using var drip = new PeriodicTimer(TimeSpan.FromSeconds(1), RealTime.Provider);
            while (await drip.WaitForNextTickAsync(over))
            {
                if (number % 3 < 2)
                    await socket.SendAsync("x"u8.ToArray(), over);
                // An answer to a request that is not whole is the end of it.
                if (number % 3 < 2 && socket.Poll(TimeSpan.Zero, SelectMode.SelectRead))
                    return true;
            }
            return false;
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
