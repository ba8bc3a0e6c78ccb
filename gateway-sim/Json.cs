using System.Text.Encodings.Web;
using System.Text.Json;

namespace CanhLu.GatewaySim;

/// <summary>JSON as the carriers write it: Vietnamese letters as they are, absent members left out.</summary>
static class Json
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = null,
        DictionaryKeyPolicy = null,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Carriers answer 200 whatever happened: the body's code decides.</summary>
    public static Task Answer(HttpContext context, object answer) => context.Response.WriteAsJsonAsync(answer, Options, context.RequestAborted);

    /// <summary>The object in a request's body; null when it is none.</summary>
    public static async Task<JsonElement?> Body(HttpContext context)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A member as text, whether it was sent as a string or a number; empty when it is absent.</summary>
    public static string Text(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False
            ? value.ToString()
            : "";
}
