using System.Text.Json.Serialization;

namespace CanhLu.Notify.Carriers.SpeedSms;

/// <summary>The body of <c>sms/send</c>.</summary>
sealed record SpeedSmsMessage(IReadOnlyList<string> To, string Content, int SmsType, string Sender);

/// <summary>Its answer: <c>status</c> is success or error, and an error has a code.</summary>
sealed record SpeedSmsAnswer(
    string? Status, [property: JsonConverter(typeof(TextOrNumber))] string? Code,
    [property: JsonConverter(typeof(WordsOfCarrier))] string? Message, SpeedSmsReceipt? Data);

/// <summary>What SpeedSMS says of a message that it took.</summary>
sealed record SpeedSmsReceipt(
    [property: JsonPropertyName("tranId"), JsonConverter(typeof(TextOrNumber))] string? TranId,
    [property: JsonPropertyName("invalidPhone")] IReadOnlyList<string>? InvalidPhone);

/// <summary>The answer of <c>user/info</c>.</summary>
sealed record SpeedSmsAccount([property: JsonConverter(typeof(TextOrNumber))] string? Balance, string? Currency);

/// <summary>What SpeedSMS reports later.</summary>
sealed record SpeedSmsReport(
    string? Type, [property: JsonPropertyName("tranId"), JsonConverter(typeof(TextOrNumber))] string? TranId,
    [property: JsonConverter(typeof(TextOrNumber))] string? Status);

/// <summary>Source-generated reading and writing.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SpeedSmsMessage))]
[JsonSerializable(typeof(SpeedSmsAnswer))]
[JsonSerializable(typeof(SpeedSmsAccount))]
[JsonSerializable(typeof(SpeedSmsReport))]
sealed partial class SpeedSmsJson : JsonSerializerContext;
