using System.CommandLine;
using CanhLu.Archive.Influx;
using CanhLu.Host.Commands;
using CanhLu.Tests.Archive;
using CanhLu.Tests.Host.SiteFiles;
using CanhLu.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Backtest;

/// <summary>The copy in a real InfluxDB, read back.</summary>
public sealed class InfluxRecordTests : IDisposable
{
    static readonly Instant Start = Instant.FromUtc(2025, 10, 28, 0, 0);

    readonly string _folder = Directory.CreateTempSubdirectory("canhlu-influx-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_the_follower_wrote_reads_back_equal_and_a_backtest_of_it_gives_the_alarms_of_the_archive()
    {
        await using var server = PointStore.Influx();
        await server.Start();
        await server.Query("CREATE DATABASE canhlu");
        var expected = new List<Reading>();
        await using (var rig = await ArchiveRig.Start(_folder, beside: services =>
        {
            services.AddInflux();
            services.Configure<InfluxOptions>(options => (options.Url, options.Delay) = (server.Url, TimeSpan.FromMilliseconds(20)));
        }))
        {
            await Fill(rig);
            var state = rig.Get<InfluxState>();
            await Eventually.True(() => state.Trouble is null && state.Copied.GetValueOrDefault("readings") >= rig.State.NextPosition, "all is copied", within: 60);
            using var history = new InfluxHistory(new InfluxOptions { Url = server.Url }, RealTime.Provider);
            var (read, shares) = (new List<Reading>(), new List<double>());
            await history.Read(
                ["stage", "battery", "mực \"nước\", m=1"], (quantity, device, unit, _) => rig.Book.All.Single(one => (one.Device, one.Quantity, one.Unit) == (device, quantity, unit)).Id,
                (page, share) =>
                {
                    read.AddRange(page);
                    shares.Add(share);
                },
                TestContext.Current.CancellationToken);
            rig.History.Past(Start - Duration.FromDays(1), Start + Duration.FromDays(30), (page, _) => expected.AddRange(page), TestContext.Current.CancellationToken);
            Assert.Equal(Sorted(expected), Sorted(read));
            Assert.Equal(read.Select(one => one.MeasuredAt).Order(), read.Select(one => one.MeasuredAt));
            Assert.Equal(shares.Order(), shares);
            Assert.Equal(1, shares[^1]);
            await rig.Stop();
        }
        Assert.True(expected.Count > 2_000);

        var archive = Run("--data", _folder);
        var copy = Run("--influx", server.Url.ToString());
        Assert.Equal((0, 0), (archive.Code, copy.Code));
        Assert.Contains("\"rule\":\"bao-dong\",\"from\":\"II\",\"to\":\"III\"", copy.Output, StringComparison.Ordinal);
        Assert.Equal(archive.Output, copy.Output);
        Assert.Contains("gone,stage was passed over", copy.Error, StringComparison.Ordinal);

        var one = Run("--influx", server.Url.ToString(), "--station", "tam-ky");
        Assert.Equal(0, one.Code);
        Assert.DoesNotContain("\"station\":\"an-ha\"", one.Output, StringComparison.Ordinal);
        Assert.Contains("\"station\":\"tam-ky\"", one.Output, StringComparison.Ordinal);

        Refused(1, ["--influx", server.Url.ToString(), "--database", "other"], "database not found");
        Refused(1, ["--influx", "http://127.0.0.1:9"], "http://127.0.0.1:9", "cannot be reached");
        Refused(2, ["--influx", "ftp://127.0.0.1"], "");
        Refused(2, ["--influx", "http://me:secret@127.0.0.1"], "");
        Refused(2, ["--influx", server.Url.ToString(), "--data", _folder], "");
        Refused(2, ["--data", _folder, "--database", "canhlu"], "");
    }

    static IEnumerable<(int, Instant, Instant, double, Flag)> Sorted(IEnumerable<Reading> readings) =>
        readings.Select(one => (one.Series.Value, one.MeasuredAt, one.ReceivedAt, one.Value, one.Flag)).Order();

    static void Refused(int code, string[] arguments, params string[] words)
    {
        var run = Run(arguments);
        Assert.Equal(code, run.Code);
        Assert.All(words, word => Assert.Contains(word, run.Error, StringComparison.Ordinal));
    }

    /// <summary>Five days: the river rises through all levels and falls, twice; with what came late, what is wrong, and a name that needs every escape.</summary>
    static async Task Fill(ArchiveRig rig)
    {
        var (stage, battery, other, gone, odd) = (
            rig.Book.Ensure("tk-gauge-1", "stage", "mm"), rig.Book.Ensure("tk-gauge-1", "battery", "V"), rig.Book.Ensure("ah-gauge-1", "stage", "mm"), rig.Book.Ensure("gone", "stage", "mm"),
            rig.Book.Ensure("a b,c=d", "mực \"nước\", m=1", "100%"));
        var readings = new List<Reading>();
        for (var i = 0; i < 720; i++)
        {
            var at = Start + Duration.FromMinutes(10 * i);
            readings.Add(new Reading(stage, at, at + Duration.FromMilliseconds(1500), (int)(1_900 + 1_100 * Math.Sin(i / 57.0)), i % 90 == 7 ? Flag.Fail : Flag.Good));
            readings.Add(new Reading(battery, at, at + Duration.FromTicks(10), 3.9 - i / 1e4, Flag.Good));
            readings.Add(new Reading(other, at + Duration.FromMilliseconds(1), at + Duration.FromDays(1), 300 + i % 50, Flag.Suspect));
            if (i % 100 == 0)
            {
                readings.Add(new Reading(gone, at, at, i, Flag.Good));
                readings.Add(new Reading(odd, at, at, 0.1 + i, Flag.NotEvaluated));
            }
        }
        Assert.True(await rig.Store(readings[500..].Concat(readings[..500])));
        rig.TakePages();
    }

    static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var parsed = new RootCommand { BacktestCommand.Create(RealTime.Provider) }.Parse(["backtest", "--json", "--site", Folders.TamKy, .. arguments]);
        var code = parsed.Invoke(new() { Output = output, Error = error });
        return (parsed.Errors.Count > 0 ? ExitCode.WrongUse : code, output.ToString(), error.ToString());
    }
}
