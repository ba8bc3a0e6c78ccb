using System.Collections.Frozen;
using System.Net;
using System.Text;
using System.Text.Json;
using CanhLu.Archive.Influx;
using CanhLu.Notify;
using CanhLu.Notify.Carriers;
using CanhLu.Tests.Notify;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using NodaTime.Testing;
using Xunit;

namespace CanhLu.Tests.Fuzz;

/// <summary>What servers answer that we ask: carriers, and the store of points.</summary>
public sealed class AnswerFuzz(ITestOutputHelper output)
{
    /// <summary>A carrier's words go into a row of every delivery and into the log.</summary>
    const int LongestWords = 256;

    static readonly string[] Seeds =
    [
        "esms 200\n{\"CodeResult\":\"100\",\"CountRegenerate\":0,\"SMSID\":\"d6d5f4a7-1\"}",
        "esms 200\n{\"CodeResult\":\"104\",\"ErrorMessage\":\"Brandname không tồn tại\"}",
        "esms 200\n{\"CodeResult\":987,\"ErrorMessage\":\"?\"}",
        "esms 200\n{\"CodeResponse\":\"100\",\"Balance\":1234567.50}",
        "esms 200\n{\"CodeResponse\":\"100\",\"SendStatus\":5,\"SendSuccess\":\"1\",\"SendFailed\":0}",
        "kannel 202\n0: Accepted for delivery",
        "kannel 202\n3: Queued for later delivery",
        "kannel 403\nNot routable. Do not try again.",
        "kannel 400\nEmpty receiver number not allowed, rejected",
        "kannel 503\nTemporal failure, try again later.",
        "speedsms 200\n{\"status\":\"success\",\"code\":\"00\",\"data\":{\"tranId\":12345,\"totalSMS\":1,\"invalidPhone\":[]}}",
        "speedsms 200\n{\"status\":\"error\",\"code\":\"113\",\"message\":\"content too long\"}",
        "speedsms 200\n{\"email\":\"a@b\",\"balance\":50000,\"currency\":\"VND\"}",
        "webhook 202\n{\"reference\":42}",
        "webhook 422\n{\"reason\":\"no such person\"}",
        "webhook 204\n",
        "zalo 200\n{\"error\":0,\"message\":\"Success\",\"data\":{\"msg_id\":\"96d3cdf3af150460909\",\"sent_time\":\"1626926349402\"}}",
        "zalo 200\n{\"error\":-118,\"message\":\"Zalo account not existed\"}",
        "zalo 200\n{\"error\":-124,\"access_token\":\"a\",\"refresh_token\":\"r\"}",
        "zalo 200\n{\"error\":0,\"data\":{\"dailyQuota\":500,\"remainingQuota\":499}}",
        "zalo-oa 200\n{\"error\":0,\"message\":\"Success\",\"data\":{\"message_id\":\"1\",\"user_id\":\"5678901234567890123\"}}",
        "zalo-oa 200\n{\"error\":-230,\"message\":\"User has not interacted\"}",
        "esms 200\n<html><body>Please sign in to the Wi-Fi</body></html>",
    ];

    static readonly Letter Letter = new(
        "abcd1234-1-2-e", new PhoneNumber("+84905000001"),
        new Wording("Mực nước", "Muc nuoc", "410301", new Dictionary<string, string> { ["station"] = "Tam Kỳ" }.ToFrozenDictionary()));

    /// <remarks>An input is a line <c>{carrier} {status}</c> and the body.</remarks>
    [Fact]
    public async Task An_answer_of_a_carrier_is_a_receipt_and_an_acceptance_only_where_it_says_so()
    {
        using var river = new River();
        river.People(1);
        var stub = new Stub();
        var time = new FakeTimeProvider(River.Now.ToDateTimeOffset());
        await using var services = Services(river, stub, time);
        river.Operations.Write(connection => Dapper.SqlMapper.Execute(
            connection, "INSERT INTO carrier_users (carrier, user_id, recipient_id, since_at) VALUES ('zalo', '5678901234567890123', 1, 0)"));
        var carriers = services.GetServices<ICarrier>().ToDictionary(carrier => carrier.Id);
        await new Fuzzer("answer", output)
        {
            Longest = 60 * 1024,
            Words =
            [
                .. carriers.Keys, "200", "202", "302", "400", "403", "429", "500", "503", "\"CodeResult\":", "\"ErrorMessage\":", "\"SMSID\":", "\"error\":", "\"message\":", "\"data\":{", "\"msg_id\":", "\"status\":\"success\"",
                "\"tranId\":", "\"invalidPhone\":[", "\"reference\":", "\"reason\":", "\"access_token\":\"a\"", "\"refresh_token\":\"r\"", "\"Balance\":", "\"remainingQuota\":", "0: ", "rejected", "Authorization failed",
            ],
            // The client's buffer, the body, and its text; three questions, and a list of as many telephones as fit.
            Allowance = 2 << 20,
            AllowanceOfByte = 400,
        }.Run(Seeds.Select(Encoding.UTF8.GetBytes), async input =>
        {
            var end = input.AsSpan().IndexOf((byte)'\n');
            var (head, body) = end < 0 ? (input, []) : (input[..end], input[(end + 1)..]);
            var words = Encoding.UTF8.GetString(head).Split(' ');
            if (!carriers.TryGetValue(words[0], out var carrier))
                carrier = carriers["esms"];
            (stub.Status, stub.Body) = (words.Length > 1 && int.TryParse(words[1], out var status) && status is >= 200 and < 600 ? status : 200, body);
            // Ten bad answers within ten seconds open the circuit, and then nothing more would be asked.
            time.Advance(TimeSpan.FromSeconds(11));

            var receipt = await carrier.Tell(Letter, CancellationToken.None);
            Assert.True(receipt is not Receipt.Accepted || Accepts(carrier.Id, stub.Status, body), $"{receipt}, which nobody has said");
            Assert.True(receipt is Receipt.Accepted or Receipt.Refused or Receipt.TryLater or Receipt.Ambiguous or Receipt.ChannelStopped, $"{receipt}");
            var (code, reason) = receipt switch
            {
                Receipt.Accepted accepted => ("", accepted.Reference ?? ""),
                Receipt.Refused refused => (refused.Code, refused.Reason),
                Receipt.TryLater later => (later.Code, later.Reason),
                Receipt.ChannelStopped stopped => (stopped.Code, stopped.Reason),
                _ => ("", ((Receipt.Ambiguous)receipt).Reason),
            };
            Assert.True(code.Length <= LongestWords && reason.Length <= LongestWords, $"{code.Length} and {reason.Length} letters of a carrier's words");
            Assert.DoesNotContain(code + reason, char.IsControl);
            var allowance = await carrier.AskAllowance(CancellationToken.None);
            Assert.True(allowance is null or { Left: >= 0 });
            var asked = await carrier.Ask("1001", CancellationToken.None);
            Assert.True(asked is null or Receipt.Delivered or Receipt.Refused);
            return $"{carrier.Id} {receipt.GetType().Name} {code} {allowance is not null} {asked?.GetType().Name}";
        });
    }

    static readonly string[] PointStoreAnswers =
    [
        "HTTP/1.1 204 No Content\r\nX-Influxdb-Version: 1.8.10\r\n\r\n",
        "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nContent-Length: 68\r\n\r\n{\"error\":\"partial write: field type conflict: input field dropped=1\"}",
        "HTTP/1.1 422 Unprocessable Entity\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: 46\r\n\r\n{\"code\":\"unprocessable entity\",\"message\":\"no\"}",
        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 2\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 429 Too Many Requests\r\nRetry-After: Wed, 29 Oct 2025 14:00:30 GMT\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=\"utf-8\"\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n<html>\r\n0\r\n\r\n",
        "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 413 Request Entity Too Large\r\nContent-Length: 3\r\n\r\nbig",
        "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"InfluxDB\"\r\nContent-Length: 2\r\n\r\n{}",
    ];

    /// <remarks>An input is the whole answer as it goes over the wire; then the connection closes.</remarks>
    [Fact]
    public async Task An_answer_of_the_point_store_is_a_verdict_on_the_lines_and_stored_only_with_204()
    {
        await using var server = RawServer.Open();
        using var link = new InfluxLink(
            Options.Create(new InfluxOptions { Url = server.Url, Timeout = TimeSpan.FromSeconds(5), Gzip = false }), new FakeTimeProvider(River.Now.ToDateTimeOffset()));
        await new Fuzzer("points", output)
        {
            Longest = 100 * 1024,
            Words = ["HTTP/1.1", "HTTP/1.0", " 204 ", " 400 ", " 503 ", "\r\n", "\r\n\r\n", "Content-Length:", "Content-Type:", "charset=", "charset=nonsense", "Transfer-Encoding: chunked", "Content-Encoding: gzip", "Retry-After:", "\"error\":", "\"message\":", "dropped=", "\\ud800"],
        }.Run(PointStoreAnswers.Select(Encoding.UTF8.GetBytes), async input =>
        {
            server.Answer = input;
            var answer = await link.Write("stage,device=tk-01 value=1 1"u8.ToArray(), CancellationToken.None);
            var said = Encoding.Latin1.GetString(input);
            switch (answer)
            {
                case InfluxAnswer.Accepted:
                    Assert.Contains("204", said, StringComparison.Ordinal);
                    return "accepted";
                case InfluxAnswer.Refused refused:
                    Assert.True(said.Contains("400", StringComparison.Ordinal) || said.Contains("422", StringComparison.Ordinal));
                    Assert.True(refused.Reason.Length <= 600);
                    return $"refused {refused.Dropped}";
                case InfluxAnswer.TooLarge:
                    Assert.Contains("413", said, StringComparison.Ordinal);
                    return "too large";
                case InfluxAnswer.Later later:
                    Assert.True(later.Reason.Length <= 1_200, $"a reason of {later.Reason.Length} letters");
                    Assert.True(later.After is null || (later.After > TimeSpan.Zero && later.After <= TimeSpan.FromHours(1)));
                    return $"later {later.Reason[..Math.Min(60, later.Reason.Length)]}";
                default:
                    Assert.Fail($"{answer}");
                    return "";
            }
        });
    }

    static ServiceProvider Services(River river, Stub stub, TimeProvider time)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(CallbackFuzz.Settings()).Build();
        var services = new ServiceCollection().AddLogging().AddMetrics();
        services.AddSingleton(river.Operations).AddSingleton<Func<Site>>(() => river.Site).AddSingleton<BulletinSignal>().AddSingleton(time).AddSingleton<IClock>(new FakeClock(River.Now));
        services.AddNotify(configuration);
        services.AddSingleton<IHttpClientFactory>(stub);
        return services.BuildServiceProvider();
    }

    /// <summary>Whether a body says that the carrier has the letter, read a second time and plainly.</summary>
    static bool Accepts(string carrier, int status, byte[] body)
    {
        var text = Encoding.UTF8.GetString(body).Trim();
        switch (carrier)
        {
            case "kannel":
                return status == 202 && (text.StartsWith("0:", StringComparison.Ordinal) || text.StartsWith("3:", StringComparison.Ordinal));
            case "webhook":
                return status is (>= 200 and < 300) or 409;
        }
        using var json = JsonDocument.Parse(body.AsSpan().StartsWith((byte[])[0xEF, 0xBB, 0xBF]) ? body.AsMemory(3) : body);
        return carrier switch
        {
            "esms" => Value("CodeResult") is "100" or "124",
            "speedsms" => Value("status") == "success" && json.RootElement.GetProperty("data").TryGetProperty("tranId", out _),
            _ => Value("error") == "0",
        };

        string Value(string name) => json.RootElement.TryGetProperty(name, out var value)
            ? value is { ValueKind: JsonValueKind.Number } && value.TryGetDouble(out var number) ? number.ToString(System.Globalization.CultureInfo.InvariantCulture).Replace("-0", "0", StringComparison.Ordinal) : value.ToString()
            : "";
    }

    /// <summary>Every carrier's other end, without a wire.</summary>
    sealed class Stub : HttpMessageHandler, IHttpClientFactory
    {
        public int Status { get; set; }

        public byte[] Body { get; set; } = [];

        public HttpClient CreateClient(string name) => new(this, disposeHandler: false) { MaxResponseContentBufferSize = 64 * 1024 };

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage((HttpStatusCode)Status) { Content = new ByteArrayContent(Body) });
    }
}
