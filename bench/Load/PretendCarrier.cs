using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CanhLu.Bench;

/// <summary>Takes every message as eSMS does, and keeps when the first one for each area came in.</summary>
sealed class PretendCarrier : IAsyncDisposable
{
    readonly WebApplication _app;
    readonly long[] _cameAt = new long[BenchSite.Areas];
    int _came;

    PretendCarrier()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(Take);
    }

    public Uri Address => new(_app.Urls.First());

    /// <summary>Areas that were told.</summary>
    public int Came => Volatile.Read(ref _came);

    /// <summary>When the request came in, a time of <see cref="Stopwatch"/>; 0: none came.</summary>
    public long CameAt(int area) => Volatile.Read(ref _cameAt[area]);

    public static async Task<PretendCarrier> StartAsync()
    {
        var carrier = new PretendCarrier();
        await carrier._app.StartAsync();
        return carrier;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    async Task Take(HttpContext context)
    {
        var now = Stopwatch.GetTimestamp();
        if (context.Request.Path.Value?.Contains("SendMultipleMessage_V4", StringComparison.Ordinal) == true)
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            var area = Town.AreaOf(body.RootElement.GetProperty("Phone").GetString()!);
            if (area >= 0 && Interlocked.CompareExchange(ref _cameAt[area], now, 0) == 0)
                Interlocked.Increment(ref _came);
        }
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync("""{"CodeResult":"100","CountRegenerate":0,"SMSID":"bench"}""", context.RequestAborted);
    }
}
