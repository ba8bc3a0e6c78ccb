using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CanhLu.Notify.Sirens;

/// <summary>What a siren reads. Times are ISO 8601 with the site's offset.</summary>
/// <param name="Version">Of this form: 1. A field more does not change it.</param>
/// <param name="Site">The site's id.</param>
/// <param name="Area">The code of the area that it is for.</param>
/// <param name="AreaName">Its name.</param>
/// <param name="Status"><c>actual</c> or <c>exercise</c>.</param>
/// <param name="State"><c>warning</c>, <c>all_clear</c> or <c>withdrawn</c>.</param>
/// <param name="Sequence">Grows with every change on the topic; the same number is the same message, however often it comes.</param>
/// <param name="BulletinId">The bulletin.</param>
/// <param name="Level"><c>I</c>, <c>II</c>, <c>III</c>, <c>none</c>.</param>
/// <param name="Cause"><c>threshold</c>, <c>rate</c>, <c>release</c>…</param>
/// <param name="Headline">Vietnamese with its marks, to be read aloud; empty where something is taken back.</param>
/// <param name="HeadlineAscii">The same without marks, for a display.</param>
/// <param name="IssuedAt">When it was decided.</param>
/// <param name="ValidUntil">After this moment nobody acts on it.</param>
sealed record SirenMessage(
    int Version, string Site, string Area, string AreaName, string Status, string State, long Sequence, long BulletinId, string Level, string Cause, string Headline,
    string HeadlineAscii, string IssuedAt, string ValidUntil)
{
    public static SirenMessage Read(string payload) => JsonSerializer.Deserialize(payload, SirenJson.Plain.SirenMessage)!;

    public string Write() => JsonSerializer.Serialize(this, SirenJson.Plain.SirenMessage);
}

/// <summary>What a siren says when it has heard a message.</summary>
/// <param name="BulletinId">The message's.</param>
/// <param name="Sequence">The message's; null for the newest of that bulletin.</param>
sealed record HeardMessage([property: JsonRequired] long BulletinId, long? Sequence)
{
    /// <summary>Null when the bytes are no such thing.</summary>
    public static HeardMessage? Read(ReadOnlySpan<byte> payload)
    {
        try
        {
            return JsonSerializer.Deserialize(payload, SirenJson.Plain.HeardMessage);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Small enough for a microcontroller: letters stand as UTF-8, not as <c>\u</c> escapes.</summary>
[JsonSerializable(typeof(SirenMessage))]
[JsonSerializable(typeof(HeardMessage))]
sealed partial class SirenJson : JsonSerializerContext
{
    public static SirenJson Plain { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
