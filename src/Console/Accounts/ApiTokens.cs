using System.Collections.Immutable;
using CanhLu.Duty;
using Dapper;
using NodaTime;

namespace CanhLu.Console.Accounts;

/// <summary>Tokens of programs. A program looks and works on devices; it has no second factor, so it does not decide.</summary>
public sealed class ApiTokens(Writings writings)
{
    const string CommandName = "canhlu (command)";

    static readonly Duration CommandLasts = Duration.FromMinutes(5);

    const string Select =
        "SELECT id, name, role, area_codes, made_at, made_by, until_at FROM api_tokens WHERE ended_at IS NULL AND (until_at IS NULL OR until_at > @Now)";

    /// <summary>Those in force, by name.</summary>
    public IReadOnlyList<ApiToken> All() => writings.Read(writing => writing.Connection.Query<ApiToken>(Select + " ORDER BY name", new { writing.Now }).AsList());

    /// <summary>The token of what a program shows; null when there is none in force.</summary>
    public ApiToken? Of(string token) => writings.Read(writing =>
        writing.Connection.QuerySingleOrDefault<ApiToken>(Select + " AND token_hash = @hash", new { hash = Secrets.Hash(token), writing.Now }));

    /// <summary>Makes one.</summary>
    /// <param name="name">The program's name; no person has it.</param>
    /// <param name="role">Viewer or technician.</param>
    /// <param name="areas">For which areas; empty for everywhere.</param>
    /// <param name="validFor">How long; null until it is ended.</param>
    /// <param name="by">Who makes it.</param>
    /// <returns>The answer, and what the program shows, told this once.</returns>
    public (Answer Answer, string? Token) Make(string name, Role role, ImmutableArray<string> areas, Duration? validFor, string by) => writings.Write<(Answer, string?)>(writing =>
    {
        if (role > Role.Technician)
            return (new Answer.Refused("role is viewer or technician: a program does not decide."), null);
        if (new UserBook(writing).WhyNot(name, null) is { } why)
            return (new Answer.Refused(why), null);
        var token = Secrets.New();
        var id = writing.Connection.ExecuteScalar<long>(
            """
            INSERT INTO api_tokens (id, name, role, area_codes, token_hash, made_at, made_by, until_at)
            VALUES ((SELECT coalesce(max(id), 0) + 1 FROM api_tokens), @name, @Role, @areas, @hash, @Now, @by, @until) RETURNING id
            """,
            new { name, Role = UserBook.Word(role), areas = string.Join(',', areas), hash = Secrets.Hash(token), writing.Now, by, until = writing.Now + validFor });
        writing.Note(by, "made token", $"token/{id}", null, new { name, role = UserBook.Word(role), areas });
        return (new Answer.Done(null, id), token);
    });

    /// <summary>Makes one for a command of whoever holds the engine's folder: in force for a few minutes, and gone afterwards.</summary>
    /// <param name="by">Who gives the command.</param>
    /// <param name="role">What the command needs: viewer or technician.</param>
    public string MakeForCommand(string by, Role role = Role.Viewer) => writings.Write(writing =>
    {
        writing.Connection.Execute("DELETE FROM api_tokens WHERE name = @CommandName AND until_at < @Now", new { CommandName, writing.Now });
        var token = Secrets.New();
        writing.Connection.Execute(
            """
            INSERT INTO api_tokens (id, name, role, token_hash, made_at, made_by, until_at)
            VALUES ((SELECT coalesce(max(id), 0) + 1 FROM api_tokens), @CommandName, @Role, @hash, @Now, @by, @until)
            """,
            new { CommandName, Role = UserBook.Word(role), hash = Secrets.Hash(token), writing.Now, by, until = writing.Now + CommandLasts });
        return token;
    });

    /// <summary>Ends one.</summary>
    public Answer End(long id, string by) => writings.Write<Answer>(writing =>
    {
        if (writing.Connection.Execute("UPDATE api_tokens SET ended_at = @Now WHERE id = @id AND ended_at IS NULL", new { id, writing.Now }) == 0)
            return new Answer.NotFound();
        writing.Note(by, "ended token", $"token/{id}", null, null);
        return new Answer.Done(null, id);
    });
}
