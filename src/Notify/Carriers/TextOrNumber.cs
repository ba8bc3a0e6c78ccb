using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CanhLu.Notify.Carriers;

/// <summary>A code or number that carriers write now as a string, now as a number; kept as text, so that big numbers stay whole. What is too long for one is no code.</summary>
sealed class TextOrNumber : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString() is var text && CarrierWords.IsName(text!) ? text : throw new JsonException("No code is so long, or has a control character."),
        JsonTokenType.Null => null,
        JsonTokenType.Number when reader.TryGetInt64(out var number) => number.ToString(CultureInfo.InvariantCulture),
        JsonTokenType.Number => reader.GetDouble().ToString(CultureInfo.InvariantCulture),
        _ => throw new JsonException("A code is a string or a number."),
    };

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
