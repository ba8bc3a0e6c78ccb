using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CanhLu.Tests.Archive.Influx;

/// <summary>A server that answers a write as a test says, and knows what it has taken.</summary>
sealed class ScriptedServer : IAsyncDisposable
{
    readonly WebApplication _app;
    readonly Func<Asked, Answer> _script;
    readonly Lock _lock = new();
    readonly List<Asked> _asked = [];
    readonly HashSet<string> _taken = [];

    ScriptedServer(Func<Asked, Answer> script, Uri? url)
    {
        _script = script;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls((url ?? new Uri("http://127.0.0.1:0")).ToString());
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(Take);
    }

    public Uri Url => new(_app.Urls.Single());

    /// <summary>Every request, oldest first.</summary>
    public IReadOnlyList<Asked> AllAsked
    {
        get
        {
            lock (_lock)
                return [.. _asked];
        }
    }

    /// <summary>Every line that was answered with 204.</summary>
    public IReadOnlySet<string> Taken
    {
        get
        {
            lock (_lock)
                return new HashSet<string>(_taken);
        }
    }

    public static async Task<ScriptedServer> Start(Func<Asked, Answer> script, Uri? url = null)
    {
        var server = new ScriptedServer(script, url);
        await server._app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    async Task Take(HttpContext context)
    {
        var body = context.Request.Headers.ContentEncoding == "gzip" ? new GZipStream(context.Request.Body, CompressionMode.Decompress) : context.Request.Body;
        using var reader = new StreamReader(body);
        var lines = (await reader.ReadToEndAsync(context.RequestAborted)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Answer answer;
        lock (_lock)
        {
            var asked = new Asked(_asked.Count, context.Request.Path + context.Request.QueryString.Value, context.Request.Headers.Authorization.ToString(), lines);
            _asked.Add(asked);
            answer = _script(asked);
            if (answer.Status == 204)
                _taken.UnionWith(lines);
        }
        context.Response.StatusCode = answer.Status;
        if (answer.RetryAfter is { } after)
            context.Response.Headers.RetryAfter = after;
        if (answer.Status != 204)
            await context.Response.WriteAsync(answer.Body, context.RequestAborted);
    }

    public sealed record Asked(int Number, string Path, string Authorization, string[] Lines);

    public sealed record Answer(int Status, string Body = "", string? RetryAfter = null);
}
