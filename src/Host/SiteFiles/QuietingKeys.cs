using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace CanhLu.Host.SiteFiles;

/// <summary>The keys that a rule may have to keep its notices quiet: <c>hours</c>, <c>flapping</c>; <c>inhibited_by</c> is read when every rule is known.</summary>
static class QuietingKeys
{
    static readonly LocalTimePattern _clock = LocalTimePattern.Create("HH:mm", CultureInfo.InvariantCulture);
    static readonly Duration _shortest = Duration.FromSeconds(1);
    static readonly Duration _longest = Duration.FromDays(1);

    /// <summary>Reads them.</summary>
    public static Quieting Read(Section section, bool isFlood)
    {
        // A flood keeps no hours.
        var hours = !isFlood && section.WithinOrNone("hours", $"{section.What}, hours") is { } within ? HoursOf(within) : null;
        var flapping = section.WithinOrNone("flapping", $"{section.What}, flapping") is { } often ? FlappingOf(often) : null;
        return hours is null && flapping is null ? Quieting.None : new Quieting { Hours = hours, Flapping = flapping };
    }

    static Hours? HoursOf(Section hours)
    {
        var (from, until) = (Clock(hours, "from"), Clock(hours, "until"));
        if (from is not null && from == until)
            hours.WrongAt("until", "it ends where it begins", "write another time, or take hours out");
        hours.Done();
        return hours.Sound ? new Hours(from!.Value, until!.Value) : null;
    }

    static LocalTime? Clock(Section section, string key)
    {
        if (section.Single(key) is not { } written)
            return null;
        if (_clock.Parse(written.Text) is { Success: true, Value: var time })
            return time;
        section.Wrong(written, $"{key} is no time of the day", "write it like \"22:00\"");
        return null;
    }

    static Flapping? FlappingOf(Section flapping)
    {
        var times = flapping.Whole("times", 2, 1_000);
        var within = flapping.Length("within", _shortest, _longest);
        var calm = flapping.Length("calm", _shortest, _longest);
        if (calm > within)
            flapping.WrongAt("calm", "calm is longer than within", $"write at most {Values.Written(within!.Value)}");
        flapping.Done();
        return flapping.Sound ? new Flapping(times!.Value, within!.Value, calm!.Value) : null;
    }
}
