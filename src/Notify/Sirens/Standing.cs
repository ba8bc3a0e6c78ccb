using CanhLu.Notify.Cap;
using NodaTime;

namespace CanhLu.Notify.Sirens;

/// <summary>Says what stands for the sirens of an area: out of what was decided, and what was stated last. A pure question: the same rows give the same answer, so that a
/// crash between two answers changes nothing.</summary>
/// <remarks>
/// Of each station and rule the newest bulletin counts that nobody stopped and that is for the area. A warning stands while its episode goes on, and for the validity of a
/// warning after it if no all-clear is decided. Of several that stand, the highest level speaks, the newest of the same. When none stands any more, the all-clear or the
/// withdrawal of the last one stands until its time is over; then nothing does.
/// </remarks>
sealed class Standing(Site site, bool isDrill)
{
    /// <summary>The notice that should stand for an area now: <paramref name="last"/> itself when nothing changes; null when nothing ever stood and nothing does.</summary>
    /// <param name="area">The area's code.</param>
    /// <param name="decided">What may stand, oldest first.</param>
    /// <param name="last">What was stated last; null for nothing yet.</param>
    /// <param name="now">Now.</param>
    public Notice? For(string area, IReadOnlyList<DecidedRow> decided, Notice? last, Instant now)
    {
        var topic = isDrill ? SirenTopics.Exercise(site.Id, area) : SirenTopics.Warnings(site.Id, area);
        var speaking = decided.Where(row => row.StoppedAt is null)
            .GroupBy(row => row.Kind == BulletinKind.Announcement ? ("", "", row.Id) : (row.Station, row.Rule, 0L))
            .Select(group => group.LastOrDefault(row => row.Kind == BulletinKind.AllClear || IsFor(row.Bulletin, area)))
            .OfType<DecidedRow>()
            .Where(row => row.Kind != BulletinKind.AllClear && (row.Stands || EndOf(row) > now))
            .OrderBy(row => row.Level).ThenBy(row => row.Id)
            .LastOrDefault();
        if (speaking is not null)
            return Said(SirenState.Warning, speaking, Until(speaking, last, now));
        if (last?.BulletinId is not { } id)
            return last;
        if (last.State != SirenState.Warning)
            return last.ValidUntil > now ? last : Nothing();
        var was = decided.FirstOrDefault(row => row.Id == id);
        var over = was is null ? null : decided.LastOrDefault(row =>
            row.Kind == BulletinKind.AllClear && row.StoppedAt is null && row.Id > id && (row.Station, row.Rule) == (was.Station, was.Rule) && row.NotAfter > now);
        if (over is not null)
            return Said(SirenState.AllClear, over, over.NotAfter);
        return was?.StoppedAt is not null && last.ValidUntil > now ? Said(SirenState.Withdrawn, was, last.ValidUntil) : Nothing();

        Notice Said(SirenState state, DecidedRow row, Instant until)
        {
            var isSame = last is not null && last.State == state && last.BulletinId == row.Id;
            if (isSame && last!.ValidUntil == until)
                return last;
            var sequence = isSame ? last!.Sequence : (last?.Sequence ?? 0) + 1;
            var message = isSame ? SirenMessage.Read(last!.Payload) with { ValidUntil = Time(until) } : Message(area, state, row, sequence, until);
            return new Notice
            {
                Topic = topic,
                Sequence = sequence,
                WardCode = area,
                State = state,
                BulletinId = row.Id,
                Level = state == SirenState.Warning ? row.Level : AlarmLevel.None,
                StatedAt = isSame ? last!.StatedAt : now,
                ValidUntil = until,
                Payload = message.Write(),
            };
        }

        Notice Nothing() => new()
        {
            Topic = topic,
            Sequence = last!.Sequence + 1,
            WardCode = area,
            State = SirenState.None,
            Level = AlarmLevel.None,
            StatedAt = now,
            ValidUntil = now,
            Payload = "",
        };
    }

    bool IsFor(Bulletin bulletin, string area) => bulletin.Areas?.Contains(area) ?? site.StationOf(bulletin.Station)?.Areas.Contains(area) ?? false;

    Instant EndOf(DecidedRow row) => row.Kind == BulletinKind.Warning && row.EndedAt is { } ended
        ? Instant.Max(row.NotAfter, ended + site.WarningValidFor)
        : row.NotAfter;

    /// <summary>While the episode goes on, the end is put off when half of the time is over: a siren without a line to us falls silent by itself.</summary>
    Instant Until(DecidedRow row, Notice? last, Instant now)
    {
        if (!row.Stands)
            return EndOf(row);
        var isSame = last is { State: SirenState.Warning } && last.BulletinId == row.Id;
        return isSame && last!.ValidUntil - now > site.WarningValidFor / 2 ? last.ValidUntil : now + site.WarningValidFor;
    }

    SirenMessage Message(string area, SirenState state, DecidedRow row, long sequence, Instant until)
    {
        var words = BulletinText.Of(row.Bulletin, site, "vi");
        var isSaid = state != SirenState.Withdrawn;
        return new SirenMessage(
            1, site.Id, area, site.Areas.TryGetValue(area, out var known) ? known.Name : area, isDrill ? "exercise" : "actual",
            state switch { SirenState.Warning => "warning", SirenState.AllClear => "all_clear", _ => "withdrawn" }, sequence, row.Id,
            state == SirenState.Warning && row.Level != AlarmLevel.None ? row.Level.ToString() : "none", row.Cause.ToString().ToLowerInvariant(), isSaid ? words.Text : "",
            isSaid ? words.Sms : "", Time(row.StoppedAt ?? row.DecidedAt), Time(until));
    }

    string Time(Instant at) => CapTime.Of(at, site.Zone);
}
