using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CanhLu.Bench;

/// <summary>Takes every message as eSMS does, and keeps when each came in.</summary>
sealed class CrowdCarrier : IAsyncDisposable
{
    readonly WebApplication _app;
    readonly long[] _cameAt;
    readonly byte[] _officer;
    int _came;
    long _officerCameAt;

    CrowdCarrier(int most, string officer)
    {
        (_cameAt, _officer) = (new long[most], System.Text.Encoding.ASCII.GetBytes(officer));
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(Take);
    }

    public Uri Address => new(_app.Urls.First());

    public int Came => Volatile.Read(ref _came);

    /// <summary>When the officer's message came in, a time of <see cref="Stopwatch"/>; 0: it has not.</summary>
    public long OfficerCameAt => Volatile.Read(ref _officerCameAt);

    /// <summary>When each message came in, in order.</summary>
    public long[] CameAt => [.. _cameAt.Take(Came).Order()];

    /// <param name="most">No more messages than this will come.</param>
    /// <param name="officer">The officer's telephone, as eSMS is told it.</param>
    public static async Task<CrowdCarrier> StartAsync(int most, string officer)
    {
        var carrier = new CrowdCarrier(most, officer);
        await carrier._app.StartAsync();
        return carrier;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    async Task Take(HttpContext context)
    {
        var now = Stopwatch.GetTimestamp();
        _cameAt[Interlocked.Increment(ref _came) - 1] = now;
        var body = new byte[2048];
        var length = await context.Request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, context.RequestAborted);
        if (body.AsSpan(0, length).IndexOf(_officer) >= 0)
            Volatile.Write(ref _officerCameAt, now);
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync("""{"CodeResult":"100","CountRegenerate":0,"SMSID":"bench"}""", context.RequestAborted);
    }
}
