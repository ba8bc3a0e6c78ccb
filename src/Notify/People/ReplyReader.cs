using CanhLu.Database;
using Dapper;

namespace CanhLu.Notify;

/// <summary>Reads on in what people wrote, from the last one it has done: an officer's answer to a reminder, a resident's no or yes. All else is left to a person.</summary>
/// <param name="book">What was written.</param>
/// <param name="replies">Does what residents wish.</param>
/// <param name="operations">Keeps how far it has read.</param>
public sealed class ReplyReader(ReplyBook book, Replies replies, Operations operations)
{
    const int AtOnce = 100;

    /// <summary>Whether somebody else takes a reply as his: the sender's number, E.164, and the text. Null when nobody does.</summary>
    public Func<string, string, bool>? IsTaken { get; set; }

    /// <summary>Does what has come. A reply that was done and not yet counted as done is done again, which changes nothing.</summary>
    /// <returns>How many were read.</returns>
    public int Settle()
    {
        var read = operations.Read(connection => connection.ExecuteScalar<long?>("SELECT CAST(value AS BIGINT) FROM settings WHERE name = 'replies_read'")) ?? 0;
        var came = book.After(read, AtOnce);
        foreach (var reply in came)
            if (reply.Phone is { } phone && IsTaken?.Invoke(phone, reply.Text.Trim()) != true)
                replies.Take(new PhoneNumber(phone), reply.Text, reply.Carrier);
        if (came.Count > 0)
            operations.Write(connection => connection.Execute(
                "INSERT INTO settings (name, value) VALUES ('replies_read', @Last) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                new { Last = came[^1].Id.ToString(System.Globalization.CultureInfo.InvariantCulture) }));
        return came.Count;
    }
}
