using System.Globalization;
using NodaTime;

namespace CanhLu.Duty;

/// <summary>Finds what keeps the notices of alarms quiet at one moment.</summary>
/// <remarks>It looks at what is so: the same moment gives the same answer, whoever asks and however often.</remarks>
sealed class Quietness(DutyBook book, Site site)
{
    readonly Instant _now = book.Now;
    List<Maintenance>? _maintenance;
    List<Shelf>? _shelves;
    List<Episode>? _standing;

    /// <summary>What keeps an alarm quiet; null for nothing.</summary>
    /// <param name="key">Which alarm.</param>
    /// <param name="cause">Why it stands.</param>
    /// <param name="level">Its level.</param>
    /// <param name="since">Since when.</param>
    /// <param name="episode">Its episode.</param>
    public Quiet? Of(AlarmKey key, Cause cause, AlarmLevel level, Instant since, long episode)
    {
        // What an authority has announced is no matter of sensors.
        if (cause == Cause.Release)
            return null;
        if (!IsFlood(cause) && Maintained(key) is { } work)
            return new Quiet(QuietReason.Maintenance, work.Id.ToString(CultureInfo.InvariantCulture));
        var rule = site.Rules.FirstOrDefault(rule => rule.Id == key.Rule);
        if (Shelf.MayHold(cause, rule) && Shelved(key) is { } shelf)
            return new Quiet(QuietReason.Shelved, shelf.Id.ToString(CultureInfo.InvariantCulture));
        if (rule?.Quieting is not { } quieting)
            return null;
        foreach (var member in quieting.Inhibitors)
            if (Standing().Find(other => other.Key != key && Hides(member, key, other)) is { } other)
                return new Quiet(QuietReason.Inhibited, $"{other.Rule}@{other.Subject}");
        if (quieting.Hours is { } hours && !hours.Hold(_now.InZone(site.Zone).TimeOfDay))
            return new Quiet(QuietReason.Hours, string.Create(CultureInfo.InvariantCulture, $"{hours.From:HH':'mm}–{hours.Until:HH':'mm}"));
        if (quieting.Flapping is { } flapping && _now - since < flapping.Calm && book.BegunSince(key, _now - flapping.Within) is var begun && begun >= flapping.Times
            && book.HighestTold(key, _now - flapping.Within, episode) is var told && (told == AlarmLevel.None || told >= level))
            return new Quiet(QuietReason.Flapping, begun.ToString(CultureInfo.InvariantCulture));
        return null;
    }

    /// <summary>The work that goes on at what an alarm is about; null for none.</summary>
    public Maintenance? Maintained(AlarmKey key)
    {
        _maintenance ??= book.MaintenanceOn();
        return _maintenance.Find(work => work.Subject == key.Subject || Concerns(work.Subject, key.Subject));
    }

    Shelf? Shelved(AlarmKey key)
    {
        _shelves ??= book.ShelvesOn();
        return _shelves.Find(shelf => shelf.Key == key);
    }

    /// <summary>Whether it is about the water itself: that is never kept quiet by work or hours.</summary>
    static bool IsFlood(Cause cause) => cause is Cause.Threshold or Cause.Rate or Cause.Forecast;

    // A station's work concerns its devices; a gauge's work concerns what is said about the water there.
    bool Concerns(string work, string subject) =>
        site.Devices.GetValueOrDefault(subject)?.Station == work
        || (site.Devices.GetValueOrDefault(work) is { Model.Kind: DeviceKind.Gauge } gauge && gauge.Station == subject);

    bool Hides(Member member, AlarmKey key, Episode other) =>
        other.Rule == member.Rule && other.Level >= member.Level
        && (member.Subject is { } subject ? other.Subject == subject : other.Subject == key.Subject || site.Devices.GetValueOrDefault(key.Subject)?.Station == other.Subject);

    List<Episode> Standing() => _standing ??= book.Standing();
}
