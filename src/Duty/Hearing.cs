using NodaTime;

namespace CanhLu.Duty;

/// <summary>What an alarm changes in the book: the difference between what the rules say is so and what was known.</summary>
sealed class Hearing(DutyBook book, Site site)
{
    readonly Quietness _quietness = new(book, site);

    /// <summary>The release that the alarms heard are about; null for every other cause.</summary>
    public Outflow? Outflow { get; init; }

    public Heard Hear(Alarm alarm)
    {
        var known = book.Remembered(alarm.Key);
        if (alarm.Says(known))
            return new Heard(alarm, Change.Nothing, Outcome.Desk, 0);
        if (known is not null && IsOlder(alarm, known))
            return new Heard(alarm, Change.Outdated, Outcome.Desk, 0);
        book.Remember(alarm);
        return book.OpenEpisode(alarm.Key) switch
        {
            null when alarm.Level == AlarmLevel.None => new Heard(alarm, Change.Nothing, Outcome.Desk, 0),
            null => Open(alarm),
            var episode when alarm.Level == episode.Level => Restate(alarm, episode, known),
            var episode when alarm.Level == AlarmLevel.None => End(alarm, episode),
            var episode when alarm.Level > episode.Level => Rise(alarm, episode),
            var episode => Fall(alarm, episode),
        };
    }

    /// <summary>Another notice, at a level that is no rise: what waits says what is no longer so, and people are told the new.</summary>
    public Heard Renew(Alarm alarm)
    {
        var heard = Hear(alarm);
        if (heard.Change is Change.Opened or Change.Rose or Change.Ended || alarm.Level == AlarmLevel.None || heard.Episode == 0)
            return heard;
        book.Withdraw(alarm.Key, "the notice was replaced");
        return heard with { Outcome = Warn(alarm, book.Episode(heard.Episode)!) };
    }

    /// <summary>The stage that an alarm is about; null for silence and limits, whose values are none.</summary>
    public static Stage? StageOf(Alarm alarm) => alarm.Cause is Cause.Threshold or Cause.Rate or Cause.Forecast
        ? Stage.FromMetres((decimal)alarm.Evidence.Value / 1000m)
        : null;

    // Silence is judged by our clock, all else by the river's: a backlog may end a silence with a reading older than the one before it. A limit that
    // stands only while another alarm does is judged again on the same reading, and then Since is that other alarm's, which may lie before.
    static bool IsOlder(Alarm alarm, Alarm known)
    {
        // A straggler has changed what was so; the reading behind it may well be older.
        if (alarm.RestatedAt is not null)
            return false;
        var since = alarm.Since.CompareTo(known.Since);
        var measured = alarm.Evidence.MeasuredAt.CompareTo(known.Evidence.MeasuredAt);
        return alarm.Cause switch
        {
            Cause.Silence => since < 0 || (since == 0 && measured < 0),
            // Its evidence is that of whichever alarm decided, each by the clock of its own device.
            Cause.Combination => since < 0,
            Cause.Limit => measured < 0,
            // It is made from the notices in the same transaction: what is said now is so now, whichever way our clock was set.
            Cause.Release => false,
            _ => measured < 0 || (measured == 0 && since < 0),
        };
    }

    Heard Open(Alarm alarm)
    {
        var id = book.Open(alarm);
        book.Withdraw(alarm.Key, "the alarm rose again");
        return new Heard(alarm, Change.Opened, Warn(alarm, book.Episode(id)!), id);
    }

    Heard Restate(Alarm alarm, Episode episode, Alarm? known)
    {
        var restated = Peaked(episode, alarm);
        book.Change(episode, alarm.RestatedAt is null ? restated : restated with { ChangedAt = alarm.Since });
        var isBetter = known is not null && alarm.Grade < known.Grade && PolicyOf(alarm) < PolicyOf(known);
        return new Heard(alarm, Change.Nothing, isBetter ? Confirm(alarm, episode) : Outcome.Desk, episode.Id);
    }

    /// <summary>The evidence has become so good that the rule tells sooner than it did: what no person has decided is decided by it.</summary>
    Outcome Confirm(Alarm alarm, Episode episode)
    {
        if (book.LastProposal(episode.Id) is { } asked && asked.Level == alarm.Level && asked.State is not (ProposalState.Waiting or ProposalState.Expired))
            return Outcome.Desk;
        book.Note("better borne out", $"episode/{episode.Id}", null, new Facts { Grade = alarm.Grade.ToString() });
        book.Withdraw(alarm.Key, "the evidence is better now");
        return Warn(alarm, episode);
    }

    Heard Rise(Alarm alarm, Episode episode)
    {
        Move("rose", alarm, episode);
        book.Withdraw(alarm.Key, "the alarm rose");
        return new Heard(alarm, Change.Rose, Warn(alarm, episode), episode.Id);
    }

    Heard Fall(Alarm alarm, Episode episode)
    {
        Move("fell", alarm, episode);
        return new Heard(alarm, Change.Fell, Outcome.Desk, episode.Id);
    }

    Heard End(Alarm alarm, Episode episode)
    {
        Move("ended", alarm, episode);
        book.Withdraw(alarm.Key, "the alarm ended");
        if (episode.Quiet is not null)
            book.Quieten(episode, null);
        return new Heard(alarm, Change.Ended, Clear(alarm, episode), episode.Id);
    }

    void Move(string action, Alarm alarm, Episode episode)
    {
        book.Change(episode, Peaked(episode, alarm) with
        {
            Level = alarm.Level,
            ChangedAt = alarm.Since,
            // An alarm that a straggler has taken back may have ended before it was heard of.
            EndedAt = alarm.Level == AlarmLevel.None ? Instant.Max(alarm.Since, episode.OpenedAt) : null,
        });
        book.NoteChange(action, episode, alarm);
    }

    static Episode Peaked(Episode episode, Alarm alarm) => episode with
    {
        PeakLevel = (AlarmLevel)Math.Max((int)episode.PeakLevel, Math.Max((int)alarm.Peak, (int)alarm.Level)),
        PeakStage = episode.PeakStage is { } peak && (alarm.PeakStage is not { } heard || peak > heard) ? peak : alarm.PeakStage,
    };

    /// <summary>Looks at an open episode again: what keeps it quiet begins and ends by itself. What was kept quiet and still stands is told then.</summary>
    /// <returns>What residents get of it; null when nothing has changed.</returns>
    public Outcome? LookAgain(Episode episode)
    {
        var quiet = _quietness.Of(episode.Key, episode.Cause, episode.Level, episode.ChangedAt, episode.Id);
        if (quiet?.Reason == episode.Quiet)
            return null;
        if (quiet is not null || book.Remembered(episode.Key) is not { } alarm || book.HighestTold(episode.Key, null, episode.Id) >= episode.Level)
        {
            book.Quieten(episode, quiet);
            return Outcome.Desk;
        }
        return Warn(alarm, episode);
    }

    Outcome Warn(Alarm alarm, Episode episode)
    {
        var policy = PolicyOf(alarm);
        var quiet = _quietness.Of(alarm.Key, alarm.Cause, alarm.Level, alarm.Since, episode.Id);
        if (quiet?.Reason != episode.Quiet)
            book.Quieten(episode, quiet);
        if (policy == Policy.Desk)
            return Outcome.Desk;
        if (quiet is not null)
            return Outcome.Quiet;
        if (StationOf(alarm) is not { } station)
        {
            book.Note("told nobody", $"episode/{episode.Id}", null, new Facts { Reason = "the device stands at no station" });
            return Outcome.NoStation;
        }
        AskedBecause? because = policy == Policy.Ask && RuleOf(alarm)?.Policy == Policy.Auto ? AskedBecause.Evidence : null;
        if (policy == Policy.Auto && _quietness.Maintained(alarm.Key) is not null)
            (policy, because) = (Policy.Ask, AskedBecause.Maintenance);
        return Tell(policy, Drafted(alarm, episode.Id, station, BulletinKind.Warning, site.WarningValidFor), because, alarm.Grade);
    }

    Outcome Clear(Alarm alarm, Episode episode)
    {
        if (book.StationOwedAllClear(episode) is not { } station)
            return Outcome.Desk;
        // A rule that has been taken off the site, or to the desk, since it warned people leaves the debt: a person decides then.
        // A gauge that is worked on may read low in the middle of a flood: a person decides as well.
        AskedBecause? because = _quietness.Maintained(alarm.Key) is null ? null : AskedBecause.Maintenance;
        var policy = PolicyOf(alarm) == Policy.Auto && because is null ? Policy.Auto : Policy.Ask;
        return Tell(policy, Drafted(alarm, episode.Id, station, BulletinKind.AllClear, site.AllClearValidFor), because, null);
    }

    Outcome Tell(Policy policy, Draft draft, AskedBecause? because, Grade? grade)
    {
        var oldNews = draft.IsOldNews(book.Now);
        if (policy == Policy.Auto)
        {
            book.Publish(draft, AuditEntry.Auto, null);
            return oldNews ? Outcome.OldNews : Outcome.Bulletin;
        }
        var proposal = book.Propose(draft, because, site.DecidingOn(draft.Kind, draft.Level, grade));
        if (oldNews)
            book.Expire(proposal);
        return oldNews ? Outcome.LateProposal : Outcome.Proposal;
    }

    Draft Drafted(Alarm alarm, long episode, string station, BulletinKind kind, Duration validFor) => new(
        episode, station, alarm.Key.Rule, alarm.Cause, kind, alarm.Level, StageOf(alarm), alarm.Rate, alarm.Evidence.MeasuredAt,
        alarm.Evidence.MeasuredAt + validFor)
    {
        Outflow = Outflow,
        ReceivedAt = alarm.StoredAt is null ? null : alarm.Evidence.ReceivedAt,
        StoredAt = alarm.StoredAt,
    };

    Policy PolicyOf(Alarm alarm) => RuleOf(alarm)?.PolicyFor(alarm.Grade) ?? Policy.Desk;

    Rule? RuleOf(Alarm alarm)
    {
        foreach (var rule in site.Rules)
            if (rule.Id == alarm.Key.Rule)
                return rule;
        return null;
    }

    string? StationOf(Alarm alarm) =>
        alarm.Cause is Cause.Limit or Cause.Fault ? site.Devices.GetValueOrDefault(alarm.Key.Subject)?.Station : alarm.Key.Subject;
}
