using CanhLu.Database;
using Dapper;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CanhLu.Duty;

/// <summary>What officers do about an alarm besides seeing it: they write beside it, give it to one of them, and put a technical one aside for a while.</summary>
public sealed class AlarmsInHand(Operations operations, IClock clock, ChangeSignal changes, DutyMetrics metrics, ILogger<AlarmsInHand> logger)
{
    /// <summary>An alarm that is forgotten on a shelf must not be away for ever.</summary>
    public static readonly Duration LongestShelf = Duration.FromDays(7);

    readonly Commands _commands = new(operations, clock, changes, metrics);

    /// <summary>Writes beside an episode, open or ended.</summary>
    /// <param name="episode">Its number.</param>
    /// <param name="text">What.</param>
    /// <param name="who">The person.</param>
    public Answer Comment(long episode, string text, string who)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(who);
        return string.IsNullOrWhiteSpace(text) ? new Answer.Refused("Thiếu nội dung ghi chú. / text is missing: what is to be noted.") : _commands.Write((connection, book) =>
        {
            if (book.Episode(episode) is null)
                return new Answer.NotFound();
            var id = connection.ExecuteScalar<long>(
                "INSERT INTO comments (id, episode, at, who, text) VALUES ((SELECT coalesce(max(id), 0) + 1 FROM comments), @episode, @Now, @who, @Text) RETURNING id",
                new { episode, book.Now, who, Text = text.Trim() });
            book.Note("commented", $"episode/{episode}", null, new Facts { Note = text.Trim() }, who);
            return new Answer.Done(null, id);
        });
    }

    /// <summary>Gives an episode to somebody. Where officers are entered, it is one of them.</summary>
    /// <param name="episode">Its number.</param>
    /// <param name="to">The officer's name; null or blank for nobody.</param>
    /// <param name="who">Who gives it.</param>
    public Answer Assign(long episode, string? to, string who)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(who);
        return _commands.Write((connection, book) =>
        {
            if (book.Episode(episode) is not { } known)
                return new Answer.NotFound();
            var name = string.IsNullOrWhiteSpace(to) ? null : to.Trim();
            var officers = new OfficerBook(connection, book).All();
            if (name is not null && officers.Count > 0)
            {
                if (officers.Find(officer => string.Equals(officer.Name, name, StringComparison.CurrentCultureIgnoreCase)) is not { } officer)
                    return new Answer.Refused($"Không có người trực nào tên {name}; có: {string.Join(", ", officers.Select(one => one.Name))}. / No officer is called {name}; those above are.");
                name = officer.Name;
            }
            if (name == known.AssignedTo)
                return new Answer.Done(null, episode);
            connection.Execute("UPDATE episodes SET assigned_to = @name WHERE id = @episode", new { episode, name });
            book.Note("assigned", $"episode/{episode}", Named(known.AssignedTo), Named(name), who);
            return new Answer.Done(null, episode);
        });

        static Facts? Named(string? name) => name is null ? null : new Facts { Asked = [name] };
    }

    /// <summary>Puts a technical alarm aside: it is quiet until then, whichever episode of it stands.</summary>
    /// <param name="site">The site in force.</param>
    /// <param name="episode">Its episode that stands.</param>
    /// <param name="until">When it comes back, at most <see cref="LongestShelf"/> from now.</param>
    /// <param name="reason">Why.</param>
    /// <param name="who">The person.</param>
    public Answer Shelve(Site site, long episode, Instant until, string reason, string who)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(who);
        if (string.IsNullOrWhiteSpace(reason))
            return new Answer.NoReason();
        var answer = _commands.Write((connection, book) =>
        {
            if (book.Episode(episode) is not { } known)
                return new Answer.NotFound();
            if (known.EndedAt is not null)
                return new Answer.Refused("Cảnh báo đã kết thúc, không còn gì để gác lại. / The alarm has ended: there is nothing to put aside.");
            if (!Shelf.MayHold(known.Cause, site.Rules.FirstOrDefault(rule => rule.Id == known.Rule)))
                return new Answer.Refused("Chỉ gác lại được cảnh báo kỹ thuật không báo cho ai, không bao giờ gác lại lũ. / Only a technical alarm that nobody is told of can be put aside, never a flood: acknowledge it, or enter a maintenance.");
            if (until <= book.Now || until - book.Now > LongestShelf)
                return new Answer.Refused($"Hạn phải sau lúc này, nhiều nhất {LongestShelf.TotalDays:0} ngày. / until lies after now, by {LongestShelf.TotalDays:0} days at most.");
            if (book.ShelvesOn().Find(shelf => shelf.Key == known.Key) is { } first)
                return new Answer.AlreadyDone("shelved", first.ShelvedBy, first.From);
            connection.Execute(
                """
                INSERT INTO shelves (id, subject, rule, from_at, until_at, reason, shelved_by)
                VALUES ((SELECT coalesce(max(id), 0) + 1 FROM shelves), @Subject, @Rule, @Now, @until, @Reason, @who)
                """,
                new { known.Subject, known.Rule, book.Now, until, Reason = reason.Trim(), who });
            book.Note("shelved", $"episode/{episode}", null, new Facts { Alarm = $"{known.Subject}/{known.Rule}", Until = until.ToString(), Reason = reason.Trim() }, who);
            return new Answer.Done(null, episode);
        });
        if (answer is Answer.Done)
            Log.Shelved(logger, who, episode);
        return answer;
    }

    /// <summary>Takes an alarm back before its time.</summary>
    /// <param name="episode">An episode of it.</param>
    /// <param name="who">The person.</param>
    public Answer Unshelve(long episode, string who)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(who);
        var answer = _commands.Write((connection, book) =>
        {
            if (book.Episode(episode) is not { } known || book.ShelvesOn().Find(shelf => shelf.Key == known.Key) is not { } shelf)
                return new Answer.NotFound();
            connection.Execute("UPDATE shelves SET ended_at = @Now, ended_by = @who WHERE id = @Id AND ended_at IS NULL", new { shelf.Id, book.Now, who });
            book.Note("unshelved", $"episode/{episode}", new Facts { Until = shelf.Until.ToString() }, new Facts { Until = book.Now.ToString() }, who);
            return new Answer.Done(null, episode);
        });
        if (answer is Answer.Done)
            Log.Unshelved(logger, who, episode);
        return answer;
    }
}
