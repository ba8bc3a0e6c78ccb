using System.Globalization;
using System.Text.Json;
using CanhLu.Tests.Console;
using CanhLu.Tests.Support;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Host;

/// <summary>A flood goes on from its backup, on an empty machine.</summary>
public sealed class BackupTests : IDisposable
{
    const string Gauge = "tk-gauge-1";

    readonly string _folder = Directory.CreateTempSubdirectory("canhlu-backup-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_backup_made_under_load_restores_and_the_flood_goes_on_from_there_and_nobody_is_told_again()
    {
        var (backup, restored) = (Path.Combine(_folder, "backup"), Path.Combine(_folder, "restored"));
        await using (var engine = new RunningEngine())
        {
            await engine.InitializeAsync();
            await engine.Stages(Gauge, (Duration.FromMinutes(30), 1.66m), (Duration.FromMinutes(20), 1.68m), (Duration.FromMinutes(10), 1.75m));
            await Eventually.True(() => engine.Carriers.Letters().Count >= 3, "báo động I is told");
            await Settled(engine);
            using var enough = new CancellationTokenSource();
            var load = Load(engine, enough.Token);
            var made = await ProgramRun.Of("backup", "--data", engine.Folder, "--to", backup, "--url", engine.Page.ToString(), "--json");
            await enough.CancelAsync();
            Assert.True(await load > 100, "it was under load");
            Assert.True(made.Code == 0, made.Error);
            var facts = JsonElement.Parse(made.Output);
            Assert.True(facts.GetProperty("readings").GetInt64() > 100);
            Assert.Equal(["operations.db", "readings.duckdb"], facts.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("name").GetString()!));
        }
        Assert.True(File.Exists(Path.Combine(backup, "backup.json")));

        var run = await ProgramRun.Of("restore", backup, "--data", restored, "--json");
        Assert.True(run.Code == 0, run.Error);
        Assert.Equal(0, JsonElement.Parse(run.Output).GetProperty("unsettled_deliveries").GetInt64());
        await using (var engine = new RestoredEngine(restored))
        {
            await engine.InitializeAsync();
            Assert.Equal("I", (await engine.First("api/alarms", alarm => alarm.GetProperty("subject").GetString() == "tam-ky")).GetProperty("level").GetString());
            await engine.Stages(Gauge, [.. Enumerable.Range(0, 11).Select(minute => (Duration.FromMinutes(10 - minute), 1.75m + 0.05m * minute))]);
            await engine.First("api/alarms", alarm => alarm.GetProperty("subject").GetString() == "tam-ky" && alarm.GetProperty("level").GetString() == "II");
            await Settled(engine);
            Assert.DoesNotContain(engine.Carriers.Letters(), letter => letter.Text.Contains("bao dong I ", StringComparison.OrdinalIgnoreCase) && !letter.Text.Contains("bao dong II", StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task A_backup_that_was_touched_is_refused_and_nothing_is_overwritten()
    {
        var (data, backup) = (Path.Combine(_folder, "data"), Path.Combine(_folder, "backup"));
        (await ProgramRun.Of("backup", "--data", data)).IsRefusedWith("no operations store", "--data");
        await using (var engine = new RunningEngine())
        {
            await engine.InitializeAsync();
            await engine.Stop();
            // The engine has stopped: the command copies by itself.
            var made = await ProgramRun.Of("backup", "--data", engine.Folder, "--to", backup);
            Assert.True(made.Code == 0, made.Error);
            Assert.Contains("readings and the operations store as of", made.Output, StringComparison.Ordinal);
        }
        (await ProgramRun.Of("backup", "--data", _folder, "--to", backup)).IsRefusedWith("no operations store");
        (await ProgramRun.Of("restore", _folder, "--data", data)).IsRefusedWith("is no backup", "backup.json");
        Assert.Equal(0, (await ProgramRun.Of("restore", backup, "--data", data)).Code);
        (await ProgramRun.Of("restore", backup, "--data", data)).IsRefusedWith("nothing is overwritten");
        var store = Path.Combine(backup, "readings.duckdb");
        var bytes = await File.ReadAllBytesAsync(store, TestContext.Current.CancellationToken);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(store, bytes, TestContext.Current.CancellationToken);
        (await ProgramRun.Of("restore", backup, "--data", Path.Combine(_folder, "other"))).IsRefusedWith("damaged", "readings.duckdb");
        Assert.False(File.Exists(Path.Combine(_folder, "other", "operations.db")));
    }

    /// <summary>Publishes until it is enough; how many readings.</summary>
    static async Task<int> Load(RunningEngine engine, CancellationToken enough)
    {
        var count = 0;
        for (; !enough.IsCancellationRequested; count += 200)
        {
            var now = RunningEngine.Now.ToUnixTimeMilliseconds();
            await engine.Publish("cam-01", "[" + string.Join(',', Enumerable.Range(0, 200).Select(i => string.Create(CultureInfo.InvariantCulture, $"{{\"t\":{now - 200 + i},\"fps\":12}}"))) + "]");
        }
        return count;
    }

    static Task Settled(RunningEngine engine) => Eventually.True(
        () => engine.Get("api/deliveries").GetAwaiter().GetResult().EnumerateArray().All(one => one.GetProperty("state").GetString() is not ("Planned" or "HandedOver")),
        "everything is settled");

    sealed class RestoredEngine(string folder) : RunningEngine
    {
        protected override string? Stores => folder;
    }
}
