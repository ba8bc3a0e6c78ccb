using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CanhLu.Notify.Carriers.Webhook;

/// <summary>What goes out: the bulletin in one recipient's language.</summary>
/// <param name="Key">By which a repeat is known.</param>
/// <param name="Phone">To whom, E.164.</param>
/// <param name="Text">What, with its marks.</param>
/// <param name="Sms">The same without marks.</param>
/// <param name="Slots">The parts that it is made of.</param>
/// <param name="ValidForSeconds">How long it is worth delivering; null: nobody said.</param>
sealed record WebhookMessage(string Key, string Phone, string Text, string Sms, IReadOnlyDictionary<string, string> Slots, long? ValidForSeconds);

/// <summary>The answer's body, which may be missing.</summary>
sealed record WebhookAnswer([property: JsonConverter(typeof(TextOrNumber))] string? Reference, [property: JsonConverter(typeof(WordsOfCarrier))] string? Reason);

/// <summary>What is reported later: <c>state</c> is delivered or failed.</summary>
sealed record WebhookReport(
    [property: JsonConverter(typeof(TextOrNumber))] string? Key, string? State, [property: JsonConverter(typeof(WordsOfCarrier))] string? Reason);

/// <summary>Source-generated reading and writing.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WebhookMessage))]
[JsonSerializable(typeof(WebhookAnswer))]
[JsonSerializable(typeof(WebhookReport))]
sealed partial class WebhookJson : JsonSerializerContext
{
    /// <summary>Vietnamese letters as they are.</summary>
    public static WebhookJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
