using Dapper;
using NodaTime;

namespace CanhLu.Console.Accounts;

/// <summary>The links inside one transaction.</summary>
sealed class InvitationBook(Writing writing)
{
    /// <summary>How long a link works.</summary>
    public static readonly Duration ValidFor = Duration.FromHours(24);

    /// <summary>What an unused link is for; null when it was used, is too old, or there is none.</summary>
    public Invitation? Of(string token) => writing.Connection.QuerySingleOrDefault<Invitation>(
        """
        SELECT user_id, name, role, area_codes, officer, made_by, until_at FROM invitations
        WHERE token_hash = @hash AND used_at IS NULL AND until_at > @Now
        """,
        new { hash = Secrets.Hash(token), writing.Now });

    /// <summary>Makes a link and returns what stands in it.</summary>
    public string Make(long? userId, string? name, Role role, string areaCodes, long? officer, string by)
    {
        // The newest link to one thing is the only one.
        writing.Connection.Execute(
            "DELETE FROM invitations WHERE used_at IS NULL AND (until_at < @Now OR user_id = @userId OR (user_id IS NULL AND (name = @name OR (name IS NULL AND @name IS NULL))))",
            new { userId, name, writing.Now });
        var token = Secrets.New();
        writing.Connection.Execute(
            """
            INSERT INTO invitations (token_hash, user_id, name, role, area_codes, officer, made_at, made_by, until_at)
            VALUES (@hash, @userId, @name, @Role, @areaCodes, @officer, @Now, @by, @until)
            """,
            new { hash = Secrets.Hash(token), userId, name, Role = UserBook.Word(role), areaCodes, officer, writing.Now, by, until = writing.Now + ValidFor });
        return token;
    }

    /// <summary>Uses a link up.</summary>
    public void Use(string token) => writing.Connection.Execute("UPDATE invitations SET used_at = @Now WHERE token_hash = @hash", new { hash = Secrets.Hash(token), writing.Now });
}
