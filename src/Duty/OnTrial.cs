using System.Collections.Immutable;
using NodaTime;

namespace CanhLu.Duty;

/// <summary>What became of an alarm of a rule on trial.</summary>
public enum TrialOutcome
{
    /// <summary>A rule that is in earnest raised one at the same place, and this one was the first to meet it.</summary>
    Agreed,

    /// <summary>The same, but another one of the trial was before it.</summary>
    Again,

    /// <summary>None did.</summary>
    False,

    /// <summary>It stands, or ended so lately that one may still come; or there is no rule that could raise one.</summary>
    Open,
}

/// <summary>An alarm of a rule on trial.</summary>
/// <param name="Episode">The alarm.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Real">The alarm in earnest that it agreed with; null when there is none.</param>
/// <param name="Lead">How long before that one it was; negative when later. Null unless it <see cref="TrialOutcome.Agreed"/>.</param>
public sealed record TrialAlarm(Episode Episode, TrialOutcome Outcome, Episode? Real, Duration? Lead);

/// <summary>A rule on trial (<see cref="Rule.IsShadow"/>) beside those that do the same in earnest, by the alarms that both have raised.</summary>
/// <remarks>Their alarms are episodes like all others: nothing is judged again here. An alarm agrees with one in earnest at the same place when they share an instant after
/// both ends were widened by <see cref="Tolerance"/>. Of several that meet the same one, the first counts and gives the lead. One about the water that meets none of its own kind may
/// still have announced a flood: then it agrees with an alarm of which people were told.</remarks>
/// <param name="Rule">The rule on trial.</param>
/// <param name="SameKind">The rules in earnest of its kind where it is tried.</param>
/// <param name="Telling">Others there that tell people; none for a rule that is not about the water.</param>
/// <param name="Alarms">What it raised, in the order of time.</param>
/// <param name="Missed">What those of its kind raised and it did not; of the others, where there is none of its kind.</param>
public sealed record OnTrial(Rule Rule, ImmutableArray<Rule> SameKind, ImmutableArray<Rule> Telling, ImmutableArray<TrialAlarm> Alarms, ImmutableArray<Episode> Missed)
{
    /// <summary>How far apart two alarms about the same thing may lie.</summary>
    public static readonly Duration Tolerance = Duration.FromHours(1);

    /// <summary>The middle of the leads, the mean of the two middle ones when their number is even; null without any.</summary>
    public Duration? MedianLead
    {
        get
        {
            Duration[] leads = [.. Alarms.Where(one => one.Lead is not null).Select(one => one.Lead!.Value).Order()];
            return leads.Length == 0 ? null : (leads[(leads.Length - 1) / 2] + leads[leads.Length / 2]) / 2;
        }
    }

    /// <summary>How many of its alarms had an outcome.</summary>
    public int Count(TrialOutcome outcome) => Alarms.Count(one => one.Outcome == outcome);

    /// <summary>Every rule of a site that is on trial.</summary>
    /// <param name="site">The site in force.</param>
    /// <param name="log">The episodes.</param>
    /// <param name="from">Alarms count that began then or later.</param>
    /// <param name="now">By our clock.</param>
    public static ImmutableArray<OnTrial> Of(Site site, DutyLog log, Instant from, Instant now)
    {
        var trials = ImmutableArray.CreateBuilder<OnTrial>();
        foreach (var rule in site.Rules.Where(rule => rule.IsShadow))
        {
            var (same, telling) = Compared(site, rule);
            var episodes = log.EpisodesOf([.. same.Concat(telling).Select(one => one.Id), rule.Id], from - Tolerance);
            var isSame = same.Select(one => one.Id).ToHashSet();
            Episode[] tried = [.. episodes.Where(one => one.Rule == rule.Id)];
            // Those of its kind come first: they are what it is tried beside.
            Episode[] real = [.. episodes.Where(one => one.Rule != rule.Id).OrderByDescending(one => isSame.Contains(one.Rule))];
            trials.Add(Of(site, new OnTrial(rule, same, telling, [], []), tried, real, from, now));
        }
        return trials.ToImmutable();
    }

    static OnTrial Of(Site site, OnTrial trial, Episode[] tried, Episode[] real, Instant from, Instant now)
    {
        bool IsSame(Episode one) => trial.SameKind.Any(rule => rule.Id == one.Rule);
        var alarms = ImmutableArray.CreateBuilder<TrialAlarm>();
        var met = new HashSet<long>();
        foreach (var one in tried)
        {
            var meets = real.Where(other => IsSamePlace(site, one, other) && Meet(one, other, now)).ToArray();
            var first = Array.Find(meets, other => !met.Contains(other.Id) && IsSame(other) == IsSame(meets[0]));
            foreach (var other in meets)
                met.Add(other.Id);
            if (one.OpenedAt < from)
                continue;
            alarms.Add(
                first is not null ? new TrialAlarm(one, TrialOutcome.Agreed, first, first.OpenedAt - one.OpenedAt)
                : meets.Length > 0 ? new TrialAlarm(one, TrialOutcome.Again, meets[0], null)
                : new TrialAlarm(one, one.EndedAt is not { } ended || ended + Tolerance > now || (trial.SameKind.IsEmpty && trial.Telling.IsEmpty) ? TrialOutcome.Open : TrialOutcome.False, null, null));
        }
        return trial with
        {
            Alarms = alarms.ToImmutable(),
            Missed = [.. real.Where(one => one.OpenedAt >= from && !met.Contains(one.Id) && (trial.SameKind.IsEmpty || IsSame(one)) && IsWithin(site, trial.Rule, one)).OrderBy(one => one.OpenedAt)],
        };
    }

    static (ImmutableArray<Rule> SameKind, ImmutableArray<Rule> Telling) Compared(Site site, Rule rule)
    {
        var earnest = site.Rules.Where(one => !one.IsShadow && (one.Places.IsEmpty || rule.Places.IsEmpty || one.Places.Intersect(rule.Places).Any())).ToArray();
        ImmutableArray<Rule> same =
        [
            .. earnest.Where(one => one.GetType() == rule.GetType()
                && (rule is not Rule.Limit limit || one is Rule.Limit other && other.Quantity == limit.Quantity && other.Side == limit.Side)
                && (rule is not Rule.Forecast forecast || one is Rule.Forecast sooner && sooner.Level == forecast.Level)),
        ];
        return (same, rule is Rule.Limit or Rule.Fault or Rule.Silence ? [] : [.. earnest.Where(one => one.Policy != Policy.Desk && !same.Contains(one))]);
    }

    static bool Meet(Episode one, Episode other, Instant now) =>
        one.OpenedAt - Tolerance <= (other.EndedAt ?? now) && (one.EndedAt ?? now) + Tolerance >= other.OpenedAt;

    static bool IsSamePlace(Site site, Episode one, Episode other) =>
        one.Subject == other.Subject
        // Two devices of a station are two things; a device and its station are one.
        || !(site.Devices.ContainsKey(one.Subject) && site.Devices.ContainsKey(other.Subject)) && StationOf(site, one) is { } station && station == StationOf(site, other);

    static bool IsWithin(Site site, Rule rule, Episode real) => rule is Rule.Limit limit
        ? site.Devices.TryGetValue(real.Subject, out var device) && (limit.Kind is null || limit.Kind == device.Model.Kind) && (limit.Devices.IsDefaultOrEmpty || limit.Devices.Contains(device.Id))
        : rule.Places.IsEmpty || StationOf(site, real) is { } station && rule.Places.Contains(station);

    static string? StationOf(Site site, Episode one) => site.Devices.TryGetValue(one.Subject, out var device) ? device.Station : one.Subject;
}
