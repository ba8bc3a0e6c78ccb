using CanhLu.Database;
using CanhLu.Notify.Carriers;
using Dapper;
using NodaTime;

namespace CanhLu.Notify;

/// <summary>What recipients wrote to us, by SMS or in a chat, kept before the carrier is told that we have it. Whoever acts on it (an opt-out) reads on from the last one
/// that he has seen.</summary>
/// <param name="operations">Where they are kept.</param>
/// <param name="clock">The engine's clock.</param>
public sealed class ReplyBook(Operations operations, IClock clock)
{
    /// <summary>Longer ones are cut.</summary>
    const int LongestText = 2000;

    /// <summary>Called after a reply was kept, on the thread of the carrier's call: to ring a bell, not to work.</summary>
    public event Action? Came;

    /// <summary>The replies after one, oldest first.</summary>
    /// <param name="after">The last one seen; 0 for all.</param>
    /// <param name="limit">At most so many.</param>
    public IReadOnlyList<KeptReply> After(long after, int limit) => operations.Read(connection =>
        connection.Query<KeptReply>(Statements.Of("replies"), new { after, limit }).AsList());

    /// <summary>Keeps one; false when it is known.</summary>
    internal bool Keep(string carrier, CallbackReading.Reply reply)
    {
        var phone = PhoneNumber.TryRead(reply.From, out var number, out _) ? number.E164 : null;
        var text = reply.Text.Length > LongestText ? reply.Text[..LongestText] : reply.Text;
        var isNew = operations.Write(connection => connection.Execute(
            Statements.Of("reply-keep"), new { carrier, reply.Message, reply.From, phone, text, now = clock.GetCurrentInstant() })) > 0;
        if (isNew)
            Came?.Invoke();
        return isNew;
    }
}

/// <summary>A reply in the store.</summary>
public sealed record KeptReply
{
    /// <summary>Its id: grows with time.</summary>
    public required long Id { get; init; }

    /// <summary>By which carrier it came.</summary>
    public required string Carrier { get; init; }

    /// <summary>Who wrote it, as the carrier names people.</summary>
    public required string From { get; init; }

    /// <summary>What was written.</summary>
    public required string Text { get; init; }

    /// <summary>When it came.</summary>
    public required Instant ReceivedAt { get; init; }

    /// <summary>The recipient's id; null when it is nobody that we know.</summary>
    public long? Recipient { get; init; }

    /// <summary>The sender's number, E.164; null when nobody knows it.</summary>
    public string? Phone { get; init; }
}
