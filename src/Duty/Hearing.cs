using NodaTime;

namespace CanhLu.Duty;

/// <summary>What an alarm changes in the book: the difference between what the rules say is so and what was known.</summary>
sealed class Hearing(DutyBook book, Site site)
{
    /// <summary>The release that the alarms heard are about; null for every other cause.</summary>
    public Outflow? Outflow { get; init; }

    public Heard Hear(Alarm alarm)
    {
        var known = book.Remembered(alarm.Key);
        if (known == alarm)
            return new Heard(alarm, Change.Nothing, Outcome.Desk, 0);
        if (known is not null && IsOlder(alarm, known))
            return new Heard(alarm, Change.Outdated, Outcome.Desk, 0);
        book.Remember(alarm);
        return book.OpenEpisode(alarm.Key) switch
        {
            null when alarm.Level == AlarmLevel.None => new Heard(alarm, Change.Nothing, Outcome.Desk, 0),
            null => Open(alarm),
            var episode when alarm.Level == episode.Level => Restate(alarm, episode),
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
        return heard with { Outcome = Warn(alarm, heard.Episode) };
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
        return new Heard(alarm, Change.Opened, Warn(alarm, id), id);
    }

    Heard Restate(Alarm alarm, Episode episode)
    {
        var restated = Peaked(episode, alarm);
        book.Change(episode, alarm.RestatedAt is null ? restated : restated with { ChangedAt = alarm.Since });
        return new Heard(alarm, Change.Nothing, Outcome.Desk, episode.Id);
    }

    Heard Rise(Alarm alarm, Episode episode)
    {
        Move("rose", alarm, episode);
        book.Withdraw(alarm.Key, "the alarm rose");
        return new Heard(alarm, Change.Rose, Warn(alarm, episode.Id), episode.Id);
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

    Outcome Warn(Alarm alarm, long episode)
    {
        var policy = PolicyOf(alarm);
        if (policy == Policy.Desk)
            return Outcome.Desk;
        if (StationOf(alarm) is not { } station)
        {
            book.Note("told nobody", $"episode/{episode}", null, new Facts { Reason = "the device stands at no station" });
            return Outcome.NoStation;
        }
        return Tell(policy, Drafted(alarm, episode, station, BulletinKind.Warning, site.WarningValidFor));
    }

    Outcome Clear(Alarm alarm, Episode episode)
    {
        if (book.StationOwedAllClear(episode) is not { } station)
            return Outcome.Desk;
        // A rule that has been taken off the site, or to the desk, since it warned people leaves the debt: a person decides then.
        var policy = PolicyOf(alarm) == Policy.Auto ? Policy.Auto : Policy.Ask;
        return Tell(policy, Drafted(alarm, episode.Id, station, BulletinKind.AllClear, site.AllClearValidFor));
    }

    Outcome Tell(Policy policy, Draft draft)
    {
        var oldNews = draft.IsOldNews(book.Now);
        if (policy == Policy.Auto)
        {
            book.Publish(draft, AuditEntry.Auto, null);
            return oldNews ? Outcome.OldNews : Outcome.Bulletin;
        }
        var proposal = book.Propose(draft);
        if (oldNews)
            book.Expire(proposal);
        return oldNews ? Outcome.LateProposal : Outcome.Proposal;
    }

    Draft Drafted(Alarm alarm, long episode, string station, BulletinKind kind, Duration validFor) => new(
        episode, station, alarm.Key.Rule, alarm.Cause, kind, alarm.Level, StageOf(alarm), alarm.Rate, alarm.Evidence.MeasuredAt,
        alarm.Evidence.MeasuredAt + validFor)
    {
        Outflow = Outflow,
    };

    Policy PolicyOf(Alarm alarm)
    {
        foreach (var rule in site.Rules)
            if (rule.Id == alarm.Key.Rule)
                return rule.Policy;
        return Policy.Desk;
    }

    string? StationOf(Alarm alarm) =>
        alarm.Cause is Cause.Limit or Cause.Fault ? site.Devices.GetValueOrDefault(alarm.Key.Subject)?.Station : alarm.Key.Subject;
}
