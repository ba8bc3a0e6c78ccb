using System.Text.Json.Serialization;

namespace CanhLu.Notify.Carriers.Esms;

/// <summary>The body of <c>SendMultipleMessage_V4_post_json</c>: every value a string.</summary>
sealed record EsmsMessage(
    string ApiKey, string SecretKey, string Content, string Phone, string Brandname, string SmsType, string IsUnicode, string Sandbox, string RequestId,
    string? CallbackUrl);

/// <summary>Its answer. 100 means accepted, not delivered.</summary>
sealed record EsmsAnswer(
    [property: JsonConverter(typeof(TextOrNumber))] string? CodeResult,
    [property: JsonConverter(typeof(WordsOfCarrier))] string? ErrorMessage,
    [property: JsonPropertyName("SMSID"), JsonConverter(typeof(TextOrNumber))] string? SmsId);

/// <summary>The body of <c>GetBalance_json</c>.</summary>
sealed record EsmsKeys(string ApiKey, string SecretKey);

/// <summary>Its answer: đồng, as a number.</summary>
sealed record EsmsBalance(
    [property: JsonConverter(typeof(TextOrNumber))] string? CodeResponse, [property: JsonConverter(typeof(TextOrNumber))] string? Balance);

/// <summary>The answer of <c>GetSendStatus</c>.</summary>
sealed record EsmsStatus(
    [property: JsonConverter(typeof(TextOrNumber))] string? CodeResponse, [property: JsonConverter(typeof(TextOrNumber))] string? SendStatus,
    [property: JsonConverter(typeof(TextOrNumber))] string? SendSuccess, [property: JsonConverter(typeof(TextOrNumber))] string? SendFailed);

/// <summary>Source-generated reading and writing.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EsmsMessage))]
[JsonSerializable(typeof(EsmsAnswer))]
[JsonSerializable(typeof(EsmsStatus))]
[JsonSerializable(typeof(EsmsKeys))]
[JsonSerializable(typeof(EsmsBalance))]
sealed partial class EsmsJson : JsonSerializerContext;
