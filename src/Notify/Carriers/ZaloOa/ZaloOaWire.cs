using System.Text.Json.Serialization;

namespace CanhLu.Notify.Carriers.ZaloOa;

/// <summary>The body of <c>POST /v3.0/oa/message/cs</c>.</summary>
sealed record ZaloOaMessage(ZaloOaRecipient Recipient, ZaloOaText Message);

/// <summary>To whom, by the id that the official account knows.</summary>
sealed record ZaloOaRecipient(string UserId);

/// <summary>What.</summary>
sealed record ZaloOaText(string Text);

/// <summary>Its answer. HTTP says 200 even for errors: <c>error</c> decides.</summary>
sealed record ZaloOaAnswer([property: JsonConverter(typeof(TextOrNumber))] string? Error,
    [property: JsonConverter(typeof(WordsOfCarrier))] string? Message, ZaloOaReceipt? Data);

/// <summary>What Zalo says of an accepted message.</summary>
sealed record ZaloOaReceipt([property: JsonConverter(typeof(TextOrNumber))] string? MessageId);

/// <summary>Source-generated reading and writing.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ZaloOaMessage))]
[JsonSerializable(typeof(ZaloOaAnswer))]
sealed partial class ZaloOaJson : JsonSerializerContext;
