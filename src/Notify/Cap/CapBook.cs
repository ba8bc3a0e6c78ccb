using CanhLu.Database;
using Dapper;

namespace CanhLu.Notify.Cap;

/// <summary>What was published, for whoever asks.</summary>
/// <param name="operations">Where it is kept.</param>
public sealed class CapBook(Operations operations)
{
    /// <summary>How many messages the feed lists.</summary>
    public const int FeedLength = 100;

    /// <summary>The store's number, part of the feed's identity.</summary>
    public string Installation => operations.Installation;

    /// <summary>The newest messages, newest first.</summary>
    public IReadOnlyList<CapEntry> Newest() => operations.Read(connection => connection.Query<CapEntry>(
        "SELECT identifier, msg_type, sent_at, title, summary FROM cap_messages ORDER BY id DESC LIMIT @FeedLength", new { FeedLength }).AsList());

    /// <summary>The message with an identifier; null when none was published.</summary>
    public CapMessage? Find(string identifier) => operations.Read(connection =>
        connection.QuerySingleOrDefault<CapMessage>("SELECT * FROM cap_messages WHERE identifier = @identifier", new { identifier }));
}
