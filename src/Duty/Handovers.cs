using System.Collections.Immutable;
using CanhLu.Database;
using Dapper;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CanhLu.Duty;

/// <summary>How a shift goes from one officer to the next: written by the one, accepted item by item by the other, and held by the one until all are.</summary>
public sealed class Handovers(Operations operations, IClock clock, ChangeSignal changes, DutyMetrics metrics, ILogger<Handovers> logger)
{
    const string Select = "SELECT id, written_by, written_at, text, accepted_by, accepted_at, replaced_at FROM handovers";
    const string SelectItems = "SELECT item, kind, about, name, detail, level, accepted_by, accepted_at FROM handover_items WHERE handover = @id ORDER BY item";
    const string OpenOnes = " WHERE accepted_at IS NULL AND replaced_at IS NULL";

    readonly Commands _commands = new(operations, clock, changes, metrics);

    /// <summary>Handovers, the newest first.</summary>
    /// <param name="count">How many at most.</param>
    /// <param name="before">Only those with a lower number.</param>
    public ImmutableArray<Handover> Newest(int count, long before = long.MaxValue) => operations.Read<ImmutableArray<Handover>>(connection =>
    [
        .. connection.Query<Handover>(Select + " WHERE id < @before ORDER BY id DESC LIMIT @count", new { count, before }).AsList()
            .Select(one => one with { Items = [.. connection.Query<HandoverItem>(SelectItems, new { id = one.Id })] }),
    ]);

    /// <summary>Hands a shift over. While another one's handover waits, nobody else writes one; one's own is replaced.</summary>
    /// <param name="text">What the next shift must know; it is the first item.</param>
    /// <param name="items">What stands.</param>
    /// <param name="who">Who hands over.</param>
    public Answer Write(string text, ImmutableArray<HandoverItem> items, string who)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(who);
        if (string.IsNullOrWhiteSpace(text))
            return new Answer.Refused("Thiếu nội dung: ca sau cần biết gì. / text is missing: what the next shift must know.");
        var (name, words) = (who.Trim(), text.Trim());
        var answer = _commands.Write((connection, book) =>
        {
            if (connection.QuerySingleOrDefault<Handover>(Select + OpenOnes) is { } waiting)
            {
                if (!Same(waiting.WrittenBy, name))
                    return new Answer.Refused($"{waiting.WrittenBy} còn giữ ca cho đến khi bản bàn giao {waiting.Id} được nhận hết. / {waiting.WrittenBy} holds the shift until handover {waiting.Id} is accepted: accept it first.");
                connection.Execute("UPDATE handovers SET replaced_at = @Now WHERE id = @Id", new { waiting.Id, book.Now });
                book.Note("replaced", $"handover/{waiting.Id}", null, null, name);
            }
            var id = connection.ExecuteScalar<long>(
                """
                INSERT INTO handovers (id, written_by, written_at, text)
                VALUES ((SELECT coalesce(max(id), 0) + 1 FROM handovers), @name, @Now, @words) RETURNING id
                """,
                new { name, book.Now, words });
            var all = items.Insert(0, new HandoverItem { Kind = HandoverKind.Words, About = "", Name = name, Detail = words });
            connection.Execute(
                "INSERT INTO handover_items (handover, item, kind, about, name, detail, level) VALUES (@id, @Item, @Kind, @About, @Name, @Detail, @Level)",
                all.Select((one, at) => new { id, Item = at + 1, Kind = Words.Of(one.Kind), one.About, one.Name, one.Detail, Level = (int)one.Level }));
            book.Note("handed over", $"handover/{id}", null, new Facts { Text = words, Missing = all.Length }, name);
            return new Answer.Done(null, id);
        });
        if (answer is Answer.Done { Id: { } written })
            Log.HandedOver(logger, name, written);
        return answer;
    }

    /// <summary>Accepts one item. Whoever accepts the last one holds the shift from then on.</summary>
    /// <param name="handover">The handover's number.</param>
    /// <param name="item">The item's.</param>
    /// <param name="who">Who accepts it; never the one who hands over.</param>
    public Answer Accept(long handover, int item, string who)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(who);
        var (name, isLast) = (who.Trim(), false);
        var answer = _commands.Write((connection, book) =>
        {
            if (connection.QuerySingleOrDefault<Handover>(Select + " WHERE id = @handover", new { handover }) is not { } known)
                return new Answer.NotFound();
            var items = connection.Query<HandoverItem>(SelectItems, new { id = handover }).AsList();
            if (items.Find(one => one.Item == item) is not { } found)
                return new Answer.NotFound();
            if (found is { AcceptedBy: { } by, AcceptedAt: { } at })
                return new Answer.AlreadyDone("accepted", by, at);
            if (known.ReplacedAt is not null)
                return new Answer.Refused($"{known.WrittenBy} đã viết bản bàn giao khác: hãy nhận bản đó. / {known.WrittenBy} has written another handover: accept that one.");
            if (Same(known.WrittenBy, name))
                return new Answer.Refused("Người bàn giao không tự nhận; người trực ca sau nhận. / Whoever hands over does not accept it: the next officer does.");
            connection.Execute(
                "UPDATE handover_items SET accepted_by = @name, accepted_at = @Now WHERE handover = @handover AND item = @item AND accepted_at IS NULL",
                new { handover, item, name, book.Now });
            book.Note("accepted", $"handover/{handover}", null, new Facts { Alarm = found.About.Length == 0 ? null : found.About, Kind = Words.Of(found.Kind) }, name);
            isLast = items.TrueForAll(one => one.Item == item || one.AcceptedAt is not null);
            if (isLast)
            {
                connection.Execute("UPDATE handovers SET accepted_by = @name, accepted_at = @Now WHERE id = @handover", new { handover, name, book.Now });
                book.Note("took over", $"handover/{handover}", new Facts { Asked = [known.WrittenBy] }, new Facts { Asked = [name] }, name);
            }
            return new Answer.Done(null, handover);
        });
        if (answer is Answer.Done && isLast)
            Log.TookOver(logger, name, handover);
        return answer;
    }

    static bool Same(string one, string other) => string.Equals(one.Trim(), other.Trim(), StringComparison.CurrentCultureIgnoreCase);
}
