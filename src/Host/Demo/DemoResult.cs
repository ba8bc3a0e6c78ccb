using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CanhLu.Host.Demo;

/// <summary>What became of the demo's flood: its last line.</summary>
/// <param name="Readings">Values that the pretend devices sent.</param>
/// <param name="Stored">Values of them in the archive.</param>
/// <param name="Bulletins">What was decided, oldest first; the all-clear has level <c>None</c>.</param>
/// <param name="Deliveries">What became of the messages.</param>
/// <param name="Lost">Values that were acknowledged and are not in the archive.</param>
/// <param name="Doubled">Messages that a carrier took twice under different keys.</param>
sealed record DemoResult(
    long Readings, long Stored, ImmutableArray<DemoBulletin> Bulletins, DemoDeliveries Deliveries, long Lost, long Doubled)
{
    // The plus sign of a time zone is written as it is: the line is for programs and people, not for a web page.
    static readonly DemoJson Wire = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public string ToJson() => JsonSerializer.Serialize(this, Wire.DemoResult);
}

/// <param name="Level">I, II, III or None.</param>
/// <param name="At">When the stage behind it was measured, in the site's zone.</param>
sealed record DemoBulletin(string Level, string At);

/// <param name="Accepted">Messages that a carrier took.</param>
/// <param name="Delivered">Messages of those that reached their telephone.</param>
/// <param name="Failed">Messages that no carrier would take; those passed on to another carrier are not among them.</param>
sealed record DemoDeliveries(long Accepted, long Delivered, long Failed);

[JsonSerializable(typeof(DemoResult))]
sealed partial class DemoJson : JsonSerializerContext;
