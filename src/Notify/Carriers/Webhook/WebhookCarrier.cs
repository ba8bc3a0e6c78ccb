using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Options;

namespace CanhLu.Notify.Carriers.Webhook;

/// <summary>Somebody else's program: a signed POST a recipient. It has to take a key once, and is asked for nothing else.</summary>
sealed class WebhookCarrier(IHttpClientFactory clients, IOptions<WebhookOptions> options, TimeProvider time) : ICarrier
{
    public const string Name = "webhook";

    const string Look = "Look into the receiving program, and Carriers:Webhook.";

    readonly WebhookOptions _options = options.Value;
    readonly CarrierLink _link = new(() => clients.CreateClient(Name), options.Value.Timeout, time);

    public string Id => Name;

    public char KeyLetter => 'w';

    public CarrierTerms Terms { get; } = new(options.Value.RatePerSecond, options.Value.Concurrency, options.Value.CallbackSecret) { KnowsRepeats = true };

    public bool ChargesBySegment => false;

    public bool CanSay(Wording wording) => true;

    /// <summary>The status decides: any 2xx is taken, 409 was taken before, 400, 404, 410 and 422 never, 401 and 403 stop the channel, 429 and 503 are later; of any
    /// other nobody knows what it means.</summary>
    public async Task<Receipt> Tell(Letter letter, CancellationToken cancellation)
    {
        var wording = letter.Wording;
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new WebhookMessage(letter.Key, letter.Phone.E164, wording.Text, wording.Sms, wording.Slots, letter.ValidFor is { } left ? (long)left.TotalSeconds : null),
            WebhookJson.Readable.WebhookMessage);
        var reply = await _link.Send(() => Request(letter.Key, body), cancellation).ConfigureAwait(false);
        if (reply.Instead is { } instead)
            return instead;
        var answer = Read(reply.Body, WebhookJson.Default.WebhookAnswer);
        var code = $"{(int)reply.Status}";
        return reply.Status switch
        {
            >= HttpStatusCode.OK and < HttpStatusCode.Ambiguous or HttpStatusCode.Conflict => new Receipt.Accepted(answer?.Reference),
            HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.UnprocessableEntity =>
                new Receipt.Refused(code, answer?.Reason ?? "the receiving program does not want it", TryNextCarrier: true),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                new Receipt.ChannelStopped(code, answer?.Reason ?? "the receiving program does not accept our signature", Look),
            HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => new Receipt.TryLater(code, answer?.Reason ?? "too much for it", Everyone: true),
            _ => reply.Unread,
        };
    }

    /// <summary>A report, signed as what goes out is: <c>{"key":…,"state":"delivered"}</c>, or failed with a reason.</summary>
    public CallbackReading Read(Callback callback)
    {
        if (WebhookSignature.Fault(callback.Header(WebhookSignature.Header), _options.SigningKey, time.GetUtcNow(), callback.Body.Span) is { } fault)
            return new CallbackReading.Forged(fault);
        return Read(callback.Body.ToArray(), WebhookJson.Default.WebhookReport) switch
        {
            { Key: { Length: > 0 } key, State: "delivered" } => new CallbackReading.Report(key, new Receipt.Delivered()),
            { Key: { Length: > 0 } key, State: "failed", Reason: var reason } =>
                new CallbackReading.Report(key, new Receipt.Refused("failed", reason ?? "no reason given", TryNextCarrier: true)),
            null => new CallbackReading.Unreadable("not JSON"),
            _ => new CallbackReading.Unreadable("no key, or a state that is neither delivered nor failed"),
        };
    }

    HttpRequestMessage Request(string key, byte[] body)
    {
        var request = CarrierLink.Post(_options.Url!, body);
        request.Headers.Add("Idempotency-Key", key);
        request.Headers.Add(WebhookSignature.Header, WebhookSignature.Of(_options.SigningKey, time.GetUtcNow(), body));
        return request;
    }

    static T? Read<T>(byte[] body, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return body.Length == 0 ? null : JsonSerializer.Deserialize(body, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
