using CanhLu.GatewaySim.Esms;
using CanhLu.GatewaySim.Handsets;
using CanhLu.GatewaySim.Misbehaving;
using CanhLu.GatewaySim.Receipts;
using CanhLu.GatewaySim.Zalo;
using NodaTime;

namespace CanhLu.GatewaySim;

/// <summary>Pretends to be the carriers eSMS and Zalo, over real HTTP, and keeps what every telephone received.</summary>
public sealed class PretendCarriers : IAsyncDisposable
{
    readonly WebApplication _app;
    readonly HttpClient _http;
    readonly Rack _rack = new();
    readonly Mood _mood;
    readonly ZaloTokens _tokens;
    readonly ReceiptDesk _desk;
    Counters _counters = new();

    PretendCarriers(GatewaySimOptions options, IClock clock, TimeProvider time)
    {
        _http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        _mood = new Mood(time, options.Seed);
        _tokens = new ZaloTokens(options);
        ZaloWebhook = options.ZaloWebhook;
        _desk = new ReceiptDesk(
            options, _rack, () => _counters.Esms, () => _counters.Zalo, _mood, new EsmsCallback(_http, time),
            new ZaloWebhook(options, () => ZaloWebhook, _http, time), clock, time);
        // An empty builder: what the process that holds us has configured for its own web server is none of our business.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(options.Url);
        builder.Services.AddRoutingCore();
        _app = builder.Build();
        Map(options, clock, time);
        foreach (var order in options.Misbehaviours)
        {
            Misbehave(order);
        }
    }

    /// <summary>Where it listens: the carriers' base address, and the page of handsets.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>Where Zalo's events go; null for nowhere. May be set when the receiver has started.</summary>
    public Uri? ZaloWebhook { get; set; }

    /// <summary>What the carriers have done so far.</summary>
    public GatewayStats Stats => new(_counters.Esms.Stats, _counters.Zalo.Stats);

    /// <summary>The last messages of all telephones, oldest first.</summary>
    public IReadOnlyList<Letter> Letters(int most = 10_000) => _rack.Last(most);

    /// <summary>Starts the carriers.</summary>
    /// <param name="options">How they are set up.</param>
    /// <param name="clock">Tells the time that is shown and written down.</param>
    /// <param name="time">For delays and rates.</param>
    /// <param name="token">Gives up.</param>
    /// <exception cref="IOException">The address is taken.</exception>
    public static async Task<PretendCarriers> Start(GatewaySimOptions options, IClock clock, TimeProvider time, CancellationToken token = default)
    {
        var sim = new PretendCarriers(options, clock, time);
        try
        {
            await sim._app.StartAsync(token);
        }
        catch
        {
            await sim.DisposeAsync();
            throw;
        }

        sim._desk.Start();
        return sim;
    }

    /// <summary>Goes wrong as ordered.</summary>
    public void Misbehave(Misbehaviour order)
    {
        if (order.Mode == Mode.TokenExpired)
        {
            _tokens.Expire();
        }
        else
        {
            _mood.Add(order);
        }
    }

    /// <summary>Forgets all messages and counts; misbehaviours and tokens stay.</summary>
    public void Clear()
    {
        _rack.Clear();
        _counters = new Counters();
    }

    /// <summary>Stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _desk.DisposeAsync();
        _http.Dispose();
    }

    void Map(GatewaySimOptions options, IClock clock, TimeProvider time)
    {
        var troubles = new Troubles(_mood, time);
        var esms = new EsmsEndpoint(options, _rack, () => _counters.Esms, troubles, new SecondGate(options.EsmsPerSecond, time), _desk, clock);
        var zalo = new ZaloEndpoint(options, _rack, () => _counters.Zalo, troubles, new SecondGate(options.ZaloPerSecond, time), _tokens, _desk, clock);
        var api = new SimApi(this, _rack, _mood, zalo.HasZalo, () => _counters, clock);
        _app.MapPost("/MainService.svc/json/SendMultipleMessage_V4_post_json", esms.Send);
        _app.MapGet("/MainService.svc/json/GetSendStatus", esms.Status);
        _app.MapPost("/MainService.svc/json/GetBalance_json", esms.Balance);
        _app.MapPost("/message/template", zalo.Send);
        _app.MapGet("/message/quota", zalo.Quota);
        _app.MapGet("/message/status", zalo.Status);
        _app.MapPost("/v4/oa/access_token", new ZaloOAuth(options, _tokens).Refresh);
        _app.MapGet("/sim/handsets", api.Handsets);
        _app.MapGet("/sim/messages", api.Messages);
        _app.MapGet("/sim/stats", api.Stats);
        _app.MapDelete("/sim", api.Clear);
        _app.MapGet("/sim/misbehave", api.Misbehaviours);
        _app.MapPost("/sim/misbehave", api.Misbehave);
        _app.MapDelete("/sim/misbehave", api.Behave);
        _app.MapGet("/", Page);
    }

    static async Task Page(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        await using var page = typeof(PretendCarriers).Assembly.GetManifestResourceStream("handsets.html")!;
        await page.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
