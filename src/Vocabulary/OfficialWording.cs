using System.Globalization;
using NodaTime;

namespace CanhLu;

/// <summary>How official bulletins write a stage, its distance to the alarm levels, and a time: "2,68 m", "dưới báo động III 0,02 m",
/// "21 giờ ngày 29/10/2025".</summary>
/// <remarks>
/// Centimetres, halves rounded away from zero, and the distance is that of the <em>printed</em> stage, so that the two always agree. Where
/// centimetres would lie they give way to millimetres: a stage is never printed on another side of a level than it is (2.698 m is "2,698 m, dưới
/// báo động III 0,002 m", not "2,70 m"), nor a threshold of odd millimetres as another one.
/// </remarks>
public static class OfficialWording
{
    const int MillimetresPerCentimetre = 10;

    /// <summary>A stage in metres with its unit, <c>2,68 m</c> or <c>2.68 m</c>.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="ladder">The thresholds in force; null where there are none.</param>
    /// <param name="language"><c>vi</c>; anything else is English.</param>
    public static string Height(Stage stage, ThresholdSet? ladder, string language)
    {
        var fine = NeedsMillimetres(stage, ladder);
        return Metres((fine ? stage : Rounded(stage)).Millimetres, fine, language);
    }

    /// <summary>A stage's place on the ladder: <c>dưới báo động III 0,02 m</c>, <c>trên báo động II 0,24 m</c>, <c>ở mức báo động II</c>.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="ladder">The thresholds in force.</param>
    /// <param name="language"><c>vi</c>; anything else is English.</param>
    public static string Relation(Stage stage, ThresholdSet ladder, string language)
    {
        var (reference, exact) = OfficialDistance.Of(stage, ladder);
        var fine = NeedsMillimetres(stage, ladder);
        var distance = Metres(Math.Abs((fine ? stage : Rounded(stage)) - ladder[reference].Raise), fine, language);
        return (language, Math.Sign(exact)) switch
        {
            ("vi", 0) => $"ở mức báo động {reference}",
            ("vi", > 0) => $"trên báo động {reference} {distance}",
            ("vi", _) => $"dưới báo động {reference} {distance}",
            (_, 0) => $"at alarm level {reference}",
            (_, > 0) => $"{distance} above alarm level {reference}",
            _ => $"{distance} below alarm level {reference}",
        };
    }

    /// <summary>The hour of a day, <c>21 giờ</c>, <c>21 giờ 30 phút</c> or <c>21:30</c>; begun minutes are left off.</summary>
    /// <param name="at">When.</param>
    /// <param name="zone">The zone in which it is written.</param>
    /// <param name="language"><c>vi</c>; anything else is English.</param>
    public static string Hour(Instant at, DateTimeZone zone, string language)
    {
        var local = at.InZone(zone);
        return (language, local.Minute) switch
        {
            ("vi", 0) => string.Create(CultureInfo.InvariantCulture, $"{local.Hour} giờ"),
            ("vi", _) => string.Create(CultureInfo.InvariantCulture, $"{local.Hour} giờ {local.Minute:00} phút"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{local.Hour:00}:{local.Minute:00}"),
        };
    }

    /// <summary>A day, <c>29/10/2025</c> or <c>29 October 2025</c>.</summary>
    /// <param name="at">When.</param>
    /// <param name="zone">The zone in which it is written.</param>
    /// <param name="language"><c>vi</c>; anything else is English.</param>
    public static string Day(Instant at, DateTimeZone zone, string language) =>
        at.InZone(zone).ToString(language == "vi" ? "dd'/'MM'/'yyyy" : "d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>Hour and day, <c>21 giờ ngày 29/10/2025</c> or <c>21:00 on 29 October 2025</c>.</summary>
    /// <param name="at">When.</param>
    /// <param name="zone">The zone in which it is written.</param>
    /// <param name="language"><c>vi</c>; anything else is English.</param>
    public static string Time(Instant at, DateTimeZone zone, string language) =>
        $"{Hour(at, zone, language)} {(language == "vi" ? "ngày" : "on")} {Day(at, zone, language)}";

    static bool NeedsMillimetres(Stage stage, ThresholdSet? ladder)
    {
        if (ladder is null)
            return false;
        var rounded = Rounded(stage);
        return !(SameSide(ladder.I) && SameSide(ladder.II) && SameSide(ladder.III))
            || ladder[OfficialDistance.Of(stage, ladder).Reference].Raise.Millimetres % MillimetresPerCentimetre != 0;

        bool SameSide(Threshold threshold) => Math.Sign(rounded - threshold.Raise) == Math.Sign(stage - threshold.Raise);
    }

    static Stage Rounded(Stage stage) => new(
        (int)decimal.Round((decimal)stage.Millimetres / MillimetresPerCentimetre, MidpointRounding.AwayFromZero) * MillimetresPerCentimetre);

    static string Metres(int millimetres, bool fine, string language)
    {
        var text = (millimetres / 1000m).ToString(fine ? "0.000" : "0.00", CultureInfo.InvariantCulture);
        return (language == "vi" ? text.Replace('.', ',') : text) + " m";
    }
}
