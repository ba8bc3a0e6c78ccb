using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace CanhLu.Tests.Notify;

/// <summary>A request as it came over the wire.</summary>
sealed record Heard(string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>The other end of a carrier's line: a real HTTP server that answers as scripted.</summary>
sealed class Wire : IAsyncDisposable
{
    readonly WebApplication _app;
    readonly ConcurrentQueue<Heard> _heard = new();

    Wire(Func<Heard, HttpContext, Task> answer)
    {
        Answer = answer;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var heard = new Heard(
                context.Request.Method, context.Request.Path, context.Request.QueryString.ToString(),
                context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                await reader.ReadToEndAsync());
            _heard.Enqueue(heard);
            await Answer(heard, context);
        });
    }

    public Func<Heard, HttpContext, Task> Answer { get; set; }

    public IReadOnlyList<Heard> Heard => [.. _heard];

    public string Address => _app.Urls.First();

    public static async Task<Wire> Open(Func<Heard, HttpContext, Task> answer)
    {
        var wire = new Wire(answer);
        await wire._app.StartAsync();
        return wire;
    }

    public static Task<Wire> Saying(string body, int status = 200) => Open(Say(body, status));

    public static Func<Heard, HttpContext, Task> Say(string body, int status = 200) => (_, context) =>
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(body);
    };

    /// <summary>The connection is cut without an answer.</summary>
    public static Func<Heard, HttpContext, Task> Cut { get; } = (_, context) =>
    {
        context.Abort();
        return Task.CompletedTask;
    };

    /// <summary>There is no answer until the other side has gone.</summary>
    public static Func<Heard, HttpContext, Task> Silence { get; } = async (_, context) =>
    {
        var gone = new TaskCompletionSource();
        using var registration = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    };

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
