using CanhLu.Archive;
using CanhLu.Archive.Influx;
using CanhLu.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Archive.Influx;

/// <summary>What the follower makes of answers that a real server seldom gives.</summary>
public sealed class FollowerTests : IDisposable
{
    static readonly ScriptedServer.Answer Stored = new(204);

    readonly string _folder = Directory.CreateTempSubdirectory("canhlu-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(500, "garbage")]
    [InlineData(503, "{\"error\":\"timeout\"}")]
    [InlineData(429, "")]
    [InlineData(401, "{\"error\":\"authorization failed\"}")]
    [InlineData(404, "{\"error\":\"database not found\"}")]
    [InlineData(200, "<html>Please sign in to the Wi-Fi</html>")]
    [InlineData(302, "")]
    public async Task Nothing_but_204_means_stored_and_trouble_parks_nothing(int status, string body)
    {
        await using var server = await ScriptedServer.Start(asked => asked.Number < 3 ? new(status, body) : Stored);
        await using var rig = await Follow(server);
        await Store(rig, 100);
        await Eventually.True(() => server.Taken.Count == 100, "all are stored");
        Assert.Equal(4, server.AllAsked.Count(asked => asked.Lines.Length == 100));
        Assert.Empty(ParkedLines.Of(_folder));
        await Eventually.True(() => rig.Said.Times(2008) > 0, "it says that it goes on");
        Assert.Equal((1, 1), (rig.Said.Times(2007), rig.Said.Times(2008)));
    }

    [Fact]
    public async Task A_server_that_asks_to_be_left_alone_is()
    {
        var times = new List<long>();
        await using var server = await ScriptedServer.Start(asked =>
        {
            times.Add(RealTime.Provider.GetTimestamp());
            return asked.Number == 0 ? new(503, "", RetryAfter: "2") : Stored;
        });
        await using var rig = await Follow(server, options => options.LongestWait = TimeSpan.FromSeconds(1));
        await Store(rig, 10);
        await Eventually.True(() => server.Taken.Count == 10, "all are stored");
        Assert.True(RealTime.Provider.GetElapsedTime(times[0], times[1]) >= TimeSpan.FromSeconds(1.9));
    }

    [Fact]
    public async Task The_bad_lines_are_found_and_parked_and_no_good_one_is_lost()
    {
        // Without a count, as 3 answers; half of it too much for one request, as a proxy in front may find.
        await using var server = await ScriptedServer.Start(asked =>
            asked.Lines.Length > 400 ? new(413, "too large") : asked.Lines.Any(IsBad) ? new(400, "{\"message\":\"partial write of line protocol occurred\"}") : Stored);
        await using var rig = await Follow(server, options => options.BatchCount = 1_000);
        await Store(rig, 1_000);
        await Eventually.True(() => rig.Get<InfluxState>().Copied.GetValueOrDefault("readings") > 1_000, "all are settled");
        Assert.Equal(990, server.Taken.Count);
        Assert.DoesNotContain(server.Taken, IsBad);
        Assert.Equal(10, ParkedLines.Of(_folder).Count());
        Assert.All(ParkedLines.Of(_folder), parked => Assert.True(IsBad(parked.Line) && parked.Reason == "partial write of line protocol occurred" && parked.Source == "readings"));
        Assert.True(rig.Said.Times(2009) is >= 1 and <= 10, "once a batch, not once a line");

        static bool IsBad(string line) => line.Split("value=")[1].Split(',')[0].EndsWith("99", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restart_goes_on_where_it_was_and_another_database_begins_anew()
    {
        await using var server = await ScriptedServer.Start(_ => Stored);
        await using (var rig = await Follow(server, options => options.Rewind = TimeSpan.Zero))
        {
            await Store(rig, 500);
            // What was stored and not yet noted would be written again: so much is allowed.
            await Eventually.True(() => rig.Get<InfluxState>().Copied.GetValueOrDefault("readings") > 500, "all are stored, and noted");
            await rig.Stop();
        }
        var before = server.AllAsked.Sum(asked => asked.Lines.Length);
        await using (var rig = await Follow(server, options => options.Rewind = TimeSpan.Zero))
        {
            await Store(rig, 100, from: 500);
            await Eventually.True(() => rig.Get<InfluxState>().Copied.GetValueOrDefault("readings") > 600, "the new ones are stored, and noted");
            await rig.Stop();
        }
        Assert.Equal(before + 100, server.AllAsked.Sum(asked => asked.Lines.Length));
        await using (var rig = await Follow(server, options => options.Database = "other"))
            await Eventually.True(() => server.AllAsked.Where(asked => asked.Path.Contains("db=other", StringComparison.Ordinal)).Sum(asked => asked.Lines.Length) == 600, "all again");
    }

    [Fact]
    public async Task What_a_calibration_restated_is_written_again_once_also_when_it_came_while_nobody_copied()
    {
        await using var server = await ScriptedServer.Start(_ => Stored);
        await using (var rig = await Follow(server, options => options.Rewind = TimeSpan.Zero))
        {
            await Store(rig, 500);
            await Eventually.True(() => rig.Get<InfluxState>().Copied.GetValueOrDefault("readings") > 500, "all are stored, and noted");
            await Calibrate(rig, (400, 7));
            await Eventually.True(() => Sent() == 600 && IsNoted(501), "what was changed, once more");
            await rig.Stop();
        }
        await using (var alone = await ArchiveRig.Start(_folder))
            await Calibrate(alone, (400, 7), (450, 9));
        await using (var rig = await Follow(server, options => options.Rewind = TimeSpan.Zero))
        {
            await Eventually.True(() => Sent() == 650, "what was changed meanwhile");
            await Store(rig, 10, from: 500);
            await Eventually.True(() => Sent() == 660 && IsNoted(511), "and what is new");
            await rig.Stop();
        }
        await using (var rig = await Follow(server, options => options.Rewind = TimeSpan.Zero))
        {
            await Store(rig, 1, from: 510);
            await Eventually.True(() => Sent() == 661, "nothing a third time");
        }

        bool IsNoted(int position) => File.ReadAllText(Path.Combine(_folder, Positions.FileName)).Contains($"\"readings\":{position}", StringComparison.Ordinal);

        int Sent() => server.AllAsked.Sum(asked => asked.Lines.Length);

        static async Task Calibrate(ArchiveRig rig, params (double Minute, double Offset)[] steps) => Assert.NotEqual(0, await rig.Get<OffsetChanges>().AdoptAsync(
            Offsets.Of(steps.Select(step => (new SeriesId(1), Given.Start + Duration.FromMinutes(step.Minute), step.Offset))), () => Task.CompletedTask, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_a_server_forgot_when_it_ended_is_written_again()
    {
        var first = await ScriptedServer.Start(_ => Stored);
        var url = first.Url;
        await using var rig = await Follow(first);
        await Store(rig, 300);
        await Eventually.True(() => first.Taken.Count == 300, "all are stored");
        await first.DisposeAsync();
        // A server that forgot everything, in the same place.
        await using var second = await ScriptedServer.Start(_ => Stored, url);
        await Store(rig, 10, from: 300);
        await Eventually.True(() => second.Taken.Count == 310, "all again");
    }

    [Fact]
    public async Task What_could_not_be_read_is_said_once_and_is_over_when_it_can_be_though_there_is_nothing_new_in_it()
    {
        await using var server = await ScriptedServer.Start(_ => Stored);
        var shut = new Shut();
        await using var rig = await Follow(server, beside: services => services.AddSingleton<ILineSource>(shut));
        var state = rig.Get<InfluxState>();
        await Eventually.True(() => state.Trouble == Shut.Reason && shut.Asked > 2, "it says why");
        // Another source that is copied meanwhile ends nothing.
        await Store(rig, 100);
        await Eventually.True(() => server.Taken.Count == 100, "what can be read is copied");
        var asked = shut.Asked;
        await Eventually.True(() => shut.Asked > asked + 2, "it is asked again");
        Assert.Equal((Shut.Reason, 1, 0), (state.Trouble, rig.Said.Times(2007), rig.Said.Times(2008)));
        shut.IsOpen = true;
        await Eventually.True(() => state.Trouble is null, "it goes on");
        Assert.Equal((1, 1), (rig.Said.Times(2007), rig.Said.Times(2008)));
    }

    [Fact]
    public async Task A_spike_is_written_again_with_its_flag()
    {
        await using var server = await ScriptedServer.Start(_ => Stored);
        await using var rig = await Follow(server, quality: new SpikeOfAThousand());
        var stage = rig.Book.Ensure("a", "stage", "mm");
        await rig.Store(Given.Reading(stage, 0, 10), Given.Reading(stage, 1, 9_000));
        await Eventually.True(() => server.Taken.Count == 2, "as they came");
        await rig.Store(Given.Reading(stage, 2, 11));
        await Eventually.True(() => server.Taken.Any(line => line.Contains("value=9000,flag=4i", StringComparison.Ordinal)), "with its flag");
    }

    [Fact]
    public async Task Spikes_one_after_the_other_are_each_written_again_and_the_copy_goes_on()
    {
        await using var server = await ScriptedServer.Start(_ => Stored);
        var stage = new SeriesId(1);
        await using (var alone = await ArchiveRig.Start(_folder, quality: new SpikeOfAThousand()))
        {
            Assert.Equal(stage, alone.Book.Ensure("a", "stage", "mm"));
            foreach (var (minute, value) in ((int, double)[])[(0, 30_000), (1, 20_000), (2, 11)])
                await alone.Store(Given.Reading(stage, minute, value));
        }
        await using var rig = await Follow(server);
        await Eventually.True(() => new[] { 30_000, 20_000 }.All(spike => server.Taken.Any(line => line.Contains($"value={spike},flag=4i", StringComparison.Ordinal))), "with their flags");
        await rig.Store(Given.Reading(stage, 3, 12));
        await Eventually.True(() => server.Taken.Any(line => line.Contains("value=12,", StringComparison.Ordinal)), "it goes on");
    }

    [Fact]
    public async Task The_second_version_has_its_path_and_its_token_and_no_secret_is_logged()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "token"), "s3cr3t\n", TestContext.Current.CancellationToken);
        await using var server = await ScriptedServer.Start(asked => asked.Number == 0 ? new(401, "") : Stored);
        await using var rig = await Follow(server, options =>
        {
            options.Api = InfluxApi.V2;
            options.Organisation = "city of Tam Kỳ";
            options.TokenFile = Path.Combine(_folder, "token");
            options.Gzip = false;
        });
        await Store(rig, 1);
        await Eventually.True(() => server.Taken.Count == 1, "it is stored");
        Assert.All(server.AllAsked, asked => Assert.Equal(
            ("/api/v2/write?bucket=canhlu&precision=us&org=city%20of%20Tam%20K%E1%BB%B3", "Token s3cr3t"), (asked.Path, asked.Authorization)));
        Assert.DoesNotContain(rig.Said.Lines, line => line.Text.Contains("s3cr3t", StringComparison.Ordinal));
    }

    [Fact]
    public void Settings_that_cannot_be_are_named_all_at_once()
    {
        var services = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddInflux();
        services.Configure<InfluxOptions>(options =>
        {
            options.Url = new Uri("ftp://somebody:secret@127.0.0.1");
            options.TokenFile = Path.Combine(_folder, "not-there");
            options.BatchCount = 0;
        });
        using var provider = services.BuildServiceProvider();
        var said = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<InfluxOptions>>().Value).Message;
        Assert.All(["http(s)", "PasswordFile", "not-there", "BatchCount"], what => Assert.Contains(what, said, StringComparison.Ordinal));
    }

    Task<ArchiveRig> Follow(ScriptedServer server, Action<InfluxOptions>? configure = null, IQualityControl? quality = null, Action<IServiceCollection>? beside = null) => ArchiveRig.Start(_folder, quality: quality, beside: services =>
    {
        services.AddInflux();
        beside?.Invoke(services);
        services.Configure<InfluxOptions>(options =>
        {
            options.Url = server.Url;
            options.Delay = TimeSpan.FromMilliseconds(20);
            configure?.Invoke(options);
        });
    });

    static async Task Store(ArchiveRig rig, int count, int from = 0)
    {
        var stage = rig.Book.Ensure("a", "stage", "mm");
        Assert.True(await rig.Store(Enumerable.Range(from, count).Select(i => Given.Reading(stage, i, i))));
        rig.TakePages();
    }

    /// <summary>Cannot be read until it is open, and has nothing then.</summary>
    sealed class Shut : ILineSource
    {
        public const string Reason = "It is shut.";

        volatile int _asked;
        volatile bool _isOpen;

        public int Asked => _asked;

        public bool IsOpen
        {
            set => _isOpen = value;
        }

        public string Name => "shut";

        public long End => 1;

        public ValueTask<long> Read(long from, int most, LineBuffer lines, CancellationToken cancellation)
        {
            _asked++;
            return _isOpen ? new(from) : throw new IOException(Reason);
        }
    }

    /// <summary>Whoever is a thousand above both neighbours is a spike.</summary>
    sealed class SpikeOfAThousand : IQualityControl
    {
        Reading? _before;

        public void Judge(Span<Reading> readings, List<FlagCorrection> corrections)
        {
            foreach (ref var reading in readings)
            {
                if (_before is { } before)
                {
                    var isSpike = before.Value > reading.Value + 1_000;
                    reading = reading with { Tests = reading.Tests.WithSpikeBefore(isSpike ? Flag.Fail : Flag.Good) };
                    if (isSpike)
                        corrections.Add(new FlagCorrection(before.Series, before.MeasuredAt, Flag.Fail, before.Tests.With(QualityTest.Spike, Flag.Fail)));
                }
                _before = reading;
            }
        }
    }
}
