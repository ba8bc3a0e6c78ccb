using System.IO.Compression;
using System.Text;
using NodaTime;
using NodaTime.Text;

namespace CanhLu.Bench;

/// <summary>A page that somebody has left open: it follows the live stream, pressed as a browser asks for it, and notes how far behind it is.</summary>
sealed class OpenPage(HttpClient http, Uri page)
{
    static readonly byte[] Mark = "data: {\"now\":\""u8.ToArray();

    /// <summary>How many desks it has seen.</summary>
    public long Desks { get; private set; }

    /// <summary>From the engine's look to the desk's arrival here, at most.</summary>
    public Duration Behind { get; private set; }

    public async Task Follow(CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(page, "api/live"));
        request.Headers.AcceptEncoding.ParseAdd("gzip");
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
        await using var body = await answer.Content.ReadAsStreamAsync(stop);
        await using var stream = new GZipStream(body, CompressionMode.Decompress);
        var buffer = new byte[64 * 1024];
        var kept = 0;
        while (await stream.ReadAsync(buffer.AsMemory(kept), stop) is > 0 and var read)
            kept = Look(buffer, kept + read);
    }

    /// <summary>Finds where desks begin; what may be the beginning of one stays in the buffer.</summary>
    int Look(byte[] buffer, int length)
    {
        const int Longest = 64;
        var from = 0;
        while (buffer.AsSpan(from, length - from).IndexOf(Mark) is >= 0 and var at && from + at + Longest <= length)
        {
            var text = buffer.AsSpan(from + at + Mark.Length, Longest - Mark.Length);
            var now = InstantPattern.ExtendedIso.Parse(Encoding.ASCII.GetString(text[..text.IndexOf((byte)'"')])).Value;
            Behind = Duration.Max(Behind, Clocks.Now.GetCurrentInstant() - now);
            Desks++;
            from += at + Mark.Length;
        }
        var rest = Math.Min(length - from, Longest + Mark.Length);
        buffer.AsSpan(length - rest, rest).CopyTo(buffer);
        return rest;
    }
}
