using System.Text.Json;
using System.Text.Json.Serialization;

namespace CanhLu.Notify.Carriers.Zalo;

/// <summary>The body of <c>POST /message/template</c>.</summary>
sealed record ZaloMessage(
    string Phone, string TemplateId, IReadOnlyDictionary<string, string> TemplateData, string TrackingId, string? Mode);

/// <summary>Its answer. HTTP says 200 even for errors: <c>error</c> decides.</summary>
sealed record ZaloAnswer([property: JsonConverter(typeof(TextOrNumber))] string? Error,
    [property: JsonConverter(typeof(WordsOfCarrier))] string? Message, ZaloReceipt? Data);

/// <summary>What Zalo says of an accepted message.</summary>
sealed record ZaloReceipt([property: JsonConverter(typeof(TextOrNumber))] string? MsgId);

/// <summary>The answer of <c>GET /message/quota</c>.</summary>
sealed record ZaloQuotaAnswer([property: JsonConverter(typeof(TextOrNumber))] string? Error, ZaloQuota? Data);

/// <summary>What may still be sent today. Its names are not in snake case, unlike all others.</summary>
sealed record ZaloQuota([property: JsonPropertyName("remainingQuota"), JsonConverter(typeof(TextOrNumber))] string? Remaining);

/// <summary>The answer of <c>POST /v4/oa/access_token</c>: a pair of tokens, or an error.</summary>
sealed record ZaloPair(
    string? AccessToken, string? RefreshToken, [property: JsonConverter(typeof(TextOrNumber))] string? Error,
    [property: JsonConverter(typeof(WordsOfCarrier))] string? ErrorDescription, [property: JsonConverter(typeof(WordsOfCarrier))] string? ErrorName);

/// <summary>What Zalo reports later.</summary>
sealed record ZaloEvent(
    string? EventName, [property: JsonConverter(typeof(TextOrNumber))] string? Timestamp, ZaloEventMessage? Message, ZaloPerson? Sender,
    ZaloPerson? Recipient);

/// <summary>Somebody: a person, or the official account. Ids are too big for a double.</summary>
sealed record ZaloPerson([property: JsonConverter(typeof(TextOrNumber))] string? Id);

/// <summary>The message that it is about. With a delivery time it is a template message on its handset; without one, a word in the chat. What was
/// seen is named by our numbers for it, or by a list of Zalo's.</summary>
sealed record ZaloEventMessage(
    [property: JsonConverter(typeof(TextOrNumber))] string? TrackingId, [property: JsonConverter(typeof(TextOrNumber))] string? MsgId,
    [property: JsonConverter(typeof(TextOrNumber))] string? DeliveryTime, string? Text, IReadOnlyList<JsonElement>? MsgIds);

/// <summary>Source-generated reading and writing.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ZaloMessage))]
[JsonSerializable(typeof(ZaloAnswer))]
[JsonSerializable(typeof(ZaloQuotaAnswer))]
[JsonSerializable(typeof(ZaloPair))]
[JsonSerializable(typeof(ZaloEvent))]
sealed partial class ZaloJson : JsonSerializerContext;
