using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CanhLu.Bench.Peers;

/// <summary>Where every call arrives: the engine's as a letter to eSMS, Node-RED's as its flow writes it, Alertmanager's as its webhook. Keeps all of them.</summary>
sealed class Calls : IAsyncDisposable
{
    readonly WebApplication _app;
    readonly ConcurrentQueue<Call> _came = new();

    Calls()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(Take);
    }

    public Uri Address => new(_app.Urls.First());

    /// <summary>All that came so far, in the order of their coming.</summary>
    public IReadOnlyList<Call> Came => [.. _came];

    public int Count => _came.Count;

    public static async Task<Calls> StartAsync()
    {
        var calls = new Calls();
        await calls._app.StartAsync();
        return calls;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    async Task Take(HttpContext context)
    {
        var now = Stopwatch.GetTimestamp();
        var path = context.Request.Path.Value ?? "";
        if (path.Contains("SendMultipleMessage_V4", StringComparison.Ordinal))
            Letter(await Body(context), now);
        else if (path == "/call")
            Flow(await Body(context), now);
        else if (path == "/alerts")
            Alerts(await Body(context), now);
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync("""{"CodeResult":"100","CountRegenerate":0,"SMSID":"bench"}""", context.RequestAborted);
    }

    static async Task<JsonElement> Body(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        return body.RootElement.Clone();
    }

    void Letter(JsonElement letter, long now)
    {
        var text = letter.GetProperty("Content").GetString()!;
        var device = Town.AreaOf(letter.GetProperty("Phone").GetString()!);
        // What is over is owed to whoever was warned, and no crossing.
        if (device < 0 || text.Contains("Het canh bao", StringComparison.Ordinal) || text.Contains("khong con", StringComparison.Ordinal))
            return;
        _came.Enqueue(new Call(device, text.Contains("len nhanh", StringComparison.Ordinal) ? CallCause.Rate : CallCause.Threshold, now, letter.GetProperty("RequestId").GetString()));
    }

    void Flow(JsonElement call, long now) =>
        _came.Enqueue(new Call(DeviceOf(call.GetProperty("device").GetString()!), CauseOf(call.GetProperty("cause").GetString()!), now, null));

    void Alerts(JsonElement told, long now)
    {
        foreach (var alert in told.GetProperty("alerts").EnumerateArray())
        {
            var labels = alert.GetProperty("labels");
            if (alert.GetProperty("status").GetString() == "firing")
                _came.Enqueue(new Call(
                    DeviceOf(labels.GetProperty("sensor").GetString()!), CauseOf(labels.GetProperty("alertname").GetString()!), now,
                    $"{alert.GetProperty("fingerprint").GetString()} {alert.GetProperty("startsAt").GetString()}"));
        }
    }

    static int DeviceOf(string name) => int.Parse(name[(name.LastIndexOf('-') + 1)..], CultureInfo.InvariantCulture);

    static CallCause CauseOf(string word) => word == "rate" ? CallCause.Rate : CallCause.Threshold;
}
