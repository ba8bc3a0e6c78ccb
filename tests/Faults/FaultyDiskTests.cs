using System.Globalization;
using CanhLu.FirmwareSim.Link;
using CanhLu.FirmwareSim.Storms;
using CanhLu.GatewaySim;
using CanhLu.Tests.Flow;
using CanhLu.Tests.Support;
using Xunit;

namespace CanhLu.Tests.Faults;

/// <summary>A disk that fails now and then, under the real process: strace makes the system say no to its writes and syncs of both stores.</summary>
[Collection(nameof(Storms))]
public sealed class FaultyDiskTests(ITestOutputHelper output)
{
    const int Stations = 40;
    const string Tracer = "/usr/bin/strace";

    [Fact]
    public async Task Writes_and_syncs_that_fail_at_random_lose_no_reading_and_no_warning_and_double_none()
    {
        Effort.Whole("Half a minute");
        if (!File.Exists(Tracer))
        {
            Assert.True(Environment.GetEnvironmentVariable("CI") != "true", $"{Tracer} is not installed.");
            Assert.Skip($"{Tracer} is not installed.");
        }
        var seed = int.TryParse(Environment.GetEnvironmentVariable("CANHLU_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        output.WriteLine($"CANHLU_SEED={seed}");
        var random = new Random(seed);
        await using var town = await StormTown.Build(Stations, new GatewaySimOptions { NoZalo = 0.3, ReceiptDelay = TimeSpan.FromMilliseconds(100) });
        var log = Path.Combine(town.SiteFolder, "strace.log");
        string[] stores = ["readings.duckdb", "readings.duckdb.wal", "operations.db", "operations.db-wal", "operations.db-journal"];
        // Counted by thread: each of them meets its first fault early, and then again and again.
        town.Engine.Within =
            $"{Tracer} -D -f -y -qq -o {log} {string.Concat(stores.Select(store => $"-P {Path.Combine(town.Data, store)} "))}-e trace=fsync,fdatasync,pwrite64 "
            + $"-e inject=fsync,fdatasync:error=EIO:when={random.Next(12, 40)}+{random.Next(31, 90)} -e inject=pwrite64:error=ENOSPC:when={random.Next(60, 200)}+{random.Next(150, 400)}";
        var storm = new Storm(
            new StormOptions
            {
                Broker = new("127.0.0.1", town.Door.Port),
                Devices = [.. town.Devices],
                Credentials = town.Credential,
                Rate = 200,
                Curve = new StageCurve(1.0, 2.85, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(Effort.Of(9, 120)), TimeSpan.FromSeconds(2)),
                Link = new LinkOptions { LongestPause = TimeSpan.FromSeconds(1) },
                Journal = town.Journal,
            },
            RealTime.Clock, RealTime.Provider);

        town.Engine.Start();
        await town.Engine.Ready();
        using var over = new CancellationTokenSource();
        var starts = Supervise(town, over.Token);
        var counts = await storm.Run(TestContext.Current.CancellationToken);
        await KillStormTests.Settled(town);
        await over.CancelAsync();
        output.WriteLine($"started again {await starts} times");
        await town.Engine.Stop();

        var faults = File.ReadLines(log).Where(line => line.EndsWith("(INJECTED)", StringComparison.Ordinal)).ToArray();
        foreach (var store in stores)
            output.WriteLine($"{store}: {faults.Count(line => line.Contains($"/{store}>", StringComparison.Ordinal))} faults");
        var account = StormAccount.Of(town);
        output.WriteLine($"{faults.Length} faults\n{account}\n{counts}");
        output.WriteLine(string.Join('\n', town.Engine.Said.Split('\n').Where(line => line.Contains("warn:", StringComparison.Ordinal) || line.Contains("fail:", StringComparison.Ordinal) || line.Contains("crit:", StringComparison.Ordinal)).Take(40)));
        Assert.True(faults.Length >= 10, $"{faults.Length} faults");
        Assert.Equal(account.Published, account.Acknowledged);
        Assert.Equal(account.Published, account.Stored);
        Assert.Equal(0, account.Missing);
        Assert.Empty(account.WrongStations);
        Assert.True(account.Bulletins >= Stations * 2 && account.Warned > 0, "every station was warned and had its all-clear");
        Assert.Equal((0, 0, 0), (account.Doubled, account.WithoutAllClear, account.AllClearTwice));
    }

    /// <summary>Starts the engine again when it has ended, as systemd does; returns how often.</summary>
    internal static async Task<int> Supervise(StormTown town, CancellationToken over)
    {
        var starts = 0;
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(200), RealTime.Provider);
        try
        {
            while (await look.WaitForNextTickAsync(over))
                if (town.Engine.IsOver)
                {
                    town.Engine.Start();
                    starts++;
                }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The storm is over.
        }
        return starts;
    }
}
