using NodaTime;
using NodaTime.Text;

namespace CanhLu.Notify.Cap;

/// <summary>Times as the protocol's schema wants them: <c>2025-10-29T21:00:00+07:00</c>, without fractions, never with <c>Z</c>.</summary>
static class CapTime
{
    static readonly OffsetDateTimePattern Form = OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'sso<+HH:mm>");

    /// <summary>A moment in a zone; begun seconds are left off. UTC is written <c>-00:00</c> (CAP 1.2, 3.3.2).</summary>
    public static string Of(Instant at, DateTimeZone zone)
    {
        var local = at.InZone(zone);
        // Zones of before 1900 have seconds in their offset, which the form cannot say.
        var offset = Offset.FromSeconds(local.Offset.Seconds / 60 * 60);
        var text = Form.Format(at.WithOffset(offset));
        return offset == Offset.Zero ? string.Concat(text.AsSpan(0, text.Length - 6), "-00:00") : text;
    }

    /// <summary>The whole second that <see cref="Of"/> writes.</summary>
    public static Instant Second(Instant at) => Instant.FromUnixTimeSeconds(at.ToUnixTimeSeconds());
}
