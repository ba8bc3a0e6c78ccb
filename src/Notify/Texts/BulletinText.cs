using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace CanhLu.Notify;

/// <summary>Makes the words of a bulletin from the site's templates (see <see cref="BulletinTemplate"/> for the slots).</summary>
public static partial class BulletinText
{
    /// <summary>What stands in for a template that the site lacks: a warning is never left unsaid for want of a form.</summary>
    const string Unformed = "{station}: {stage} {relation}, {time}.";

    /// <summary>The words of a bulletin in a language.</summary>
    /// <param name="bulletin">What people are told.</param>
    /// <param name="site">Its templates, stations and zone.</param>
    /// <param name="language"><c>vi</c> or <c>en</c>; where the site has no template in it, <c>vi</c>.</param>
    /// <returns>The words; in a drill with <c>[DIỄN TẬP]</c> before them, and for SMS only.</returns>
    public static Wording Of(Bulletin bulletin, Site site, string language) =>
        site.IsDrill ? AsDrill(Real(bulletin, site, language), language) : Real(bulletin, site, language);

    /// <summary>No Zalo: an approved form has no room for the word, and without it nobody may be told in a drill.</summary>
    static Wording AsDrill(Wording real, string language)
    {
        // The brackets stay in the SMS, although they cost two letters each: this is the one mark that nobody may take for anything else.
        var (text, sms) = language == "vi" ? ("[DIỄN TẬP] ", "[DIEN TAP] ") : ("[DIỄN TẬP/EXERCISE] ", "[DIEN TAP/EXERCISE] ");
        return real with { Text = text + real.Text, Sms = sms + real.Sms, ZaloTemplate = null };
    }

    static Wording Real(Bulletin bulletin, Site site, string language)
    {
        if (bulletin.Own is { } own)
        {
            var said = language == "vi" ? own.Vi : own.En ?? own.Vi;
            return new Wording(said, Unaccented.Of(said), null, FrozenDictionary<string, string>.Empty);
        }
        var template = Template(bulletin, site, language);
        var slots = Slots(bulletin, site, template?.Language ?? language);
        foreach (var (slot, word) in bulletin.Slots ?? [])
            slots[slot] = word;
        var text = Filled(template?.Text ?? Unformed, slots);
        var sms = Unaccented.Of(template?.Sms is { } form ? Filled(form, slots) : text);
        var used = Slot().Matches(template?.Text ?? Unformed).Select(match => match.Groups[1].Value).ToHashSet();
        return new Wording(text, sms, template?.ZaloTemplate, slots.Where(slot => used.Contains(slot.Key)).ToFrozenDictionary());
    }

    /// <summary>The template in force: of the language before Vietnamese, for the level before for every level.</summary>
    internal static BulletinTemplate? Template(Bulletin bulletin, Site site, string language) => site.Templates
        .Where(template => template.Kind == bulletin.Kind && template.Cause == bulletin.Cause)
        .Where(template => template.Level is null || template.Level == bulletin.Level)
        .Where(template => template.Language == language || template.Language == "vi")
        .OrderByDescending(template => template.Language == language)
        .ThenByDescending(template => template.Level is not null)
        .FirstOrDefault();

    static Dictionary<string, string> Slots(Bulletin bulletin, Site site, string language)
    {
        var station = site.StationOf(bulletin.Station);
        var ladder = station?.LadderAt(bulletin.MeasuredAt);
        return new Dictionary<string, string>
        {
            ["river"] = station?.River ?? "",
            ["station"] = station?.Name ?? bulletin.Station,
            ["hour"] = OfficialWording.Hour(bulletin.MeasuredAt, site.Zone, language),
            ["time"] = OfficialWording.Time(bulletin.MeasuredAt, site.Zone, language),
            ["date"] = OfficialWording.Day(bulletin.MeasuredAt, site.Zone, language),
            ["stage"] = bulletin.Stage is { } stage ? OfficialWording.Height(stage, ladder, language) : "",
            ["relation"] = bulletin.Stage is { } place && ladder is not null ? OfficialWording.Relation(place, ladder, language) : "",
            ["level"] = bulletin.Level == AlarmLevel.None ? "" : bulletin.Level.ToString(),
            ["rate"] = bulletin.Rate is { } rate ? Rate(rate, language) : "",
            ["reservoir"] = bulletin.Outflow?.Reservoir ?? "",
            ["discharge"] = bulletin.Outflow is { } outflow ? Discharge(outflow) : "",
            ["start"] = bulletin.Outflow is { } ahead ? OfficialWording.Time(ahead.StartsAt, site.Zone, language) : "",
        };
    }

    /// <summary>Whole centimetres an hour as bulletins speak of it, without a sign: the template says whether the water rises.</summary>
    static string Rate(RateOfRise rate, string language)
    {
        var centimetres = decimal.Round(Math.Abs(rate.MillimetresPerHour) / 10m, MidpointRounding.AwayFromZero);
        return string.Create(CultureInfo.InvariantCulture, $"{centimetres} {(language == "vi" ? "cm/giờ" : "cm/h")}");
    }

    static string Discharge(Outflow outflow) => outflow.Least == outflow.Most
        ? string.Create(CultureInfo.InvariantCulture, $"{outflow.Most} m³/s")
        : string.Create(CultureInfo.InvariantCulture, $"{outflow.Least}–{outflow.Most} m³/s");

    static string Filled(string form, Dictionary<string, string> slots) =>
        Slot().Replace(form, match => slots.TryGetValue(match.Groups[1].Value, out var word) ? word : match.Value);

    [GeneratedRegex(@"\{([a-z]+)\}")]
    private static partial Regex Slot();
}
