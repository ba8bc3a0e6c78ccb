using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace CanhLu.Archive.Influx;

/// <summary>The way to the server: one request with some lines, and what its answer means.</summary>
/// <remarks>
/// Only 204 means stored. 1.x says 400 "partial write … dropped=N" when it has stored the others, 2.x says 422 or 400, 3 says 400 with the lines it refused. A server that we
/// cannot write to as things are (401, 403, 404, a redirect, a page of HTML) is trouble, not a refusal of these lines: nothing is parked because of it.
/// Source: InfluxData, API references of 1.x, 2.x and 3.
/// </remarks>
sealed partial class InfluxLink : IDisposable
{
    const int LongestReason = 500;

    /// <summary>So much of an answer is read: the reason stands at its beginning, and a page or a stream without end is none.</summary>
    const int LongestAnswer = 64 * 1024;
    static readonly TimeSpan ConnectionLifetime = TimeSpan.FromHours(1);
    static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(1);

    readonly HttpClient _client;
    readonly InfluxOptions _options;
    readonly TimeProvider _time;
    readonly Uri _write;
    readonly MemoryStream _packed = new();
    int _connections;
    int _connectionsSeen;

    public InfluxLink(IOptions<InfluxOptions> options, TimeProvider time)
    {
        _options = options.Value;
        _time = time;
        _write = WriteAddress(_options);
        _client = new HttpClient(Handler()) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Whether the connection is another one than when this was asked last: the server may have ended in between.</summary>
    public bool TakeReconnected()
    {
        var seen = _connectionsSeen;
        _connectionsSeen = Volatile.Read(ref _connections);
        return seen > 0 && _connectionsSeen > seen;
    }

    /// <summary>Writes lines.</summary>
    public async Task<InfluxAnswer> Write(ReadOnlyMemory<byte> lines, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, _write) { Content = Packed(lines) };
            request.Headers.Authorization = Authorization();
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            return response.StatusCode == HttpStatusCode.NoContent
                ? InfluxAnswer.Accepted.Instance
                : await Read(response, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new InfluxAnswer.Later(string.Create(CultureInfo.InvariantCulture, $"{_options.Url} gave no answer in {_options.Timeout.TotalSeconds:0} s."));
        }
        catch (HttpRequestException away)
        {
            return new InfluxAnswer.Later($"{_options.Url} cannot be reached: {Short(away.Message)}");
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            // The connection broke while the answer was read, or a secret's file cannot be read.
            return new InfluxAnswer.Later($"{_options.Url}: {Short(broken.Message)}");
        }
    }

    /// <summary>Asks in the query language of 1.x; times are in microseconds.</summary>
    /// <exception cref="IOException">The server cannot be asked, or says no; the message says why.</exception>
    public async Task<JsonDocument> Query(string statement, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            var asked = new List<KeyValuePair<string, string>> { new("q", statement), new("db", _options.Database), new("epoch", "u") };
            if (_options.RetentionPolicy is { } policy)
                asked.Add(new("rp", policy));
            using var request = new HttpRequestMessage(HttpMethod.Post, Address(_options.Url!, "query")) { Content = new FormUrlEncodedContent(asked) };
            request.Headers.Authorization = Authorization();
            using var response = await _client.SendAsync(request, either.Token).ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.OK)
                throw new IOException($"{_options.Url} answers {(int)response.StatusCode}: {Said(await response.Content.ReadAsStringAsync(either.Token).ConfigureAwait(false))}");
            return await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(either.Token).ConfigureAwait(false), cancellationToken: either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new IOException(string.Create(CultureInfo.InvariantCulture, $"{_options.Url} gave no answer in {_options.Timeout.TotalSeconds:0} s."));
        }
        catch (HttpRequestException away)
        {
            throw new IOException($"{_options.Url} cannot be reached: {away.Message}", away);
        }
        catch (JsonException other)
        {
            throw new IOException($"{_options.Url} gives no answer of InfluxDB: {other.Message}", other);
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _packed.Dispose();
    }

    SocketsHttpHandler Handler()
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            MaxConnectionsPerServer = 1,
            PooledConnectionLifetime = ConnectionLifetime,
            PooledConnectionIdleTimeout = ConnectionLifetime,
            ConnectCallback = Connect,
        };
        if (_options.Proxy is { } proxy)
            handler.Proxy = new WebProxy(proxy);
        if (_options.CaFile is { } file)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.ImportFromPemFile(file);
            handler.SslOptions.CertificateChainPolicy = policy;
        }
        return handler;
    }

    async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellation).ConfigureAwait(false);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
        Interlocked.Increment(ref _connections);
        return new NetworkStream(socket, ownsSocket: true);
    }

    static Uri WriteAddress(InfluxOptions options)
    {
        var url = options.Url ?? throw new InvalidOperationException("There is no InfluxDB to write to: Influx:Url is empty.");
        var precision = options.Precision switch
        {
            InfluxPrecision.Seconds => "s",
            InfluxPrecision.Milliseconds => "ms",
            InfluxPrecision.Microseconds => options.Api == InfluxApi.V1 ? "u" : "us",
            _ => options.Api == InfluxApi.V1 ? "n" : "ns",
        };
        var query = options.Api == InfluxApi.V1
            ? $"write?db={Uri.EscapeDataString(options.Database)}&precision={precision}"
                + (options.RetentionPolicy is { } policy ? $"&rp={Uri.EscapeDataString(policy)}" : "")
            : $"api/v2/write?bucket={Uri.EscapeDataString(options.Database)}&precision={precision}"
                + (options.Organisation is { } organisation ? $"&org={Uri.EscapeDataString(organisation)}" : "");
        return Address(url, query);
    }

    static Uri Address(Uri url, string path) => new(new Uri(url.AbsoluteUri.TrimEnd('/') + "/"), path);

    /// <summary>Read anew each time: a secret is changed by changing its file.</summary>
    AuthenticationHeaderValue? Authorization()
    {
        if (_options.TokenFile is { } token)
            return new AuthenticationHeaderValue("Token", File.ReadAllText(token).Trim());
        if (_options.User is not { } user)
            return null;
        var password = _options.PasswordFile is { } file ? File.ReadAllText(file).TrimEnd('\r', '\n') : "";
        return new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
    }

    HttpContent Packed(ReadOnlyMemory<byte> lines)
    {
        if (!_options.Gzip)
            return Typed(new ReadOnlyMemoryContent(lines));
        _packed.SetLength(0);
        using (var gzip = new GZipStream(_packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(lines.Span);
        var content = Typed(new ReadOnlyMemoryContent(_packed.GetBuffer().AsMemory(0, (int)_packed.Length)));
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }

    static HttpContent Typed(HttpContent content)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue("text/plain") { CharSet = "utf-8" };
        return content;
    }

    async Task<InfluxAnswer> Read(HttpResponseMessage response, CancellationToken cancellation)
    {
        var status = (int)response.StatusCode;
        var said = Said(await Beginning(response.Content, cancellation).ConfigureAwait(false));
        var says = $"{_options.Url} answers {status}{(said.Length > 0 ? $": {said}" : "")}";
        return status switch
        {
            400 or 422 => new InfluxAnswer.Refused(said, Dropped().Match(said) is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : null),
            413 => new InfluxAnswer.TooLarge(says),
            401 or 403 => new InfluxAnswer.Later($"{says}. It does not let us write: see Influx:TokenFile, or Influx:User and Influx:PasswordFile."),
            404 => new InfluxAnswer.Later($"{says}. Make the database there (1.x: CREATE DATABASE \"{_options.Database}\"), or see Influx:Database, Influx:Api and Influx:Url."),
            408 or 429 or >= 500 => new InfluxAnswer.Later(says, RetryAfter(response)),
            _ => new InfluxAnswer.Later($"{says}. That is no answer of InfluxDB: see Influx:Url and Influx:Api."),
        };
    }

    /// <summary>Read as UTF-8, whatever set of characters it claims to be in.</summary>
    static async Task<string> Beginning(HttpContent content, CancellationToken cancellation)
    {
        var bytes = new byte[LongestAnswer];
        await using var body = await content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        var read = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        return Encoding.UTF8.GetString(bytes, 0, read);
    }

    TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var asked = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - _time.GetUtcNow(),
            _ => TimeSpan.Zero,
        };
        return asked <= TimeSpan.Zero ? null : asked < LongestRetryAfter ? asked : LongestRetryAfter;
    }

    /// <summary>What the server says in its body: the member <c>error</c> or <c>message</c> of JSON, or its beginning.</summary>
    static string Said(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            foreach (var name in (ReadOnlySpan<string>)["message", "error"])
            {
                if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String)
                    return Short(text.GetString()!);
            }
        }
        catch (Exception none) when (none is JsonException or InvalidOperationException)
        {
            // VictoriaMetrics answers in plain text; and half a surrogate pair (\ud800) is JSON, and no text.
        }
        return Short(body);
    }

    static string Short(string text)
    {
        var line = text.Trim().ReplaceLineEndings(" ");
        return line.Length <= LongestReason ? line : $"{line[..LongestReason]}…";
    }

    [GeneratedRegex(@"\bdropped=([0-9]{1,9})\b", RegexOptions.CultureInvariant)]
    private static partial Regex Dropped();
}
