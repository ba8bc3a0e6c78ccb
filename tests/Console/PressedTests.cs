using System.IO.Compression;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Console;

/// <summary>What goes over a weak line goes pressed, and is the same.</summary>
public sealed class PressedTests(RunningEngine engine) : IClassFixture<RunningEngine>
{
    static readonly HttpClient _http = new(new SocketsHttpHandler { AutomaticDecompression = System.Net.DecompressionMethods.None });

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task A_file_of_the_page_is_the_same_pressed_and_not_and_each_has_its_own_tag(string encoding)
    {
        using var plain = await Ask("", null);
        using var pressed = await Ask("", encoding);
        Assert.Empty(plain.Content.Headers.ContentEncoding);
        Assert.Equal([encoding], pressed.Content.Headers.ContentEncoding);
        Assert.All([plain, pressed], answer => Assert.Contains("Accept-Encoding", answer.Headers.Vary));
        Assert.NotEqual(plain.Headers.ETag, pressed.Headers.ETag);
        await using var body = await pressed.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await using Stream opened = encoding == "br" ? new BrotliStream(body, CompressionMode.Decompress) : new GZipStream(body, CompressionMode.Decompress);
        using var reader = new StreamReader(opened);
        Assert.Equal(await plain.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_encoding_that_is_refused_is_not_used()
    {
        using var answer = await Ask("", "br;q=0, gzip;q=0");
        Assert.Empty(answer.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task The_live_stream_goes_on_pressed_message_after_message()
    {
        using var answer = await Ask("api/live", "gzip");
        Assert.Equal(["gzip"], answer.Content.Headers.ContentEncoding);
        await using var body = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await using var opened = new GZipStream(body, CompressionMode.Decompress);
        using var reader = new StreamReader(opened);
        for (var message = 0; message < 3; message++)
        {
            Assert.Equal("event: desk", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
            var data = await reader.ReadLineAsync(TestContext.Current.CancellationToken);
            Assert.StartsWith("data: {\"now\":", data, StringComparison.Ordinal);
            Assert.EndsWith("}", data, StringComparison.Ordinal);
            Assert.Equal("", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
            await engine.Stages("tk-gauge-1", (Duration.FromSeconds(30 - message), 1.2m + message / 100m));
        }
    }

    async Task<HttpResponseMessage> Ask(string path, string? encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(engine.Page, path));
        if (encoding is not null)
            request.Headers.AcceptEncoding.ParseAdd(encoding);
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

}
