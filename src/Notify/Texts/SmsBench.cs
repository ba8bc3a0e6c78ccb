using System.Text.Json.Serialization;

namespace CanhLu.Notify;

/// <summary>What a text is as SMS, as it is written and without its marks: what <c>canhlu sms --json</c> and <c>/api/sms</c> answer. Its fields stay in this order; new
/// ones are added at the end.</summary>
public sealed record SmsBench
{
    /// <summary><c>GSM-7</c> or <c>UCS-2</c>.</summary>
    [JsonPropertyName("coding")]
    public required string Coding { get; init; }

    /// <summary>Segments of the text as it is written.</summary>
    [JsonPropertyName("segments")]
    public required int Segments { get; init; }

    /// <summary>Its characters; see <see cref="SmsSize.Characters"/>.</summary>
    [JsonPropertyName("characters")]
    public required int Characters { get; init; }

    /// <summary>The characters that force UCS-2, each once, in order of appearance.</summary>
    [JsonPropertyName("forced_by")]
    public required IReadOnlyList<string> ForcedBy { get; init; }

    /// <summary>The text without marks, as the engine sends it; see <see cref="Notify.Unaccented"/>.</summary>
    [JsonPropertyName("unaccented")]
    public required string Unaccented { get; init; }

    /// <summary>Segments of the text without marks.</summary>
    [JsonPropertyName("unaccented_segments")]
    public required int UnaccentedSegments { get; init; }

    /// <summary>Septets or sixteen-bit units of the text as it is written.</summary>
    [JsonPropertyName("units")]
    public required int Units { get; init; }

    /// <summary>Septets of the text without marks.</summary>
    [JsonPropertyName("unaccented_units")]
    public required int UnaccentedUnits { get; init; }

    /// <summary>Whether the text without marks can be sent at all: no more than 255 segments.</summary>
    [JsonPropertyName("sendable")]
    public required bool Sendable { get; init; }

    /// <summary>To how many.</summary>
    [JsonPropertyName("recipients")]
    public required int Recipients { get; init; }

    /// <summary>Đồng for each segment to each recipient; null: not known.</summary>
    [JsonPropertyName("price_per_segment")]
    public required decimal? PricePerSegment { get; init; }

    /// <summary>What all of them cost as it is written, đồng.</summary>
    [JsonPropertyName("price")]
    public required decimal? Price { get; init; }

    /// <summary>What all of them cost without marks, đồng.</summary>
    [JsonPropertyName("unaccented_price")]
    public required decimal? UnaccentedPrice { get; init; }

    /// <summary>Letters a second, as agreed.</summary>
    [JsonPropertyName("rate_per_second")]
    public required double RatePerSecond { get; init; }

    /// <summary>Seconds until the last one is handed over.</summary>
    [JsonPropertyName("seconds")]
    public required double Seconds { get; init; }

    /// <summary>Lays a text on the bench.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="terms">What was agreed.</param>
    /// <param name="recipients">To how many.</param>
    public static SmsBench Of(string text, SmsTerms terms, int recipients)
    {
        var plain = Notify.Unaccented.Of(text);
        var (size, plainSize) = (SmsSize.Of(text), SmsSize.Of(plain));
        return new SmsBench
        {
            Coding = size.Coding == SmsCoding.Gsm7 ? "GSM-7" : "UCS-2",
            Segments = size.Segments,
            Characters = size.Characters,
            ForcedBy = size.ForcedBy,
            Unaccented = plain,
            UnaccentedSegments = plainSize.Segments,
            Units = size.Units,
            UnaccentedUnits = plainSize.Units,
            Sendable = plainSize.IsSendable,
            Recipients = recipients,
            PricePerSegment = terms.PricePerSegment,
            Price = terms.Price(size, recipients),
            UnaccentedPrice = terms.Price(plainSize, recipients),
            RatePerSecond = terms.RatePerSecond,
            Seconds = terms.Seconds(recipients),
        };
    }
}
