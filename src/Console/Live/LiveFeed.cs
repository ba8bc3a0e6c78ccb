using System.IO.Compression;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CanhLu.Console.Live;

/// <summary>Looks at the whole desk once for everybody and hands the same bytes to every open page.</summary>
/// <remarks>
/// The desk is sent whole: a page that missed one is right again with the next. It is looked at only while somebody watches, at most
/// twice a second, and sent when something on it changed, or every ten seconds so that a page sees that the line is alive.
/// </remarks>
public sealed class LiveFeed(DeskView view, TimeProvider time, ILogger<LiveFeed> log) : BackgroundService
{
    static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan SendAtLeastEvery = TimeSpan.FromSeconds(10);

    volatile TaskCompletionSource<Message> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly SemaphoreSlim _looking = new(1);
    Exception? _trouble;
    int _watching;

    /// <summary>One message of the stream, pressed once for everybody.</summary>
    /// <param name="Plain">As it is read: a server-sent event.</param>
    /// <param name="Pressed">Whole blocks of deflate (RFC 1951) that look back at no other message, so that they continue any page's stream.</param>
    public sealed record Message(ReadOnlyMemory<byte> Plain, ReadOnlyMemory<byte> Pressed);

    /// <summary>The desk as it is now, then each later one; for one open page.</summary>
    /// <param name="stop">Ends it: the page was closed.</param>
    public async IAsyncEnumerable<Message> Follow([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        Interlocked.Increment(ref _watching);
        try
        {
            var next = _next;
            yield return Told(Json(await LookAsync(stop)));
            while (true)
            {
                var desk = await next.Task.WaitAsync(stop);
                next = _next;
                yield return desk;
            }
        }
        finally
        {
            Interlocked.Decrement(ref _watching);
        }
    }

    /// <summary>The desk as it is now, once: JSON.</summary>
    public async Task<ReadOnlyMemory<byte>> NowAsync(CancellationToken stop) => Json(await LookAsync(stop));

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        Desk? last = null;
        ReadOnlyMemory<byte> lastContent = default;
        var sentAt = time.GetTimestamp();
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (Volatile.Read(ref _watching) == 0)
                continue;
            if (await TryLookAsync(stoppingToken) is not { } desk)
                continue;
            // The clock alone is no change.
            var content = Json(desk with { Now = default });
            if (last is not null && content.Span.SequenceEqual(lastContent.Span) && time.GetElapsedTime(sentAt) < SendAtLeastEvery)
                continue;
            last = desk;
            lastContent = content;
            sentAt = time.GetTimestamp();
            var told = _next;
            _next = new TaskCompletionSource<Message>(TaskCreationOptions.RunContinuationsAsynchronously);
            told.SetResult(Told(Json(desk)));
        }
    }

    static Message Told(ReadOnlyMemory<byte> desk)
    {
        byte[] plain = [.. "event: desk\ndata: "u8, .. desk.Span, .. "\n\n"u8];
        using var pressed = new MemoryStream();
        using var deflate = new DeflateStream(pressed, CompressionLevel.Optimal);
        deflate.Write(plain);
        // Not closed: no block is the last one of a stream that goes on.
        deflate.Flush();
        return new Message(plain, pressed.ToArray());
    }

    /// <summary>The desk; null while it cannot be looked at.</summary>
    async Task<Desk?> TryLookAsync(CancellationToken stop)
    {
        try
        {
            var desk = await LookAsync(stop);
            if (_trouble is not null)
                Log.DeskSeenAgain(log);
            _trouble = null;
            return desk;
        }
        // Both stores are read, and each of them fails in many ways while its disk does: an open page must not end the engine for that. The next look is half a second away.
        catch (Exception trouble) when (!stop.IsCancellationRequested)
        {
            if (_trouble is null)
                Log.DeskNotSeen(log, trouble);
            _trouble = trouble;
            return null;
        }
    }

    // The view belongs to one reader at a time; a page that has just been opened waits a few milliseconds for it.
    async Task<Desk> LookAsync(CancellationToken stop)
    {
        await _looking.WaitAsync(stop);
        try
        {
            return await view.Look(stop);
        }
        finally
        {
            _looking.Release();
        }
    }

    static ReadOnlyMemory<byte> Json(Desk desk) => JsonSerializer.SerializeToUtf8Bytes(desk, DeskJson.Default.Desk);
}
