using System.Collections.Immutable;
using Dapper;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace CanhLu.Duty;

/// <summary>The duty tables inside one transaction: each method is one line in the book, with its audit entry.</summary>
sealed class DutyBook(SqliteConnection connection, Instant now)
{
    public Instant Now => now;

    /// <summary>Whether a proposal waits whose time is up; a read, so that looking costs no write.</summary>
    public static bool IsAnyLate(SqliteConnection connection, Instant now) =>
        connection.Query<long>(Statements.WaitingTooLong, new { Now = now }).Any();

    public Alarm? Remembered(AlarmKey key) => connection
        .QuerySingleOrDefault<AlarmRow>(Statements.Alarms + " WHERE subject = @Subject AND rule = @Rule", new { key.Subject, key.Rule })?.Statement;

    public void Remember(Alarm alarm) => connection.Execute(Statements.RememberAlarm, new
    {
        alarm.Key.Subject,
        alarm.Key.Rule,
        Cause = Words.Of(alarm.Cause),
        alarm.Level,
        alarm.From,
        SinceAt = alarm.Since,
        alarm.Peak,
        Series = alarm.Evidence.Series.Value,
        alarm.Evidence.MeasuredAt,
        alarm.Evidence.ReceivedAt,
        alarm.Evidence.Value,
        alarm.Evidence.Flag,
        alarm.PeakStage,
        alarm.Rate,
        FromSinceAt = alarm.FromSince,
        alarm.RestatedAt,
        alarm.Grade,
    });

    public Episode? OpenEpisode(AlarmKey key) => connection.QuerySingleOrDefault<Episode>(
        Statements.Episodes + " WHERE subject = @Subject AND rule = @Rule AND ended_at IS NULL", new { key.Subject, key.Rule });

    public long Open(Alarm alarm)
    {
        var id = connection.ExecuteScalar<long>(Statements.OpenEpisode, new
        {
            alarm.Key.Subject,
            alarm.Key.Rule,
            Cause = Words.Of(alarm.Cause),
            alarm.Since,
            alarm.Level,
            Peak = alarm.Peak > alarm.Level ? alarm.Peak : alarm.Level,
            alarm.PeakStage,
        });
        Note("opened", $"episode/{id}", null, Facts(alarm) with { Alarm = $"{alarm.Key.Subject}/{alarm.Key.Rule}" });
        return id;
    }

    public void Change(Episode before, Episode after)
    {
        if (before != after)
            connection.Execute(
                Statements.ChangeEpisode, new { after.Id, after.Level, after.ChangedAt, after.PeakLevel, after.PeakStage, after.EndedAt });
    }

    public void NoteChange(string action, Episode before, Alarm alarm) => Note(
        action, $"episode/{before.Id}", new Facts { Level = before.Level.ToString(), Since = before.ChangedAt.ToString() }, Facts(alarm));

    public string? StationOwedAllClear(Episode episode) =>
        connection.QuerySingleOrDefault<string>(Statements.Owed, new { episode.Subject, episode.Rule, Episode = episode.Id });

    public long Publish(Draft draft, string who, long? proposal)
    {
        var oldNews = draft.IsOldNews(now);
        var id = connection.ExecuteScalar<long>(Statements.Publish, new
        {
            draft.Episode,
            Proposal = proposal,
            draft.Station,
            draft.Rule,
            Cause = Words.Of(draft.Cause),
            Kind = Words.Of(draft.Kind),
            draft.Level,
            draft.Stage,
            draft.Rate,
            draft.Outflow?.Reservoir,
            QMin = draft.Outflow?.Least,
            QMax = draft.Outflow?.Most,
            draft.Outflow?.StartsAt,
            draft.MeasuredAt,
            draft.ReceivedAt,
            draft.StoredAt,
            DecidedAt = now,
            DecidedBy = who,
            draft.NotAfter,
            ExpiredAt = oldNews ? now : (Instant?)null,
            OwnVi = draft.Own?.Vi,
            OwnEn = draft.Own?.En,
            draft.Slots,
            AreaCodes = Codes(draft.Areas),
            draft.OnlyTo,
        });
        if (!oldNews && draft.IsAboutTheWater)
            connection.Execute(Statements.ReplaceOlder, new { Id = id, draft.Station, draft.Rule });
        Note(oldNews ? "decided old news" : "decided", $"bulletin/{id}", null, draft.Facts with { Proposal = proposal }, who);
        return id;
    }

    public long Propose(Draft draft, AskedBecause? because, Deciding deciding)
    {
        var decideBy = deciding is { Within: { } within, Then.IsEmpty: false } ? now + within : (Instant?)null;
        var id = connection.ExecuteScalar<long>(Statements.Propose, new
        {
            draft.Episode,
            draft.Station,
            draft.Rule,
            Cause = Words.Of(draft.Cause),
            Kind = Words.Of(draft.Kind),
            draft.Level,
            draft.Stage,
            draft.Rate,
            draft.Outflow?.Reservoir,
            QMin = draft.Outflow?.Least,
            QMax = draft.Outflow?.Most,
            draft.Outflow?.StartsAt,
            draft.MeasuredAt,
            draft.ReceivedAt,
            draft.StoredAt,
            ProposedAt = now,
            draft.NotAfter,
            Because = because is { } reason ? Words.Of(reason) : null,
            Decider = Words.Of(deciding.By),
            deciding.Persons,
            WithinS = deciding.Within is { } time ? (long)time.TotalSeconds : (long?)null,
            Steps = string.Join(',', deciding.Then.Select(Words.Of)),
            DecideBy = decideBy,
            OwnVi = draft.Own?.Vi,
            OwnEn = draft.Own?.En,
            draft.Slots,
            AreaCodes = Codes(draft.Areas),
        });
        Note("proposed", $"proposal/{id}", null, draft.Facts with { Reason = because is { } why ? Words.Of(why) : null, DecideBy = decideBy?.ToString() });
        return id;
    }

    public void Withdraw(AlarmKey key, string reason)
    {
        foreach (var id in connection.Query<long>(Statements.WaitingOfAlarm, new { key.Subject, key.Rule }).AsList())
            Decide(id, ProposalState.Withdrawn, AuditEntry.Auto, reason);
    }

    public int ExpireWaiting()
    {
        var late = connection.Query<long>(Statements.WaitingTooLong, new { Now = now }).AsList();
        foreach (var id in late)
            Expire(id);
        return late.Count;
    }

    public void Expire(long proposal) => Decide(proposal, ProposalState.Expired, AuditEntry.Auto, "nobody decided in time");

    public Proposal? Proposal(long id) =>
        connection.QuerySingleOrDefault<Proposal>(Statements.Proposals + " WHERE proposals.id = @Id", new { Id = id });

    public List<Proposal> WaitingProposals() =>
        connection.Query<Proposal>(Statements.Proposals + " WHERE proposals.state = 'waiting' ORDER BY proposals.id").AsList();

    public void Decide(long proposal, ProposalState state, string who, string? reason)
    {
        Once(connection.Execute(Statements.Decide, new { Id = proposal, State = Words.Of(state), Now = now, Who = who, Reason = reason }));
        var action = state == ProposalState.Withdrawn ? "withdrew" : Words.Of(state);
        Note(action, $"proposal/{proposal}", new Facts { State = "waiting" }, new Facts { State = Words.Of(state), Reason = reason }, who);
    }

    /// <summary>The newest proposal of an episode, waiting or decided; null when there is none.</summary>
    public Proposal? LastProposal(long episode) => connection.QueryFirstOrDefault<Proposal>(
        Statements.Proposals + " WHERE proposals.episode = @Episode ORDER BY proposals.id DESC LIMIT 1", new { Episode = episode });

    public List<Episode> OpenEpisodes() => connection.Query<Episode>(Statements.Episodes + " WHERE ended_at IS NULL ORDER BY id").AsList();

    /// <summary>Writes down what keeps an episode quiet from now on; null for nothing.</summary>
    public void Quieten(Episode episode, Quiet? quiet)
    {
        connection.Execute(Statements.Quieten, new { Episode = episode.Id, Reason = quiet is null ? null : Words.Of(quiet.Reason), quiet?.By });
        Note(quiet is null ? "spoke again" : "kept quiet", $"episode/{episode.Id}", Facts(episode.Quiet, episode.QuietBy), Facts(quiet?.Reason, quiet?.By));
    }

    public int BegunSince(AlarmKey key, Instant since) =>
        connection.QuerySingle<int>(Statements.BegunSince, new { key.Subject, key.Rule, Since = since, Now = now });

    /// <summary>The highest level that people were warned of, or an officer was asked about, in an episode and in those begun since; null for that one alone.</summary>
    public AlarmLevel HighestTold(AlarmKey key, Instant? since, long episode) =>
        (AlarmLevel)connection.QuerySingle<int>(Statements.HighestTold, new { key.Subject, key.Rule, Since = since, Episode = episode });

    /// <summary>The episodes that stand now, or stood at the past moment that the book is opened at; of those that are over the peak is given as their level.</summary>
    public List<Episode> Standing() => connection
        .Query<Episode>(Statements.Episodes + " WHERE opened_at <= @At AND (ended_at IS NULL OR ended_at > @At) ORDER BY id", new { At = now })
        .Select(episode => episode.EndedAt is null ? episode : episode with { Level = episode.PeakLevel }).AsList();

    public List<Maintenance> MaintenanceOn() => connection.Query<Maintenance>(
        Statements.Maintenance + " WHERE until_at > @At AND from_at <= @At AND (ended_at IS NULL OR ended_at > @At) ORDER BY id", new { At = now }).AsList();

    public Maintenance? Maintenance(long id) =>
        connection.QuerySingleOrDefault<Maintenance>(Statements.Maintenance + " WHERE id = @Id", new { Id = id });

    public long Maintain(string subject, Instant from, Instant until, string reason, string who)
    {
        var id = connection.ExecuteScalar<long>(
            Statements.OpenMaintenance, new { Subject = subject, From = from, Until = until, Reason = reason, Who = who, Now = now });
        Note("began maintenance", $"maintenance/{id}", null, new Facts { Alarm = subject, Since = from.ToString(), Until = until.ToString(), Reason = reason }, who);
        return id;
    }

    public void EndMaintenance(Maintenance work, string who)
    {
        Once(connection.Execute(Statements.EndMaintenance, new { work.Id, Who = who, Now = now }));
        Note("ended maintenance", $"maintenance/{work.Id}", new Facts { Until = work.Until.ToString() }, new Facts { Until = now.ToString() }, who);
    }

    public List<Shelf> ShelvesOn() => connection.Query<Shelf>(Shelf.On, new { At = now }).AsList();

    public Episode? Episode(long id) => connection.QuerySingleOrDefault<Episode>(Statements.Episodes + " WHERE id = @Id", new { Id = id });

    public void Acknowledge(long episode, string who, string? note)
    {
        Once(connection.Execute(Statements.Acknowledge, new { Episode = episode, Who = who, Now = now, Note = note }));
        Note("acknowledged", $"episode/{episode}", null, new Facts { Note = note }, who);
    }

    public void Note(string action, string subject, Facts? before, Facts? after, string who = AuditEntry.Auto) => connection.Execute(
        Statements.Note, new { At = now, Who = who, Action = action, Subject = subject, Before = before?.ToString(), After = after?.ToString() });

    static string? Codes(ImmutableArray<string>? areas) => areas is { } codes ? string.Join(',', codes) : null;

    static Facts? Facts(QuietReason? reason, string? by) => reason is { } quiet ? new Facts { Quiet = $"{Words.Of(quiet)}: {by}" } : null;

    // The state was read in the same transaction: another count means that two decide at once, and the whole transaction must go.
    static void Once(int rows)
    {
        if (rows != 1)
            throw new InvalidOperationException("A decision was taken in another transaction.");
    }

    static Facts Facts(Alarm alarm) => new()
    {
        Level = alarm.Level.ToString(),
        Since = alarm.Since.ToString(),
        MeasuredAt = alarm.Evidence.MeasuredAt.ToString(),
        Grade = alarm.Level == AlarmLevel.None ? null : alarm.Grade.ToString(),
        StageMm = Hearing.StageOf(alarm)?.Millimetres,
    };
}
