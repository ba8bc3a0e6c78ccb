using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CanhLu.Database;
using CanhLu.Notify.Carriers.ZaloOa;
using Dapper;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CanhLu.Notify.Carriers.Zalo;

/// <summary>Zalo template messages (ZNS, since 2026 ZBS) to a telephone number.</summary>
/// <remarks>A template must have been approved, so its slots are filled and nothing else is said. The <c>tracking_id</c> is the delivery's key.</remarks>
sealed class ZaloCarrier(
    IHttpClientFactory clients, ZaloTokens tokens, Operations operations, IOptions<ZaloOptions> options, TimeProvider time, ILogger<ZaloCarrier> log) : ICarrier
{
    public const string Name = "zalo";

    /// <summary>So many of the messages that one report names are looked up.</summary>
    const int MostNumbers = 100;

    readonly ZaloOptions _options = options.Value;
    readonly CarrierLink _link = new(() => clients.CreateClient(Name), options.Value.Timeout, time);
    readonly Uri _url = new($"{options.Value.BaseUrl.ToString().TrimEnd('/')}/message/template");

    readonly Uri _quota = new($"{options.Value.BaseUrl.ToString().TrimEnd('/')}/message/quota");

    public string Id => Name;

    public char KeyLetter => 'z';

    /// <summary>Its own, and those of the official account's chat, whose reports come here.</summary>
    public bool MayReportOn(string key) => key.EndsWith(KeyLetter) || key.EndsWith(ZaloOaCarrier.Letter);

    public CarrierTerms Terms { get; } = new(options.Value.RatePerSecond, options.Value.Concurrency, options.Value.CallbackSecret)
    {
        ReceiptWithin = options.Value.CallbackSecret is null ? null : options.Value.ReceiptWithin,
    };

    public CarrierConcern? Concern => tokens.Concern;

    public bool ChargesBySegment => false;

    public bool CanSay(Wording wording) => wording.ZaloTemplate is not null;

    public async Task<Receipt> Tell(Letter letter, CancellationToken cancellation)
    {
        var token = tokens.Access;
        if (token.Length == 0)
            return await tokens.Renew(token, cancellation).ConfigureAwait(false);
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new ZaloMessage(letter.Phone.Digits, letter.Wording.ZaloTemplate!, letter.Wording.Slots, letter.Key, _options.Mode),
            ZaloJson.Default.ZaloMessage);
        var reply = await _link.Send(() => Request(body, token), cancellation).ConfigureAwait(false);
        if (reply.Instead is { } instead)
            return instead;
        if (Read(reply.Body, ZaloJson.Default.ZaloAnswer) is not { Error: { Length: > 0 } code } answer)
            return reply.Unread;
        if (code == ZaloCodes.TokenInvalid)
            return await tokens.Renew(token, cancellation).ConfigureAwait(false);
        tokens.Worked(token);
        if (code == ZaloCodes.Ok)
            return new Receipt.Accepted(answer.Data?.MsgId);
        if (ZaloCodes.IsOurFault(code))
            Log.CarrierBlamesUs(log, Name, code, answer.Message ?? "");
        if (ZaloCodes.Judge(code, _options.QuotaProbeAfter) is { } known)
            return known;
        Log.CarrierCodeUnknown(log, Name, code, answer.Message ?? "");
        return new Receipt.TryLater(code, answer.Message is { Length: > 0 } message ? message : "a code that is not in our table");
    }

    /// <summary><c>GET /message/quota</c>: letters that may still go today. A spent token is renewed by the next letter, or by the week.</summary>
    public async Task<Allowance?> AskAllowance(CancellationToken cancellation)
    {
        if (tokens.Access is not { Length: > 0 } token)
            return null;
        var reply = await _link.Send(() => Authorised(new HttpRequestMessage(HttpMethod.Get, _quota), token), cancellation).ConfigureAwait(false);
        return reply.Instead is null && Read(reply.Body, ZaloJson.Default.ZaloQuotaAnswer) is { Error: ZaloCodes.Ok, Data.Remaining: { } remaining }
            && int.TryParse(remaining, NumberStyles.None, CultureInfo.InvariantCulture, out var left)
            ? new Allowance(left, AllowanceUnit.Letters)
            : null;
    }

    /// <summary>A report, signed: SHA-256 of app id, raw body, its timestamp and the official account's secret.</summary>
    public CallbackReading Read(Callback callback)
    {
        if (Read(callback.Body.ToArray(), ZaloJson.Default.ZaloEvent) is not { } report)
            return new CallbackReading.Unreadable("not JSON");
        if (!IsSigned(callback, report.Timestamp ?? ""))
            return new CallbackReading.Forged("X-ZEvent-Signature does not fit the body");
        return report switch
        {
            { EventName: "user_received_message", Message: { DeliveryTime: not null, TrackingId: { Length: > 0 } key } } =>
                new CallbackReading.Report(key, new Receipt.Delivered()) { User = UserOf(report.Recipient) },
            { EventName: "user_seen_message", Message: { TrackingId: { Length: > 0 } key } } => new CallbackReading.Report(key, new Receipt.Seen()),
            { EventName: "user_received_message" or "user_seen_message", Message: { } message } => ByNumber(
                message, report.EventName == "user_seen_message" ? new Receipt.Seen() : new Receipt.Delivered()),
            { EventName: "user_send_text", Sender.Id: { Length: > 0 } sender, Message: { Text: { } text, MsgId: var id } } =>
                new CallbackReading.Reply(sender, text, id),
            _ => new CallbackReading.Other(report.EventName ?? "no event_name"),
        };
    }

    /// <summary>A report that names messages by Zalo's numbers only: of the official account's chat, where others write too.</summary>
    CallbackReading ByNumber(ZaloEventMessage message, Receipt receipt)
    {
        string?[] named = [message.MsgId, .. message.MsgIds?.Select(TextOf) ?? []];
        var ids = named.OfType<string>().Distinct().Take(MostNumbers);
        var keys = operations.Read(connection => connection.Query<string>(Statements.Of("zalo-keys"), new { ids }).AsList());
        return keys.Count == 0
            ? new CallbackReading.Other("a message that is none of ours")
            : new CallbackReading.Reports(keys.ConvertAll(key => new CallbackReading.Report(key, receipt)));
    }

    /// <summary>A text or a number; null for a text that is none, within JSON's grammar or not: half a surrogate pair, bytes that are no UTF-8.</summary>
    static string? TextOf(JsonElement id)
    {
        try
        {
            return id.ToString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Recipients are named by their id or by their number, which has twelve digits at most.</summary>
    static string? UserOf(ZaloPerson? person) => person?.Id is { Length: > 12 } id ? id : null;

    HttpRequestMessage Request(byte[] body, string token) => Authorised(CarrierLink.Post(_url, body), token);

    HttpRequestMessage Authorised(HttpRequestMessage request, string token)
    {
        request.Headers.Add("access_token", token);
        if (_options.SendProof)
        {
            var proof = HMACSHA256.HashData(Encoding.UTF8.GetBytes(_options.AppSecret), Encoding.UTF8.GetBytes(token));
            request.Headers.Add("appsecret_proof", Convert.ToHexStringLower(proof));
        }
        return request;
    }

    bool IsSigned(Callback callback, string timestamp)
    {
        if (_options.OaSecret is not { Length: > 0 } secret || callback.Header("X-ZEvent-Signature") is not { } given)
            return false;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(_options.AppId));
        hash.AppendData(callback.Body.Span);
        hash.AppendData(Encoding.UTF8.GetBytes(timestamp + secret));
        var mac = given.StartsWith("mac=", StringComparison.OrdinalIgnoreCase) ? given[4..] : given;
        var expected = Convert.ToHexStringLower(hash.GetHashAndReset());
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(mac.Trim().ToLowerInvariant()));
    }

    static T? Read<T>(byte[] body, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
