using Dapper;
using NodaTime;

namespace CanhLu.Console.Accounts;

/// <summary>The sessions inside one transaction.</summary>
sealed class SessionBook(Writing writing)
{
    const string Select =
        """
        SELECT sessions.id, sessions.user_id, users.name AS user_name, sessions.second_factor, sessions.began_at, sessions.seen_at, sessions.until_at,
               sessions.address, sessions.agent
        FROM sessions JOIN users ON users.id = sessions.user_id
        WHERE sessions.ended_at IS NULL AND users.ended_at IS NULL AND sessions.until_at > @Now AND sessions.seen_at > @since
        """;

    /// <summary>The session of a token; null when there is none, or it has ended.</summary>
    /// <param name="token">What the browser showed.</param>
    /// <param name="since">Used after that.</param>
    public Session? Of(string token, Instant since) => writing.Connection.QuerySingleOrDefault<Session>(
        Select + " AND sessions.token_hash = @hash", new { hash = Secrets.Hash(token), since, writing.Now });

    /// <summary>Those that have not ended, the last used first.</summary>
    public List<Session> All(Instant since) => writing.Connection.Query<Session>(Select + " ORDER BY sessions.seen_at DESC", new { since, writing.Now }).AsList();

    /// <summary>Begins one and returns what the browser shows from then on.</summary>
    public string Begin(User user, bool secondFactor, Instant until, string address, string agent)
    {
        // Whoever has been gone for a year is told of by the audit.
        writing.Connection.Execute("DELETE FROM sessions WHERE until_at < @before", new { before = writing.Now - Duration.FromDays(365) });
        var token = Secrets.New();
        var id = writing.Connection.ExecuteScalar<long>(
            """
            INSERT INTO sessions (id, token_hash, user_id, second_factor, began_at, seen_at, until_at, address, agent)
            VALUES ((SELECT coalesce(max(id), 0) + 1 FROM sessions), @hash, @Id, @secondFactor, @Now, @Now, @until, @address, @agent) RETURNING id
            """,
            new { hash = Secrets.Hash(token), user.Id, secondFactor, writing.Now, until, address, agent });
        writing.Note(user.Name, "signed in", $"session/{id}", null, new { user = user.Id, address, second_factor = secondFactor });
        return token;
    }

    /// <summary>Says that a session is used.</summary>
    public int Touch(long id) => writing.Connection.Execute("UPDATE sessions SET seen_at = @Now WHERE id = @id", new { id, writing.Now });

    /// <summary>Ends one; false when it has ended.</summary>
    public bool End(Session session, string by)
    {
        if (writing.Connection.Execute("UPDATE sessions SET ended_at = @Now WHERE id = @Id AND ended_at IS NULL", new { session.Id, writing.Now }) == 0)
            return false;
        writing.Note(by, session.UserName == by ? "signed out" : "ended session", $"session/{session.Id}", new { user = session.UserId, name = session.UserName }, null);
        return true;
    }

    /// <summary>Ends all of a user's, but one.</summary>
    public void EndAll(long user, long? but = null) => writing.Connection.Execute(
        "UPDATE sessions SET ended_at = @Now WHERE user_id = @user AND ended_at IS NULL AND id <> @but", new { user, but = but ?? 0, writing.Now });
}
