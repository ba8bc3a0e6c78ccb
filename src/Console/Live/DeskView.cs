using System.Collections.Immutable;
using System.Text.Json;
using CanhLu.Archive;
using CanhLu.Duty;
using CanhLu.Ingest;
using CanhLu.Notify;
using CanhLu.Rules;
using NodaTime;

namespace CanhLu.Console.Live;

/// <summary>Puts together what every part has made visible; it changes nothing and judges nothing.</summary>
/// <remarks>Belongs to one reader at a time.</remarks>
public sealed class DeskView(
    Func<Site> site, Func<IReadOnlyList<StationNow>> river, DutyLog duty, DutyList dutyList, Reaches reaches, Releases releases, Ledger ledger, History history, SeriesBook series, RejectionLog rejections,
    Readiness readiness, IClock clock, TimeProvider time)
{
    const int EndedAlarms = 12;
    const int Broadcasts = 12;

    readonly RecentStages _recent = new(history, series, time);

    /// <summary>The whole desk as it is now.</summary>
    public async Task<Desk> Look(CancellationToken stop)
    {
        var (current, note) = (site(), readiness.Note);
        return new Desk(
            clock.GetCurrentInstant(), current.Name, note.Vi, note.En, readiness.Trouble is null, readiness.Trouble,
            await Stations(stop), Reservoirs(), Alarms(), Proposals(), Bulletins(Broadcasts), Devices(), Maintenance(), current.IsDrill);
    }

    /// <summary>Every station of the site, in its order.</summary>
    public async Task<ImmutableArray<StationView>> Stations(CancellationToken stop)
    {
        var current = site();
        var silent = duty.OpenEpisodes().Where(episode => episode.Cause == Cause.Silence).Select(episode => episode.Subject).ToHashSet();
        var now = river().ToDictionary(station => station.Station);
        var views = ImmutableArray.CreateBuilder<StationView>(current.Stations.Length);
        foreach (var station in current.Stations)
        {
            now.TryGetValue(station.Id, out var seen);
            var ladder = station.LadderAt(seen?.MeasuredAt ?? clock.GetCurrentInstant());
            var (vi, en) = seen?.Stage is { } stage && ladder is not null
                ? (OfficialWording.Relation(stage, ladder, "vi"), OfficialWording.Relation(stage, ladder, "en"))
                : (null, null);
            views.Add(new StationView(
                station.Id, station.Name, station.River, seen?.Stage?.Metres, seen?.MeasuredAt, seen?.ReceivedAt, seen?.Rate?.MetresPerHour,
                seen?.Level ?? AlarmLevel.None, vi, en, silent.Contains(station.Id),
                ladder is null ? null : new LadderView(ladder.I.Raise.Metres, ladder.II.Raise.Metres, ladder.III.Raise.Metres),
                seen?.Forecast is { } next ? new ForecastView(next.Level, next.MadeAt, next.From, next.Middle, next.To, Math.Round(next.Probability, 2)) : null,
                seen?.Skill is { } skill
                    ? new SkillView(skill.Came, skill.Held, skill.OpenEnded, skill.Stayed, skill.Surprises, Math.Round(skill.MeanAbsoluteError.TotalMinutes),
                        Math.Round(skill.MeanLead.TotalMinutes), Math.Round(skill.Brier, 3))
                    : null,
                seen?.MeasuredAt is { } newest ? await _recent.Of(current, station.Id, newest, stop) : []));
        }
        return views.MoveToImmutable();
    }

    /// <summary>Every reservoir that a rule of the site is about.</summary>
    public ImmutableArray<ReservoirView> Reservoirs()
    {
        var notices = releases.InForce();
        return
        [
            .. site().Rules.OfType<Rule.Release>().GroupBy(rule => rule.Source).Select(rules => new ReservoirView(
                rules.Key, rules.First().Reservoir, [.. rules.Select(rule => rule.Id)], notices.FirstOrDefault(notice => notice.Source == rules.Key))),
        ];
    }

    /// <summary>Open episodes, and the last that ended.</summary>
    public ImmutableArray<AlarmView> Alarms() =>
        [.. duty.OpenEpisodes().Concat(duty.Episodes(EndedAlarms).Where(episode => episode.EndedAt is not null)).Select(Of)];

    /// <summary>An episode as a person reads it.</summary>
    public AlarmView Of(Episode episode)
    {
        var (vi, en) = episode.Quiet is { } quiet ? QuietWording.Of(quiet, episode.QuietBy ?? "", site()) : (null, null);
        Grade? grade = episode.EndedAt is null ? duty.Remembered(episode.Key)?.Grade : null;
        return new AlarmView(
            episode.Id, episode.Subject, NameOf(episode.Subject), episode.Rule, RuleName(episode.Rule), episode.Cause, episode.Level,
            episode.PeakLevel, episode.PeakStage?.Metres, episode.OpenedAt, episode.ChangedAt, episode.EndedAt, episode.AcknowledgedBy,
            episode.AcknowledgedAt, episode.Note, grade, episode.Quiet, vi, en, episode.AssignedTo,
            episode.Quiet == QuietReason.Shelved ? duty.ShelfOf(episode.Key, clock.GetCurrentInstant())?.Until : null);
    }

    /// <summary>Maintenance that is on or to come.</summary>
    public ImmutableArray<MaintenanceView> Maintenance() =>
    [
        .. duty.Maintenance(clock.GetCurrentInstant())
            .Select(work => new MaintenanceView(work.Id, work.Subject, NameOf(work.Subject), work.From, work.Until, work.Reason, work.EnteredBy)),
    ];

    /// <summary>Proposals that wait for a decision, the most urgent first.</summary>
    public ImmutableArray<ProposalView> Proposals() => [.. duty.WaitingProposals().Select(Of)];

    /// <summary>A proposal as a person reads it.</summary>
    public ProposalView Of(Proposal proposal)
    {
        var bulletin = new Bulletin(
            0, proposal.Episode, proposal.Station, proposal.Rule, proposal.Cause, proposal.Kind, proposal.Level, proposal.Stage, proposal.Rate,
            proposal.MeasuredAt, proposal.ProposedAt, "", proposal.NotAfter)
        {
            Outflow = proposal.Outflow,
            Own = proposal.Own,
            Slots = proposal.Slots,
            Areas = proposal.Areas,
        };
        var (vi, en) = proposal.Because is { } because ? QuietWording.Of(because) : (null, null);
        var words = BulletinText.Of(bulletin, site(), "vi");
        // What it would do is of interest while it waits; afterwards the broadcast tells what it did.
        var reach = proposal.State == ProposalState.Waiting ? reaches.Of(bulletin) : null;
        return new ProposalView(
            proposal.Id, proposal.Episode, proposal.Station, NameOf(proposal.Station), proposal.Rule, RuleName(proposal.Rule), proposal.Level,
            proposal.LevelNow, proposal.Kind, words.Text, BulletinText.Of(bulletin, site(), "en").Text,
            proposal.State.ToString(), proposal.MeasuredAt, proposal.NotAfter, proposal.DecidedAt, proposal.DecidedBy, proposal.Reason,
            proposal.Because, vi, en, proposal.Decider, proposal.Persons, [.. proposal.ApprovedBy?.Split(", ") ?? []], proposal.DecideBy, proposal.Next,
            [.. dutyList.Calls(proposal.Id).Select(call => new CallView(call.Name, new PhoneNumber(call.Phone).Masked, call.CalledAt, call.AcknowledgedAt))],
            proposal.Areas ?? site().StationOf(proposal.Station)?.Areas ?? [], proposal.Slots, words.Sms, SmsSize.Of(words.Sms).Segments, reach, reach is null ? null : SafeUntil(proposal, reach))
        {
            ProposedAt = proposal.ProposedAt,
            Grade = proposal.State == ProposalState.Waiting && duty.Remembered(new AlarmKey(proposal.Station, proposal.Rule)) is { } alarm ? alarm.Grade : null,
            Bulletin = proposal.Bulletin,
            Known = proposal.Own is null ? BulletinText.Of(bulletin with { Slots = null }, site(), "vi").Slots.ToImmutableSortedDictionary() : ImmutableSortedDictionary<string, string>.Empty,
            Texts = reach is null ? [] : reaches.Letters(bulletin),
        };
    }

    LastSafeMoment? SafeUntil(Proposal proposal, Reach reach)
    {
        if (proposal.Kind != BulletinKind.Warning || river().FirstOrDefault(one => one.Station == proposal.Station)?.Forecast is not { } next || next.Level < proposal.Level)
            return null;
        var areas = proposal.Areas ?? site().StationOf(proposal.Station)?.Areas ?? [];
        var evacuation = areas.Max(code => site().Areas.GetValueOrDefault(code)?.Evacuation) ?? Duration.Zero;
        return new LastSafeMoment(
            next.Level, next.From, reach.Seconds, evacuation.TotalSeconds, next.From - Duration.FromSeconds(reach.Seconds) - evacuation);
    }

    /// <summary>The last bulletins with what became of them, newest first.</summary>
    /// <param name="count">At most so many.</param>
    /// <param name="before">Only those with a lower number.</param>
    public ImmutableArray<BroadcastView> Bulletins(int count, long before = long.MaxValue) =>
    [
        .. ledger.Broadcasts(count, before).Select(broadcast =>
        {
            var bulletin = broadcast.Bulletin;
            return new BroadcastView(
                bulletin.Id, bulletin.Kind, bulletin.Level, bulletin.Station, NameOf(bulletin.Station), bulletin.Rule, broadcast.Words.Text,
                BulletinText.Of(bulletin, site(), "en").Text, broadcast.Words.Sms, bulletin.MeasuredAt, bulletin.DecidedAt, bulletin.DecidedBy,
                bulletin.NotAfter, broadcast.ExpiredAt is not null, broadcast.StoppedAt, broadcast.StoppedBy, [.. broadcast.Counts.GroupBy(one => one.Carrier).Select(Counts)],
                SmsSize.Of(broadcast.Words.Sms).Segments, broadcast.Progress)
            {
                StopReason = broadcast.StopReason,
                Areas = bulletin.Areas ?? site().StationOf(bulletin.Station)?.Areas ?? [],
                RuleName = RuleName(bulletin.Rule),
            };
        }),
    ];

    /// <summary>A delivery that failed and is told by another carrier instead is no failure to the person: it is shown as passed on.</summary>
    static CarrierCounts Counts(IGrouping<string, BroadcastCount> carrier)
    {
        var counts = ImmutableSortedDictionary.CreateBuilder<string, long>();
        foreach (var one in carrier)
        {
            var state = JsonNamingPolicy.SnakeCaseLower.ConvertName(one.State.ToString());
            counts[state] = counts.GetValueOrDefault(state) + one.Deliveries - one.PassedOn;
            counts["passed_on"] = counts.GetValueOrDefault("passed_on") + one.PassedOn;
        }
        return new CarrierCounts(carrier.Key, counts.Where(pair => pair.Value > 0).ToImmutableSortedDictionary());
    }

    /// <summary>Every device of the site with its newest values.</summary>
    public ImmutableArray<DeviceView> Devices()
    {
        var current = site();
        var latest = history.Latest().ToLookup(reading => series[reading.Series]?.Device ?? "");
        return
        [
            .. current.Devices.Values.OrderBy(device => device.Model.Kind).ThenBy(device => device.Id, StringComparer.Ordinal).Select(device =>
            {
                var values = latest[device.Id].Select(reading => (Series: series[reading.Series]!, Reading: reading)).ToArray();
                var online = values.Where(value => value.Series.Quantity == Device.Online).Select(value => (bool?)(value.Reading.Value != 0)).FirstOrDefault();
                var tally = rejections.TallyOf(device.Id);
                return new DeviceView(
                    device.Id, device.Name, device.Model.Kind, device.Station, online,
                    values.Length == 0 ? null : values.Max(value => value.Reading.ReceivedAt),
                    [
                        .. values.Where(value => value.Series.Quantity != Device.Online).OrderBy(value => value.Series.Id.Value).Select(value =>
                            new ValueView(value.Series.Quantity, value.Series.Unit, value.Reading.Value, value.Reading.MeasuredAt, value.Reading.Flag)),
                    ],
                    tally?.Rejections ?? 0, tally?.UnknownFields ?? 0);
            }),
        ];
    }

    /// <summary>What people call a station or a device.</summary>
    public string NameOf(string subject) => site().StationOf(subject)?.Name ?? (site().Devices.TryGetValue(subject, out var device) ? device.Name : subject);

    /// <summary>What people call a rule.</summary>
    public string RuleName(string rule) => site().Rules.FirstOrDefault(one => one.Id == rule) is { } known ? known.IsShadow ? $"{known.Name} (thử)" : known.Name : rule;
}
