using System.Globalization;
using System.Text.Json;
using CanhLu.Archive.Influx;
using CanhLu.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Archive.Influx;

/// <summary>The real servers of Debian.</summary>
public sealed class PointStoreTests : IDisposable
{
    static readonly string[] Names =
    [
        "stage", "mực nước".Normalize(System.Text.NormalizationForm.FormC), "mực nước".Normalize(System.Text.NormalizationForm.FormD), "a b", " a", "a ", "a,b", "a=b", ",", "=", @"a\b", @"\", @"ends\",
        @"a\ b", @"a\,b", "two\nlines", "\n", "\r\n", "a\tb", "#1", "100%", "%0A", "%", "💧 lũ", "\"said\"", "'said'", "_field", "time", "\u0001",
    ];

    static readonly double[] Values = [0, -0.0, 1e308, -1e308, double.MaxValue, double.Epsilon, 0.1, -2680, 123456789.123456789, 9007199254740993];

    static readonly Instant[] Times =
    [
        Instant.FromUtc(1700, 1, 1, 0, 0), Instant.FromUtc(1969, 12, 31, 23, 59, 59) + Duration.FromMilliseconds(999), NodaConstants.UnixEpoch,
        Instant.FromUtc(2024, 2, 29, 23, 59, 59), Instant.FromUtc(2025, 10, 29, 14, 0) + Duration.FromTicks(1234560), Instant.FromUtc(2262, 4, 11, 0, 0),
    ];

    readonly string _folder = Directory.CreateTempSubdirectory("canhlu-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_kind_of_name_value_and_time_reads_back_equal_from_InfluxDB()
    {
        await using var server = PointStore.Influx();
        await server.Start();
        await server.Query("CREATE DATABASE canhlu");
        await using var rig = await Follow(server);
        var written = await Store(rig, Values, Times);
        await CaughtUp(rig);

        var read = new HashSet<(string, string, Instant, string, long)>();
        foreach (var one in (await server.Query("SELECT * FROM /.*/ GROUP BY *")).GetProperty("series").EnumerateArray())
        {
            var columns = one.GetProperty("columns").EnumerateArray().Select(column => column.GetString()).ToList();
            foreach (var row in one.GetProperty("values").EnumerateArray())
            {
                Assert.True(read.Add((
                    LineName.Read(one.GetProperty("name").GetString()!), LineName.Read(one.GetProperty("tags").GetProperty("device").GetString()!),
                    Instant.FromUnixTimeTicks(row[0].GetInt64() * 10), Exact(row[columns.IndexOf("value")].GetDouble()), row[columns.IndexOf("flag")].GetInt64())));
            }
        }
        Assert.Equal(written.Order(), read.Order());
        Assert.Equal(0, Parked());
    }

    [Fact]
    public async Task Every_kind_of_name_and_what_VictoriaMetrics_can_hold_reads_back_equal_from_it()
    {
        await using var server = PointStore.VictoriaMetrics();
        await server.Start();
        await using var rig = await Follow(server, options => options.Precision = InfluxPrecision.Milliseconds);
        // It keeps milliseconds since 1970, and decimal numbers that share their exponent with their neighbours; 0 and -0 are one to it.
        var written = await Store(rig, [0, 0.1, -2680, 1234567.891], [.. Times.Where(time => time > NodaConstants.UnixEpoch && time.ToUnixTimeTicks() % 10_000 == 0 && time < Instant.FromUtc(2100, 1, 1, 0, 0))]);
        await CaughtUp(rig);

        var read = new HashSet<(string, string, Instant, string, long)>();
        var all = await server.Export();
        var flags = all.Where(IsOf("_flag")).ToDictionary(one => NameOf(one, "_flag"), one => one.GetProperty("values"));
        foreach (var one in all.Where(IsOf("_value")))
        {
            var name = NameOf(one, "_value");
            foreach (var (at, value) in one.GetProperty("timestamps").EnumerateArray().Zip(one.GetProperty("values").EnumerateArray()))
                Assert.True(read.Add((name.Quantity, name.Device, Instant.FromUnixTimeMilliseconds(at.GetInt64()), Exact(value.GetDouble()), flags[name][0].GetInt64())));
        }
        Assert.Equal(written.Order(), read.Order());

        static Func<JsonElement, bool> IsOf(string field) => one => one.GetProperty("metric").GetProperty("__name__").GetString()!.EndsWith(field, StringComparison.Ordinal);

        static (string Quantity, string Device) NameOf(JsonElement one, string field) => (
            LineName.Read(one.GetProperty("metric").GetProperty("__name__").GetString()![..^field.Length]), LineName.Read(one.GetProperty("metric").GetProperty("device").GetString()!));
    }

    [Fact]
    public async Task Whole_numbers_and_texts_read_back_equal()
    {
        await using var server = PointStore.Influx();
        await server.Start();
        await server.Query("CREATE DATABASE canhlu");
        var kinds = new Kinds();
        await using var rig = await Follow(server, beside: services => services.AddSingleton<ILineSource>(kinds));
        await CaughtUp(rig);
        var rows = (await server.Query("SELECT \"number\", \"text\" FROM \"kinds\"")).GetProperty("series")[0].GetProperty("values").EnumerateArray().ToList();
        Assert.Equal(kinds.All, rows.Select(row => (row[1].GetInt64(), row[2].GetString()!)));
    }

    [Fact]
    public async Task What_the_server_will_never_take_is_parked_with_its_reason_and_the_rest_is_stored()
    {
        await using var server = PointStore.Influx();
        await server.Start();
        await server.Query("CREATE DATABASE canhlu");
        using (var client = new HttpClient())
            (await client.PostAsync(new Uri(server.Url, "/write?db=canhlu"), new StringContent("stage,device=strange value=\"a text\" 1"), TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        // Whose field it is decides the shard of its week; another week takes numbers.
        await using var rig = await Follow(server, options => options.BatchCount = 100);
        var (stage, battery) = (rig.Book.Ensure("a", "stage", "mm"), rig.Book.Ensure("a", "battery", "V"));
        await rig.Store(Enumerable.Range(0, 1_000).SelectMany(i => new[]
        {
            new Reading(stage, NodaConstants.UnixEpoch + Duration.FromSeconds(i % 300 == 7 ? i : 86_400 * 365 + i), Given.Start, i, Flag.Good),
            new Reading(battery, Given.Start + Duration.FromSeconds(i), Given.Start, i, Flag.Good),
        }));
        await CaughtUp(rig);
        Assert.Equal(996, await Count(server, "stage", "device = 'a'"));
        Assert.Equal(1_000, await Count(server, "battery"));
        var parked = ParkedLines.Of(_folder).ToList();
        Assert.Equal(4, parked.Count);
        Assert.All(parked, one => Assert.Contains("field type conflict", one.Reason, StringComparison.Ordinal));
        Assert.Equal(["7", "307", "607", "907"], parked.Select(one => one.Line.Split("value=")[1].Split(',')[0]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_million_readings_stored_while_the_server_is_down_and_killed_in_mid_batch_are_all_there_once(bool victoria)
    {
        Effort.Whole("Twenty seconds");
        const int Million = 1_000_000, Devices = 20;
        await using var server = victoria ? PointStore.VictoriaMetrics() : PointStore.Influx();
        await using var rig = await Follow(server, options => options.LongestWait = TimeSpan.FromSeconds(1));
        var series = Enumerable.Range(0, Devices).Select(i => rig.Book.Ensure($"gauge-{i}", "stage", "mm")).ToArray();
        for (var i = 0; i < Million; i += 10_000)
        {
            var first = i;
            Assert.True(await rig.Store(Enumerable.Range(first, 10_000).Select(n =>
                new Reading(series[n % Devices], Given.Start + Duration.FromSeconds(n / Devices), Given.Start, n, Flag.Good))));
            rig.TakePages();
        }
        var state = rig.Get<InfluxState>();
        await Eventually.True(() => state.Trouble is not null, "the follower says that the server is down");
        await server.Start();
        if (!victoria)
            await server.Query("CREATE DATABASE canhlu");
        foreach (var left in new[] { 700_000, 300_000 })
        {
            await Eventually.True(() => state.Trouble is null && state.Behind < left, $"all but {left} are copied", within: 120);
            await server.Kill();
            await server.Start();
        }
        await CaughtUp(rig, Million);

        if (victoria)
        {
            var all = (await server.Export()).Where(one => one.GetProperty("metric").GetProperty("__name__").GetString() == "stage_value").ToList();
            Assert.Equal(Devices, all.Count);
            Assert.All(all, one => Assert.Equal(Million / Devices, one.GetProperty("timestamps").EnumerateArray().Select(at => at.GetInt64()).Distinct().Count()));
            Assert.Equal(Million, all.Sum(one => one.GetProperty("values").GetArrayLength()));
            Assert.Equal((long)Million * (Million - 1) / 2, all.Sum(one => one.GetProperty("values").EnumerateArray().Sum(value => value.GetInt64())));
            return;
        }
        var row = (await server.Query("SELECT count(\"value\"), sum(\"value\") FROM \"stage\"")).GetProperty("series")[0].GetProperty("values")[0];
        Assert.Equal(Million, row[1].GetInt64());
        Assert.Equal((double)Million * (Million - 1) / 2, row[2].GetDouble());
    }

    /// <summary>An archive and its copy to a server.</summary>
    Task<ArchiveRig> Follow(PointStore server, Action<InfluxOptions>? configure = null, Action<IServiceCollection>? beside = null) => ArchiveRig.Start(_folder, beside: services =>
    {
        services.AddInflux();
        services.Configure<InfluxOptions>(options =>
        {
            options.Url = server.Url;
            options.Delay = TimeSpan.FromMilliseconds(20);
            configure?.Invoke(options);
        });
        beside?.Invoke(services);
    });

    /// <summary>One reading of every name and value, at every time; what must come back of them.</summary>
    static async Task<HashSet<(string, string, Instant, string, long)>> Store(ArchiveRig rig, IReadOnlyList<double> values, IReadOnlyList<Instant> times)
    {
        var written = new HashSet<(string, string, Instant, string, long)>();
        foreach (var (i, name) in Names.Index())
        {
            var series = rig.Book.Ensure(Names[(i + 5) % Names.Length], name, "100%");
            var flag = i % 2 == 0 ? Flag.Good : Flag.Missing;
            Assert.True(await rig.Store(times.SelectMany((at, j) => values.Select((value, k) => (At: at + Duration.FromSeconds(k), Value: value)))
                .Select(one => new Reading(series, one.At, Given.Start, one.Value, flag))));
            foreach (var at in times)
            {
                foreach (var (k, value) in values.Index())
                    written.Add((name, Names[(i + 5) % Names.Length], at + Duration.FromSeconds(k), Exact(value), (long)flag));
            }
        }
        rig.TakePages();
        return written;
    }

    static async Task CaughtUp(ArchiveRig rig, int readings = 0)
    {
        var (state, sources) = (rig.Get<InfluxState>(), rig.Get<IEnumerable<ILineSource>>().ToList());
        await Eventually.True(
            () => state.Trouble is null && rig.State.NextPosition > readings && sources.All(source => state.Copied.GetValueOrDefault(source.Name) >= source.End),
            "the copy has caught up", within: 120);
    }

    int Parked() => ParkedLines.Of(_folder).Count();

    static async Task<long> Count(PointStore server, string measurement, string where = "value != 0 OR value = 0") =>
        (await server.Query($"SELECT count(\"value\") FROM \"{measurement}\" WHERE {where}")).GetProperty("series")[0].GetProperty("values")[0][1].GetInt64();

    static string Exact(double value) => BitConverter.DoubleToInt64Bits(value).ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Whole numbers to their limits, and texts with everything that needs an escape.</summary>
    sealed class Kinds : ILineSource
    {
        public IReadOnlyList<(long Number, string Text)> All { get; } =
        [
            (long.MinValue, "a \"word\""), (long.MaxValue, @"a\b"), (0, @"ends\"), (-1, "two\nlines"), (1, "a,b=c d"), (2, "mực nước 💧"), (3, ""), (4, "#"), (5, "\\\""),
        ];

        public string Name => "kinds";

        public long End => 1;

        public ValueTask<long> Read(long from, int most, LineBuffer lines, CancellationToken cancellation)
        {
            if (from >= End)
                return new(from);
            foreach (var (i, (number, text)) in All.Index())
            {
                lines.Key(LineBuffer.KeyOf("kinds"));
                lines.Field("number"u8, number);
                lines.Field("text"u8, text);
                lines.End(Given.Start + Duration.FromSeconds(i));
            }
            return new(End);
        }
    }
}
