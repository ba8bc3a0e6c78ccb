using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CanhLu.Database;
using CanhLu.GatewaySim;
using CanhLu.Host;
using CanhLu.Host.Demo;
using CanhLu.Host.SiteFiles;
using CanhLu.Ingest;
using CanhLu.Notify;
using CanhLu.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using MQTTnet;
using MQTTnet.Protocol;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Console;

/// <summary>The whole engine of the shipped site on free ports, with its devices' accounts, four people in the roster and pretend carriers.</summary>
public class RunningEngine : IAsyncLifetime
{
    public const string Secret = "0123456789abcdef";

    string _folder = "";
    readonly Dictionary<string, string> _passwords = [];
    readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };
    IPEndPoint _door = new(IPAddress.Loopback, 0);
    WebApplication? _app;
    PretendCarriers? _carriers;

    public Uri Page { get; private set; } = new("http://127.0.0.1");

    public string Folder => _folder;

    internal PretendCarriers Carriers => _carriers!;

    internal WebApplication App => _app!;

    /// <summary>Settings of a kind of engine of its own.</summary>
    protected virtual Dictionary<string, string?> Own => [];

    /// <summary>The folder of stores to go on from, people and all; null for new ones.</summary>
    protected virtual string? Stores => null;

    /// <summary>The shipped site, or what a kind of engine of its own makes of it.</summary>
    protected virtual Site Change(Site site) => site;

    /// <summary>Whether it is a drill's engine: its store, its roster and its site are.</summary>
    protected virtual bool IsDrill => false;

    /// <summary>The folder that the engine follows; null where its site does not change.</summary>
    protected virtual string? FollowedFolder => null;

    internal static Instant Now => RealTime.Clock.GetCurrentInstant();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public virtual async ValueTask InitializeAsync()
    {
        _folder = Stores ?? Directory.CreateTempSubdirectory("canhlu-console-").FullName;
        var ports = FreePorts.Take(2);
        (Page, _door) = (new Uri($"http://127.0.0.1:{ports[0]}/"), new IPEndPoint(IPAddress.Loopback, ports[1]));
        _carriers = await PretendCarriers.Start(new GatewaySimOptions { NoZalo = 0.3 }, RealTime.Clock, RealTime.Provider, Token);
        _carriers.ZaloWebhook = new Uri(Page, $"callbacks/zalo/{Secret}");
        var site = Change(Assert.IsType<SiteVerdict.Right>(SiteReader.Read(SiteFolder.Default())).Site);
        if (IsDrill)
            site = site with { IsDrill = true, Broker = null, Canary = null };
        _app = Engine.Build(
            site, new EngineOptions(_folder, Page.ToString().TrimEnd('/'), _door)
            {
                Quiet = true,
                SiteFolder = FollowedFolder,
                Mode = IsDrill ? StoreMode.Drill : StoreMode.Real,
                Settings = Settings().Concat(Own).ToDictionary(),
            }, RealTime.Clock, RealTime.Provider);
        var accounts = _app.Services.GetRequiredService<Accounts>();
        foreach (var device in site.Devices.Keys)
        {
            if (Stores is not null)
                accounts.Revoke(device, "test");
            _passwords[device] = accounts.AddDevice(device, "test");
        }
        if (Stores is null)
            Fill(_app.Services.GetRequiredService<Roster>());
        await _app.StartAsync(Token);
    }

    /// <summary>Publishes as a device does, and waits for the acknowledgement.</summary>
    public async Task Publish(string device, string payload, string? password = null, string what = "up")
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(Connect(device, password).Build(), Token);
        var message = new MqttApplicationMessageBuilder().WithTopic($"canhlu/v1/{device}/{what}").WithPayload(payload)
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build();
        Assert.True((await client.PublishAsync(message, Token)).IsSuccess);
        await client.DisconnectAsync(new MqttClientDisconnectOptions(), Token);
    }

    /// <summary>How a device connects to the door.</summary>
    public MqttClientOptionsBuilder Connect(string device, string? password = null) =>
        new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", _door.Port).WithClientId(device).WithCredentials(device, password ?? _passwords[device]);

    /// <summary>Publishes stages as one backlog.</summary>
    public Task Stages(string device, params (Duration Ago, decimal Metres)[] stages)
    {
        var now = Now;
        return Publish(device, JsonSerializer.Serialize(stages.Select(one => new { t = (now - one.Ago).ToUnixTimeMilliseconds(), stage_m = one.Metres })));
    }

    public async Task<JsonElement> Get(string path) => await _http.GetFromJsonAsync<JsonElement>(new Uri(Page, path), Token);

    public async Task<string> Text(string path) => await _http.GetStringAsync(new Uri(Page, path), Token);

    public Task<HttpResponseMessage> Ask(string path) => _http.GetAsync(new Uri(Page, path), HttpCompletionOption.ResponseHeadersRead, Token);

    public async Task<(int Status, JsonElement Body)> Say(string path, object body)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri(Page, path), body, Token);
        return ((int)answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Token));
    }

    public async Task<int> SayRaw(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync(new Uri(Page, path), content, Token);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return (int)answer.StatusCode;
    }

    /// <summary>The first element of a list that fits, as soon as there is one.</summary>
    public async Task<JsonElement> First(string path, Func<JsonElement, bool> fits)
    {
        JsonElement found = default;
        await Eventually.True(
            () =>
            {
                found = Get(path).GetAwaiter().GetResult().EnumerateArray().FirstOrDefault(fits);
                return found.ValueKind == JsonValueKind.Object;
            },
            path);
        return found;
    }

    public Task Stop() => _app!.StopAsync(CancellationToken.None);

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_app is not null)
        {
            await _app.StopAsync(CancellationToken.None);
            await _app.DisposeAsync();
        }
        if (_carriers is not null)
            await _carriers.DisposeAsync();
        _http.Dispose();
        // Another engine that went on from these stores has tidied up.
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    void Fill(Roster roster)
    {
        var (more, yes) = IsDrill ? (",drill", ",yes") : ("", "");
        var people = $"""
            name,phone,ward_code,language,lowest_level{more}
            An,0901000001,20341,vi,I{yes}
            Bình,0901000005,20341,vi,I{yes}
            Chi,0901000006,20335,vi,I{yes}
            Dũng,0901000007,20356,vi,I{yes}
            """;
        using var csv = IsDrill ? DrillRoster.Checked(new StringReader(people)) : new StringReader(people);
        Assert.Equal(4, roster.Import(csv).Added);
    }

    Dictionary<string, string?> Settings() => new()
    {
        ["Carriers:Esms:BaseUrl"] = Carriers.Address.ToString(),
        ["Carriers:Esms:ApiKey"] = "test",
        ["Carriers:Esms:SecretKey"] = "test",
        ["Carriers:Esms:Brandname"] = "CANHLU",
        ["Carriers:Esms:CallbackBaseUrl"] = Page.ToString(),
        ["Carriers:Esms:CallbackSecret"] = Secret,
        ["Carriers:Zalo:BaseUrl"] = Carriers.Address.ToString(),
        ["Carriers:Zalo:OAuthUrl"] = Carriers.Address.ToString(),
        ["Carriers:Zalo:AppId"] = new GatewaySimOptions().ZaloAppId,
        ["Carriers:Zalo:AppSecret"] = "test",
        ["Carriers:Zalo:OaSecret"] = new GatewaySimOptions().ZaloOaSecret,
        ["Carriers:Zalo:RefreshToken"] = "test",
        ["Carriers:Zalo:CallbackSecret"] = Secret,
    };
}
