using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CanhLu.Database;
using CanhLu.Notify.Carriers.Zalo;
using Dapper;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CanhLu.Notify.Carriers.ZaloOa;

/// <summary>Messages in the official account's chat, free in their words, to people whose Zalo id a report of a template message has taught us.</summary>
/// <remarks>Free for 48 hours after a person has written, paid for seven days, refused after that: a way beside others, never the only one. It knows no keys.</remarks>
sealed class ZaloOaCarrier(
    IHttpClientFactory clients, ZaloTokens tokens, Operations operations, IOptions<ZaloOaOptions> options, IOptions<ZaloOptions> app, TimeProvider time,
    ILogger<ZaloOaCarrier> log) : ICarrier
{
    public const string Name = "zalo-oa";
    public const char Letter = 'o';

    readonly ZaloOaOptions _options = options.Value;
    readonly ZaloOptions _app = app.Value;
    readonly CarrierLink _link = new(() => clients.CreateClient(Name), options.Value.Timeout, time);
    readonly Uri _url = new($"{options.Value.BaseUrl.ToString().TrimEnd('/')}/v3.0/oa/message/cs");

    public string Id => Name;

    public char KeyLetter => Letter;

    public CarrierTerms Terms { get; } = new(options.Value.RatePerSecond, options.Value.Concurrency, null)
    {
        ReceiptWithin = app.Value.CallbackSecret is null ? null : options.Value.ReceiptWithin,
    };

    public bool ChargesBySegment => false;

    public bool CanSay(Wording wording) => true;

    public async Task<Receipt> Tell(Letter letter, CancellationToken cancellation)
    {
        if (operations.Read(connection => connection.QueryFirstOrDefault<string>(
                Statements.Of("user-of"), new { Carrier = ZaloCarrier.Name, letter.Phone })) is not { } user)
            return new Receipt.Refused("no-user", "nothing has told us the recipient's Zalo id yet", TryNextCarrier: true);
        var token = tokens.Access;
        if (token.Length == 0)
            return await tokens.Renew(token, cancellation).ConfigureAwait(false);
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new ZaloOaMessage(new ZaloOaRecipient(user), new ZaloOaText(letter.Wording.Text)), ZaloOaJson.Default.ZaloOaMessage);
        var reply = await _link.Send(() => Request(body, token), cancellation).ConfigureAwait(false);
        if (reply.Instead is { } instead)
            return instead;
        if (Read(reply.Body) is not { Error: { Length: > 0 } code } answer)
            return reply.Unread;
        if (ZaloOaCodes.IsTokenInvalid(code))
            return await tokens.Renew(token, cancellation).ConfigureAwait(false);
        tokens.Worked(token);
        if (code == ZaloOaCodes.Ok)
            return new Receipt.Accepted(answer.Data?.MessageId);
        if (code == "-201")
            Log.CarrierBlamesUs(log, Name, code, answer.Message ?? "");
        if (ZaloOaCodes.Judge(code, _options.QuotaProbeAfter) is { } known)
            return known;
        Log.CarrierCodeUnknown(log, Name, code, answer.Message ?? "");
        return new Receipt.TryLater(code, answer.Message is { Length: > 0 } message ? message : "a code that is not in our table");
    }

    /// <summary>Nothing is reported here: Zalo's events, those of the chat too, come to <c>zalo</c>.</summary>
    public CallbackReading Read(Callback callback) => new CallbackReading.Other("Zalo's events go to /callbacks/zalo");

    HttpRequestMessage Request(byte[] body, string token)
    {
        var request = CarrierLink.Post(_url, body);
        request.Headers.Add("access_token", token);
        if (_app.SendProof)
            request.Headers.Add("appsecret_proof", Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(_app.AppSecret), Encoding.UTF8.GetBytes(token))));
        return request;
    }

    static ZaloOaAnswer? Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, ZaloOaJson.Default.ZaloOaAnswer);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
