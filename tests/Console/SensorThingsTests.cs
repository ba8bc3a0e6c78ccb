using System.Globalization;
using System.Text;
using System.Text.Json;
using CanhLu.Tests.Support;
using NodaTime;
using NodaTime.Text;
using Xunit;

namespace CanhLu.Tests.Console;

/// <summary>An engine whose SensorThings API everybody may read, though it asks everybody else to sign in.</summary>
public sealed class OpenThingsEngine : RunningEngine
{
    protected override Dictionary<string, string?> Own => new()
    {
        ["Accounts:Mode"] = "required",
        ["SensorThings:Public"] = "true",
        ["Accounts:PublicPerMinute"] = "100000",
    };
}

/// <summary>The SensorThings API of the whole engine, asked from outside.</summary>
public sealed class SensorThingsTests(OpenThingsEngine engine) : IClassFixture<OpenThingsEngine>
{
    const string Root = "sta/v1.1";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_map_gets_places_and_the_newest_stage_of_each_station_in_one_question()
    {
        await Filled();
        var things = (await Get("Things?$expand=Locations,Datastreams/Observations($top=1;$orderby=phenomenonTime desc)&$orderby=name")).GetProperty("value").EnumerateArray().ToList();
        Assert.Equal(["An Hà", "Tam Kỳ", "Tam Ngọc"], things.Select(one => one.GetProperty("name").GetString()));
        var city = things[1];
        Assert.Equal(("tam-ky", engine.Page + Root + "/Things('tam-ky')"), (city.GetProperty("@iot.id").GetString(), city.GetProperty("@iot.selfLink").GetString()));
        Assert.Equal([108.4945, 15.5685], city.GetProperty("Locations")[0].GetProperty("location").GetProperty("coordinates").EnumerateArray().Select(one => one.GetDouble()));
        Assert.Equal(1.7, city.GetProperty("properties").GetProperty("alarm_levels_m")[0].GetProperty("I").GetDouble());
        var stage = city.GetProperty("Datastreams").EnumerateArray().Single(one => one.GetProperty("name").GetString()!.Contains("stage", StringComparison.Ordinal));
        Assert.Equal("m", stage.GetProperty("unitOfMeasurement").GetProperty("symbol").GetString());
        var newest = Assert.Single(stage.GetProperty("Observations").EnumerateArray());
        Assert.Equal((1.349, 1), (newest.GetProperty("result").GetDouble(), newest.GetProperty("resultQuality").GetProperty("qartod").GetInt32()));
        Assert.Equal(newest.GetProperty("phenomenonTime").GetString(), (await Follow(newest.GetProperty("@iot.selfLink").GetString()!)).GetProperty("phenomenonTime").GetString());
        // And the rest of them behind the next link.
        Assert.Equal(1.348, (await Follow(stage.GetProperty("Observations@iot.nextLink").GetString()!)).GetProperty("value")[0].GetProperty("result").GetDouble());
    }

    [Fact]
    public async Task Every_link_of_every_entity_leads_somewhere()
    {
        await Filled();
        var (waiting, seen) = (new Queue<string>(), new HashSet<string>());
        foreach (var set in (await Get("")).GetProperty("value").EnumerateArray())
            waiting.Enqueue(set.GetProperty("url").GetString()!);
        Assert.Equal(8, waiting.Count);
        while (waiting.TryDequeue(out var link) && seen.Count < Effort.Of(250, 5_000))
        {
            if (!seen.Add(link))
                continue;
            var answer = await Follow(link);
            foreach (var found in Links(answer))
                waiting.Enqueue(found);
        }
        Assert.True(seen.Count > 100, $"{seen.Count} links");

        static IEnumerable<string> Links(JsonElement node) => node.ValueKind switch
        {
            JsonValueKind.Object => node.EnumerateObject().SelectMany(one =>
                one.Name.EndsWith("Link", StringComparison.Ordinal) ? [one.Value.GetString()!] : one.Name == "value" ? Links(one.Value) : []),
            JsonValueKind.Array => node.EnumerateArray().Take(3).SelectMany(Links),
            _ => [],
        };
    }

    [Fact]
    public async Task Pages_give_every_observation_once_and_count_them()
    {
        await Filled();
        var stage = await Stage();
        var all = new List<double>();
        var link = $"{engine.Page}{Root}/Datastreams({stage})/Observations?$count=true&$top=37&$orderby=phenomenonTime asc&$select=result";
        for (var pages = 0; ; pages++)
        {
            var page = await Follow(link);
            Assert.Equal(150, page.GetProperty("@iot.count").GetInt32());
            Assert.All(page.GetProperty("value").EnumerateArray(), one => Assert.Equal(["result"], one.EnumerateObject().Select(property => property.Name)));
            all.AddRange(page.GetProperty("value").EnumerateArray().Select(one => one.GetProperty("result").GetDouble()));
            if (!page.TryGetProperty("@iot.nextLink", out var next))
            {
                Assert.Equal(4, pages);
                break;
            }
            link = next.GetString()!;
        }
        Assert.Equal(Enumerable.Range(0, 150).Select(i => (1200 + i) / 1000.0), all);
    }

    [Theory]
    [InlineData("Things?$filter=name eq 'Tam Kỳ'", 1)]
    [InlineData("Things?$filter=name ne 'Tam Kỳ' and not (id eq 'an-ha')", 1)]
    [InlineData("Things?$filter=properties/river eq 'Tam Kỳ' and properties/report_every_s ge 600", 3)]
    [InlineData("Things?$filter=Datastreams/ObservedProperty/name eq 'fps'", 1)]
    [InlineData("Things?$filter='it''s' eq name", 0)]
    [InlineData("Things?$top=0&$count=true", 0)]
    [InlineData("Things?$skip=2", 1)]
    [InlineData("Things('tam-ky')/Datastreams?$filter=ObservedProperty/id eq 'stage'", 1)]
    [InlineData("ObservedProperties('stage')/Datastreams?$filter=Thing/id eq 'tam-ky' or Thing/id eq 'an-ha'", 2)]
    [InlineData("Sensors('tk-gauge-1')/Datastreams?$filter=unitOfMeasurement/symbol eq 'V'", 1)]
    [InlineData("Datastreams({stage})/Thing/Locations", 1)]
    [InlineData("Datastreams({stage})/Observations?$filter=result ge 1.34", 10)]
    [InlineData("Datastreams({stage})/Observations?$filter=1.34 le result and resultQuality/qartod eq 1 and not (result eq 1.345)", 9)]
    [InlineData("Datastreams({stage})/Observations?$filter=phenomenonTime ge {ten} and phenomenonTime lt {twenty}", 10)]
    [InlineData("Datastreams({stage})/Observations?$filter=resultTime ge '{ten}' and (result lt 1.34 or result gt 1.348)&$top=1000", 131)]
    [InlineData("FeaturesOfInterest('tam-ky')/Observations?$filter=Datastream/id eq {stage} and result gt 1.3&$top=1000", 49)]
    [InlineData("Observations?$filter=Datastream/id eq {stage}&$orderby=result desc&$top=5", 5)]
    [InlineData("Things('tam-ky')/HistoricalLocations", 0)]
    [InlineData("Things/$ref", 3)]
    public async Task A_filter_gives_what_it_says(string question, int expected)
    {
        await Filled();
        Assert.Equal(expected, (await Get(await With(question))).GetProperty("value").GetArrayLength());
    }

    [Theory]
    [InlineData("Nothing", 404)]
    [InlineData("things", 404)]
    [InlineData("Things('nowhere')", 404)]
    [InlineData("Things(tam-ky", 404)]
    [InlineData("Things('an-ha')/Datastreams({stage})", 404)]
    [InlineData("Things/name", 404)]
    [InlineData("Things('tam-ky')/colour", 404)]
    [InlineData("Datastreams(999999999999)/Observations", 404)]
    [InlineData("Observations('1-x')", 404)]
    [InlineData("Observations('1-99999999999999999')", 404)]
    [InlineData("Things('a')/Datastreams(1)/Thing/Datastreams(1)/Thing/Datastreams(1)/Thing/Datastreams(1)/Thing/Datastreams", 404)]
    [InlineData("Things?$top=-1", 400)]
    [InlineData("Things?$top=x", 400)]
    [InlineData("Things?$skip=999999999", 400)]
    [InlineData("Things?$count=yes", 400)]
    [InlineData("Things?$colour=blue", 400)]
    [InlineData("Things?$top=1&$top=2", 400)]
    [InlineData("Things?$filter=", 400)]
    [InlineData("Things?$filter=name", 400)]
    [InlineData("Things?$filter=colour eq 'blue'", 400)]
    [InlineData("Things?$filter=name eq 'open", 400)]
    [InlineData("Things?$filter=(name eq 'a'", 400)]
    [InlineData("Things?$filter=name eq 'a' name", 400)]
    [InlineData("Things?$filter=Datastreams/Observations/result gt 1", 400)]
    [InlineData("Things?$filter=substringof('a', name)", 501)]
    [InlineData("Things?$apply=aggregate", 501)]
    [InlineData("Things?$orderby=name up", 400)]
    [InlineData("Things?$orderby=colour", 400)]
    [InlineData("Things?$select=colour", 400)]
    [InlineData("Things?$expand=Observations", 400)]
    [InlineData("Things?$expand=Datastreams($top=1", 400)]
    [InlineData("Things?$expand=Datastreams/Thing/Datastreams/Thing/Datastreams/Thing", 400)]
    [InlineData("Datastreams({stage})/Observations?$filter=result gt 'high'", 400)]
    [InlineData("Datastreams({stage})/Observations?$filter=phenomenonTime gt 5", 400)]
    [InlineData("Datastreams({stage})/Observations?$filter=parameters/received_at gt 2025-01-01T00:00:00Z", 400)]
    [InlineData("Datastreams({stage})/Observations?$filter=1 eq 1", 400)]
    [InlineData("Datastreams({stage})/Observations?$filter=result gt 1e999", 400)]
    [InlineData("Datastreams({stage})/Observations?$orderby=parameters", 400)]
    public async Task What_cannot_be_answered_is_refused_with_its_reason(string question, int status)
    {
        await Filled();
        using var answer = await engine.Ask($"{Root}/{await With(question)}");
        Assert.Equal((status, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.True(JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token)).RootElement.GetProperty("detail").GetString()!.Length is > 10 and < 500);
    }

    [Fact]
    public async Task Long_deep_and_wide_questions_are_refused_at_once()
    {
        var deep = new string('(', 500) + "name eq 'a'" + new string(')', 500);
        var wide = string.Join(" or ", Enumerable.Repeat("id eq 'a'", 120));
        var expand = string.Concat(Enumerable.Repeat("Datastreams($expand=Thing($expand=", 30)) + "Locations" + new string(')', 60);
        foreach (var question in new[] { $"$filter={deep}", $"$filter={wide}", $"$filter={new string('n', 3_000)}", $"$expand={expand}", $"$expand={string.Join(',', Enumerable.Repeat("Locations", 50))}", $"$filter={string.Concat(Enumerable.Repeat("not ", 480))}name" })
        {
            using var answer = await engine.Ask($"{Root}/Things?{question}");
            Assert.Equal(400, (int)answer.StatusCode);
        }
        using var post = await Posted();
        Assert.Equal(405, (int)post.StatusCode);
    }

    [Fact]
    public async Task A_property_and_its_bare_value_have_addresses()
    {
        await Filled();
        Assert.Equal("""{"name":"Tam Kỳ"}""", JsonSerializer.Serialize(await Get("Things('tam-ky')/name"), Readable));
        Assert.Equal("Tam Kỳ", await engine.Text($"{Root}/Things('tam-ky')/name/$value"));
        Assert.Equal(["@iot.selfLink"], (await Get(await With("Datastreams({stage})/Thing/$ref"))).EnumerateObject().Select(one => one.Name));
    }

    [Fact]
    public async Task Everybody_may_read_it_where_it_is_public_and_only_it()
    {
        using var answer = await engine.Ask(Root);
        Assert.Equal((200, "*"), ((int)answer.StatusCode, answer.Headers.GetValues("Access-Control-Allow-Origin").Single()));
        using var other = await engine.Ask("api/stations");
        Assert.Equal(401, (int)other.StatusCode);
    }

    static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static readonly SemaphoreSlim Filling = new(1);
    static Instant? _begins;

    /// <summary>A hundred and fifty minutes of the city's gauge, a millimetre more each; its neighbours and the camera report once.</summary>
    async Task Filled()
    {
        await Filling.WaitAsync(Token);
        try
        {
            if (_begins is not null)
                return;
            var begins = RunningEngine.Now - Duration.FromMinutes(155);
            await engine.Publish("tk-gauge-1", "[" + string.Join(',', Enumerable.Range(0, 150).Select(i =>
                string.Create(CultureInfo.InvariantCulture, $"{{\"t\":{(begins + Duration.FromMinutes(i)).ToUnixTimeMilliseconds()},\"stage_m\":{1.2 + i / 1000.0:0.000},\"battery_v\":3.9}}"))) + "]");
            foreach (var (device, payload) in new[] { ("ah-gauge-1", "\"stage_m\":0.3"), ("tn-gauge-1", "\"stage_m\":0.5"), ("cam-01", "\"fps\":25") })
                await engine.Publish(device, $"{{\"t\":{begins.ToUnixTimeMilliseconds()},{payload}}}");
            _begins = Instant.FromUnixTimeMilliseconds(begins.ToUnixTimeMilliseconds());
        }
        finally
        {
            Filling.Release();
        }
    }

    async Task<string> With(string question) => question
        .Replace("{stage}", question.Contains("{stage}", StringComparison.Ordinal) ? (await Stage()).ToString(CultureInfo.InvariantCulture) : "", StringComparison.Ordinal)
        .Replace("{ten}", InstantPattern.ExtendedIso.Format(_begins!.Value + Duration.FromMinutes(10)), StringComparison.Ordinal)
        .Replace("{twenty}", InstantPattern.ExtendedIso.Format(_begins!.Value + Duration.FromMinutes(20)), StringComparison.Ordinal);

    async Task<long> Stage() =>
        (await Get("Sensors('tk-gauge-1')/Datastreams?$filter=ObservedProperty/id eq 'stage'")).GetProperty("value")[0].GetProperty("@iot.id").GetInt64();

    async Task<HttpResponseMessage> Posted()
    {
        using var http = new HttpClient();
        using var nothing = new StringContent("{}", Encoding.UTF8, "application/json");
        return await http.PostAsync(new Uri(engine.Page, $"{Root}/Things"), nothing, Token);
    }

    Task<JsonElement> Get(string path) => engine.Get($"{Root}/{path}".TrimEnd('/'));

    Task<JsonElement> Follow(string link) => engine.Get(link);
}
