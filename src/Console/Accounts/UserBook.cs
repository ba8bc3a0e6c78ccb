using Dapper;
using NodaTime;

namespace CanhLu.Console.Accounts;

/// <summary>The users inside one transaction.</summary>
sealed class UserBook(Writing writing)
{
    const string Select =
        """
        SELECT users.id, users.name, users.role, users.area_codes, users.officer, officers.name AS officer_name, users.password_hash, users.totp_key,
               users.totp_since_at, users.totp_step, users.failures, users.locked_until_at, users.made_at, users.made_by
        FROM users LEFT JOIN officers ON officers.id = users.officer AND officers.left_at IS NULL
        WHERE users.ended_at IS NULL
        """;

    /// <summary>Whether there is, or ever was, anybody.</summary>
    public bool IsAny => writing.Connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM users)");

    /// <summary>All of them, by name.</summary>
    public List<User> All() => writing.Connection.Query<User>(Select + " ORDER BY users.name").AsList();

    /// <summary>One of them; null when there is none of that number.</summary>
    public User? Of(long id) => writing.Connection.QuerySingleOrDefault<User>(Select + " AND users.id = @id", new { id });

    /// <summary>The one of a name, in small letters or large; null when there is none.</summary>
    public User? Named(string name) => All().Find(user => Same(user.Name, name));

    /// <summary>The one that the city's sign-on calls so; null when there is none.</summary>
    public User? OfSubject(string subject) => writing.Connection.QuerySingleOrDefault<User>(Select + " AND users.subject = @subject", new { subject });

    /// <summary>Whether one that the city's sign-on calls so has ended.</summary>
    public bool IsEnded(string subject) =>
        writing.Connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM users WHERE subject = @subject AND ended_at IS NOT NULL)", new { subject });

    /// <summary>Why a name cannot be an account's; null when it can.</summary>
    /// <param name="name">The name.</param>
    /// <param name="officer">The officer that it is tied to.</param>
    public string? WhyNot(string name, long? officer)
    {
        const int longest = 100;
        if (string.IsNullOrWhiteSpace(name) || name.Trim() != name || name.Length > longest || name.Contains(',') || name.Any(char.IsControl) || Same(name, Duty.AuditEntry.Auto))
            return $"name is missing, has more than {longest} characters, a comma, or a space at an end.";
        if (Named(name) is { } known)
            return $"There is an account {known.Name} already: choose a name that tells them apart.";
        // Decisions are written down by name: nobody gets an officer's by choosing it.
        foreach (var (id, other) in writing.Connection.Query<(long, string)>("SELECT id, name FROM officers WHERE left_at IS NULL"))
            if (Same(other, name) && id != officer)
                return $"{other} is officer {id}: an account of that name is tied to that officer.";
        return writing.Connection.Query<string>("SELECT name FROM api_tokens WHERE ended_at IS NULL").Any(other => Same(other, name))
            ? $"A program's token is called {name}: choose a name that tells them apart." : null;
    }

    /// <summary>Whether there is an officer of a number.</summary>
    public bool IsOfficer(long id) => writing.Connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM officers WHERE id = @id AND left_at IS NULL)", new { id });

    /// <summary>Makes one.</summary>
    public long Make(string name, Role role, string areaCodes, long? officer, string passwordHash, string by, string? subject = null)
    {
        var id = writing.Connection.ExecuteScalar<long>(
            """
            INSERT INTO users (id, name, role, area_codes, officer, password_hash, subject, made_at, made_by)
            VALUES ((SELECT coalesce(max(id), 0) + 1 FROM users), @name, @Role, @areaCodes, @officer, @passwordHash, @subject, @Now, @by) RETURNING id
            """,
            new { name, Role = Word(role), areaCodes, officer, passwordHash, subject, writing.Now, by });
        writing.Note(name, "made account", $"user/{id}", null, new { name, role = Word(role), areas = User.Codes(areaCodes), officer, invited_by = by });
        return id;
    }

    /// <summary>Changes what one may do.</summary>
    public void Change(User user, Role role, string areaCodes, long? officer, string by)
    {
        writing.Connection.Execute(
            "UPDATE users SET role = @Role, area_codes = @areaCodes, officer = @officer WHERE id = @Id", new { user.Id, Role = Word(role), areaCodes, officer });
        writing.Note(by, "changed account", $"user/{user.Id}",
            new { role = Word(user.Role), areas = user.Areas, user.Officer }, new { role = Word(role), areas = User.Codes(areaCodes), officer });
    }

    /// <summary>Ends one.</summary>
    public void End(User user, string by)
    {
        writing.Connection.Execute("UPDATE users SET ended_at = @Now WHERE id = @Id", new { user.Id, writing.Now });
        writing.Note(by, "ended account", $"user/{user.Id}", new { user.Name, role = Word(user.Role) }, null);
    }

    /// <summary>Sets a password; what was wrong before is forgotten.</summary>
    public void SetPassword(User user, string passwordHash) => writing.Connection.Execute(
        "UPDATE users SET password_hash = @passwordHash, failures = 0, locked_until_at = NULL WHERE id = @Id", new { user.Id, passwordHash });

    /// <summary>Keeps how often it went wrong, and until when nobody comes in.</summary>
    public void Count(User user, int failures, Instant? lockedUntil) => writing.Connection.Execute(
        "UPDATE users SET failures = @failures, locked_until_at = @lockedUntil WHERE id = @Id", new { user.Id, failures, lockedUntil });

    /// <summary>Takes the second factor away: a new one is asked for at the next sign-in of whoever decides.</summary>
    public void ForgetSecondFactor(User user)
    {
        writing.Connection.Execute("UPDATE users SET totp_key = NULL, totp_since_at = NULL, totp_step = 0 WHERE id = @Id", new { user.Id });
        writing.Connection.Execute("DELETE FROM recovery_codes WHERE user_id = @Id", new { user.Id });
    }

    /// <summary>Begins a second factor, or makes it the one that is asked for.</summary>
    public void KeepKey(User user, byte[] key, Instant? since, long step) => writing.Connection.Execute(
        "UPDATE users SET totp_key = @key, totp_since_at = @since, totp_step = @step WHERE id = @Id", new { user.Id, key, since, step });

    /// <summary>A code of this time step was taken.</summary>
    public void TakeStep(User user, long step) => writing.Connection.Execute("UPDATE users SET totp_step = @step WHERE id = @Id", new { user.Id, step });

    /// <summary>Keeps new recovery codes in place of the old ones.</summary>
    public void KeepRecovery(User user, IEnumerable<byte[]> hashes)
    {
        writing.Connection.Execute("DELETE FROM recovery_codes WHERE user_id = @Id", new { user.Id });
        writing.Connection.Execute("INSERT INTO recovery_codes (user_id, code_hash) VALUES (@Id, @hash)", hashes.Select(hash => new { user.Id, hash }));
    }

    /// <summary>Takes a recovery code; false when there is none such that is not used.</summary>
    public bool TakeRecovery(User user, byte[] hash) => writing.Connection.Execute(
        "UPDATE recovery_codes SET used_at = @Now WHERE user_id = @Id AND code_hash = @hash AND used_at IS NULL", new { user.Id, hash, writing.Now }) == 1;

    public static bool Same(string one, string other) => string.Equals(one.Trim(), other.Trim(), StringComparison.InvariantCultureIgnoreCase);

    public static string Word(Role role) => role.ToString().ToLowerInvariant();
}
