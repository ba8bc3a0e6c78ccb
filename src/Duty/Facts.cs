using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace CanhLu.Duty;

/// <summary>What an audit entry says was so, before or after: JSON with only what is known.</summary>
sealed record Facts
{
    static readonly FactsJson Json = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    });

    public string? Alarm { get; init; }
    public long? Episode { get; init; }
    public long? Proposal { get; init; }
    public long? Bulletin { get; init; }
    public string? Release { get; init; }
    public string? Kind { get; init; }
    public string? Level { get; init; }
    public string? Since { get; init; }
    public string? Grade { get; init; }
    public int? StageMm { get; init; }
    public string? MeasuredAt { get; init; }
    public string? NotAfter { get; init; }
    public string? State { get; init; }
    public string? Reason { get; init; }
    public string? Note { get; init; }
    public string? Quiet { get; init; }
    public string? Until { get; init; }
    public IReadOnlyList<string>? Changes { get; init; }
    public string? Text { get; init; }
    public IReadOnlyDictionary<string, string>? Slots { get; init; }
    public IReadOnlyList<string>? Areas { get; init; }
    public int? Missing { get; init; }
    public string? DecideBy { get; init; }
    public IReadOnlyList<string>? Asked { get; init; }
    public string? Model { get; init; }
    public string? Station { get; init; }
    public string? Name { get; init; }
    public string? Order { get; init; }
    public int? OffsetMm { get; init; }

    public override string ToString() => JsonSerializer.Serialize(this, Json.Facts);
}

[JsonSerializable(typeof(Facts))]
sealed partial class FactsJson : JsonSerializerContext;
