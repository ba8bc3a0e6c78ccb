using System.Text.Json;
using System.Text.Json.Serialization;

namespace CanhLu.Notify.Carriers;

/// <summary>What a carrier says for people. It goes into a row of every delivery and into the log, so it is one short line, whatever came.</summary>
static class CarrierWords
{
    /// <summary>Longer words are cut; a longer code or number is none.</summary>
    public const int Longest = 200;

    /// <summary>The words in one line of at most <see cref="Longest"/> letters, without what is not seen.</summary>
    public static string Of(string said) =>
        string.Create(Math.Min(said.Length, Longest), said, (line, words) =>
        {
            for (var i = 0; i < line.Length; i++)
                line[i] = char.IsControl(words[i]) ? ' ' : words[i];
        }).Trim();

    /// <summary>Whether a text can be a code, a number or a key.</summary>
    public static bool IsName(string text) => text.Length <= Longest && !text.Any(char.IsControl);

    /// <summary>A reference as it is kept; null for none, and for what is none.</summary>
    public static string? Reference(string text) => text.Length > 0 && IsName(text) ? text : null;
}

/// <summary>Reads a text for people as <see cref="CarrierWords.Of"/> has it.</summary>
sealed class WordsOfCarrier : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => CarrierWords.Of(reader.GetString()!),
        JsonTokenType.Null => null,
        _ => throw new JsonException("Words are a string."),
    };

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
