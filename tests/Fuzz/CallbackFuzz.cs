using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CanhLu.GatewaySim.Zalo;
using CanhLu.Notify;
using CanhLu.Notify.Carriers;
using CanhLu.Tests.Notify;
using CanhLu.Tests.Support;
using Dapper;
using Xunit;

namespace CanhLu.Tests.Fuzz;

/// <summary>What the outside reports of deliveries, and what people write.</summary>
/// <remarks>An input is a line <c>{carrier} {signed|forged|none|wrong}</c> and the query or the body. <c>signed</c> is signed as it is, <c>forged</c> has the signature of another body, <c>none</c> has none, and
/// <c>wrong</c> comes under another secret path.</remarks>
public sealed class CallbackFuzz(ITestOutputHelper output)
{
    const string Secret = "0123456789abcdef";
    const string SigningKey = "an agreed key of thirty-two or more letters";

    /// <summary>Carrier, key, the carrier's own number.</summary>
    static readonly (string Carrier, string Key, string Reference)[] Deliveries =
    [
        ("esms", "abcd1234-1-1-e", "1001"), ("kannel", "abcd1234-1-2-k", "1002"), ("speedsms", "abcd1234-1-3-s", "1003"), ("webhook", "abcd1234-1-4-w", "1004"),
        ("zalo", "abcd1234-1-5-z", "1005"), ("zalo-oa", "abcd1234-1-6-o", "1006"),
    ];

    static readonly string[] Seeds =
    [
        "esms none\n?SMSID=1001&SendFailed=0&SendStatus=5&SendSuccess=1&TotalPrice=800.0000&TotalReceiver=1&RequestId=abcd1234-1-1-e&TypeId=2&telcoid=1",
        "esms none\n?SMSID=1001&SendFailed=1&SendStatus=5&SendSuccess=0&RequestId=abcd1234-1-1-e",
        "esms none\n?SMSID=1001&SendStatus=4&RequestId=abcd1234-1-1-e",
        "esms none\n?SMSID=1001&SendStatus=5&SendSuccess=1&RequestId=abcd1234-1-5-z",
        "esms wrong\n?SMSID=1001&SendStatus=5&SendSuccess=1&RequestId=abcd1234-1-1-e",
        "kannel none\n?key=abcd1234-1-2-k&type=1&answer=id:77%20sub:001%20dlvrd:001%20stat:DELIVRD%20err:000&id=77",
        "kannel none\n?key=abcd1234-1-2-k&type=16&answer=NACK/0x0000000b/Invalid+Destination+Address&id=",
        "kannel none\n?key=abcd1234-1-4-w&type=2&answer=&id=",
        "kannel none\n?from=%2B84905000001&text=TU%20CHOI&id=9",
        "speedsms none\n{\"type\":\"report\",\"tranId\":1003,\"status\":0}",
        "speedsms none\n{\"type\":\"report\",\"tranId\":\"1003\",\"status\":\"65\"}",
        "speedsms none\n{\"type\":\"report\",\"tranId\":1005,\"status\":0}",
        "webhook signed\n{\"key\":\"abcd1234-1-4-w\",\"state\":\"delivered\"}",
        "webhook signed\n{\"key\":\"abcd1234-1-4-w\",\"state\":\"failed\",\"reason\":\"no battery\"}",
        "webhook signed\n{\"key\":\"abcd1234-1-5-z\",\"state\":\"failed\"}",
        "webhook forged\n{\"key\":\"abcd1234-1-4-w\",\"state\":\"delivered\"}",
        "webhook none\n{\"key\":\"abcd1234-1-4-w\",\"state\":\"delivered\"}",
        "zalo signed\n{\"event_name\":\"user_received_message\",\"app_id\":\"1234\",\"timestamp\":\"1626926349402\",\"recipient\":{\"id\":\"5678901234567890123\"},\"message\":{\"delivery_time\":\"1626926349500\",\"tracking_id\":\"abcd1234-1-5-z\",\"msg_id\":\"1005\"}}",
        "zalo signed\n{\"event_name\":\"user_seen_message\",\"timestamp\":1626926349402,\"message\":{\"msg_ids\":[\"1006\",1005]}}",
        "zalo signed\n{\"event_name\":\"user_seen_message\",\"timestamp\":1626926349402,\"message\":{\"tracking_id\":\"abcd1234-1-5-z\"}}",
        "zalo signed\n{\"event_name\":\"user_send_text\",\"timestamp\":\"1\",\"sender\":{\"id\":\"5678901234567890123\"},\"message\":{\"text\":\"DỪNG\",\"msg_id\":\"m-1\"}}",
        "zalo forged\n{\"event_name\":\"user_received_message\",\"timestamp\":\"1626926349402\",\"message\":{\"delivery_time\":\"1\",\"tracking_id\":\"abcd1234-1-5-z\"}}",
        "zalo none\n{\"event_name\":\"user_seen_message\",\"timestamp\":\"1\",\"message\":{\"tracking_id\":\"abcd1234-1-5-z\"}}",
        "zalo-oa none\n{\"event_name\":\"user_seen_message\"}",
        "nobody none\n?key=abcd1234-1-2-k&type=1",
    ];

    [Fact]
    public async Task A_report_settles_what_it_names_of_its_own_carrier_and_nothing_that_is_unsigned_or_forged()
    {
        using var river = new River();
        river.People(Deliveries.Length);
        var bulletin = river.Warn(river.Episode(), AlarmLevel.II, notAfter: River.Now - NodaTime.Duration.FromHours(1));
        for (var i = 0; i < Deliveries.Length; i++)
        {
            var (carrier, key, reference) = Deliveries[i];
            river.Operations.Write(connection => connection.Execute(
                """
                INSERT INTO deliveries (bulletin_id, recipient_id, carrier, key, level, state, not_after, planned_at, reference, lane, rank)
                VALUES (@bulletin, @recipient, @carrier, @key, 2, 'accepted', 0, 0, @reference, 0, 0)
                """,
                new { bulletin, recipient = i + 1, carrier, key, reference }));
        }
        await using var engine = await new Engine(river, [], Settings()).Start();
        var callbacks = engine.Get<Callbacks>();
        await new Fuzzer("callback", output)
        {
            Longest = 16 * 1024,
            Words =
            [
                .. Deliveries.SelectMany(one => new[] { one.Key, one.Reference, one.Carrier }), "signed", "forged", "none", "wrong", "SendStatus=5", "SendSuccess=1", "RequestId=", "SMSID=", "key=", "type=", "answer=", "from=",
                "text=", "id=", "&", "\"tracking_id\":", "\"msg_id\":", "\"msg_ids\":[", "\"delivery_time\":", "\"timestamp\":", "\"event_name\":", "\"user_seen_message\"", "\"user_received_message\"", "\"state\":\"failed\"",
            ],
        }.Run(Seeds.Select(Encoding.UTF8.GetBytes), async input =>
        {
            var end = input.AsSpan().IndexOf((byte)'\n');
            var (head, said) = end < 0 ? (input, []) : (input[..end], input[(end + 1)..]);
            var words = Encoding.UTF8.GetString(head).Split(' ');
            var (carrier, how) = (words[0], words.Length > 1 ? words[1] : "none");
            var isByQuery = carrier is "esms" or "kannel";
            var query = isByQuery ? Encoding.UTF8.GetString(said) : "";
            var body = isByQuery ? [] : said;
            var status = await callbacks.Take(carrier, how == "wrong" ? Secret + "0" : Secret, new Callback(query, body, name => how switch
            {
                "signed" => Signature(name, body),
                "forged" => Signature(name, "{\"timestamp\":\"1626926349402\"}"u8.ToArray()),
                _ => null,
            }));

            Assert.Contains(status, (int[])[200, 400, 403, 404, 503]);
            var changed = river.List<(string Carrier, string Key, string Reference)>("SELECT carrier, key, reference FROM deliveries WHERE state <> 'accepted' ORDER BY key");
            if (changed.Count > 0)
                river.Operations.Write(connection => connection.Execute("UPDATE deliveries SET state = 'accepted', delivered_at = NULL, seen_at = NULL, settled_at = NULL, last_code = NULL"));
            var named = isByQuery ? OfQuery(query) : OfJson(body);
            foreach (var one in changed)
            {
                Assert.True(status == 200, $"settled and answered {status}");
                Assert.True(one.Carrier == carrier || (carrier == "zalo" && one.Carrier == "zalo-oa"), $"{carrier} has settled what belongs to {one.Carrier}");
                Assert.True(how != "wrong" && (how == "signed" || carrier is not ("zalo" or "webhook")), $"settled, though it was {how}");
                Assert.True(named.Contains(one.Key) || named.Contains(one.Reference), $"settled {one.Key}, which it does not name");
            }
            return $"{(carrier.Length > 10 ? "?" : carrier)} {status} {changed.Count}";
        });
        Assert.Equal(Deliveries.Length, river.Ask<int>("SELECT count(*) FROM deliveries"));
    }

    internal static Dictionary<string, string?> Settings() => new()
    {
        ["Notify:LookEvery"] = "00:00:01",
        ["Carriers:Esms:BaseUrl"] = "http://127.0.0.1:1",
        ["Carriers:Esms:ApiKey"] = "api-key",
        ["Carriers:Esms:SecretKey"] = "secret-key",
        ["Carriers:Esms:Brandname"] = "CanhLu",
        ["Carriers:Esms:CallbackSecret"] = Secret,
        ["Carriers:Kannel:Url"] = "http://127.0.0.1:1",
        ["Carriers:Kannel:Username"] = "canhlu",
        ["Carriers:Kannel:Password"] = "kannel-pass",
        ["Carriers:Kannel:From"] = "CanhLu",
        ["Carriers:Kannel:CallbackSecret"] = Secret,
        ["Carriers:SpeedSms:BaseUrl"] = "http://127.0.0.1:1",
        ["Carriers:SpeedSms:AccessToken"] = "token",
        ["Carriers:SpeedSms:CallbackSecret"] = Secret,
        ["Carriers:Webhook:Url"] = "http://127.0.0.1:1",
        ["Carriers:Webhook:SigningKey"] = SigningKey,
        ["Carriers:Webhook:CallbackSecret"] = Secret,
        ["Carriers:Zalo:BaseUrl"] = "http://127.0.0.1:1",
        ["Carriers:Zalo:OAuthUrl"] = "http://127.0.0.1:1",
        ["Carriers:Zalo:AppId"] = "1234",
        ["Carriers:Zalo:AppSecret"] = "app-secret",
        ["Carriers:Zalo:OaSecret"] = "oa-secret",
        ["Carriers:Zalo:AccessToken"] = "access-0",
        ["Carriers:Zalo:RefreshToken"] = "refresh-0",
        ["Carriers:Zalo:CallbackSecret"] = Secret,
        ["Carriers:ZaloOa:BaseUrl"] = "http://127.0.0.1:1",
    };

    static string? Signature(string header, byte[] body)
    {
        if (header == ZaloSignature.Header)
        {
            // Over the raw bytes, which need be no UTF-8.
            var hashed = SHA256.HashData([.. "1234"u8, .. body, .. Encoding.UTF8.GetBytes(Timestamp(body) + "oa-secret")]);
            return "mac=" + Convert.ToHexStringLower(hashed);
        }
        var second = RealTime.Provider.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"t={second},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(SigningKey), (byte[])[.. Encoding.UTF8.GetBytes($"{second}."), .. body]))}";
    }

    static string Timestamp(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("timestamp", out var timestamp) ? timestamp.ToString() : "";
        }
        catch (Exception none) when (none is JsonException or InvalidOperationException)
        {
            return "";
        }
    }

    static HashSet<string> OfQuery(string query) =>
        [.. query.TrimStart('?').Split('&').Select(pair => Uri.UnescapeDataString(pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..].Replace('+', ' ')))];

    /// <summary>Every text and number in it.</summary>
    static HashSet<string> OfJson(byte[] body)
    {
        var found = new HashSet<string>();
        try
        {
            using var json = JsonDocument.Parse(body);
            Walk(json.RootElement);
        }
        catch (Exception none) when (none is JsonException or InvalidOperationException)
        {
            // What came before it counts.
        }
        return found;

        void Walk(JsonElement element)
        {
            try
            {
                Look(element);
            }
            catch (InvalidOperationException)
            {
                // A text that is none names nothing.
            }
        }

        void Look(JsonElement element)
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.Object:
                    foreach (var property in element.EnumerateObject())
                        Walk(property.Value);
                    break;
                case JsonValueKind.Array:
                    foreach (var item in element.EnumerateArray())
                        Walk(item);
                    break;
                case JsonValueKind.Number when element.TryGetDouble(out var number):
                    found.Add(element.ToString());
                    found.Add(number.ToString(CultureInfo.InvariantCulture));
                    break;
                default:
                    found.Add(element.ToString());
                    break;
            }
        }
    }
}
