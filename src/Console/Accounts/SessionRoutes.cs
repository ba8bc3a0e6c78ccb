using System.Collections.Immutable;
using CanhLu.Console.Api;
using CanhLu.Database;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using NodaTime;

namespace CanhLu.Console.Accounts;

/// <summary>Signing in and out, the second factor, and one's sessions.</summary>
static class SessionRoutes
{
    sealed record Credentials(string? Name, string? Password, string? Code);

    sealed record Code(string? Value);

    sealed record PasswordChange(string? Old, string? Password);

    /// <param name="Accounts"><c>open</c> or <c>required</c>.</param>
    /// <param name="Name">Who is signed in; null for nobody.</param>
    /// <param name="DecidesAs">The name to be given as <c>who</c>.</param>
    /// <param name="Role">What the person may do.</param>
    /// <param name="Areas">For which areas; empty for everywhere.</param>
    /// <param name="MustEnrol">Whether a second factor must be set up before anything else.</param>
    /// <param name="Csrf">What every change shows in the header X-CSRF-Token.</param>
    /// <param name="UntilAt">When the session ends, however busy it is.</param>
    /// <param name="SignOn">Whether one may also come in by the city's own sign-on.</param>
    sealed record SessionView(
        string Accounts, string? Name = null, string? DecidesAs = null, Role? Role = null, ImmutableArray<string>? Areas = null, bool MustEnrol = false, string? Csrf = null,
        Instant? UntilAt = null, bool SignOn = false);

    sealed record EnrolmentView(string Secret, string Address, QrPath Qr);

    sealed record RecoveryView(IReadOnlyList<string> RecoveryCodes, SessionView Session);

    sealed record ListedView(long Id, string Name, Instant BeganAt, Instant SeenAt, Instant UntilAt, string Address, string Agent, bool IsThis);

    public static void MapSessions(this IEndpointRouteBuilder api)
    {
        api.MapGet("/session", (HttpContext context, AccountMode mode, Sessions sessions, IOptions<AccountOptions> options) =>
                mode.IsOpen ? new SessionView("open")
                : Cookie.Of(context.Request) is { } token && sessions.Look(token) is var (session, user) ? Of(user, session.SecondFactor, session.UntilAt, token)
                : new SessionView("required", SignOn: options.Value.Oidc is not null))
            .WithSummary("Who is signed in, and what every change must show in the header X-CSRF-Token.");

        api.MapPost("/session", (Credentials said, HttpContext context, Sessions sessions) => Stored(() => SignIn(said, context, sessions)))
            .WithSummary("Signs in: name, password, and code where a second factor is set (or a recovery code). Five wrong ones in a row lock the name for five minutes.");

        api.MapDelete("/session", (HttpContext context, Sessions sessions) => Stored(() =>
            {
                if (Visitor.Of(context).Session is { } session)
                    sessions.End(session.Id, session.UserId, session.UserName);
                Cookie.Remove(context);
                return Results.NoContent();
            }))
            .WithSummary("Signs out.");

        api.MapPost("/session/second-factor/begin", (HttpContext context, SecondFactor factor, Func<Site> site) => OfPerson(context, session =>
                factor.Begin(session.UserId) is not { } key
                    ? Problems.Conflict("A second factor is set. Whoever has lost it signs in with a recovery code, or asks an administrator for a link.")
                    : Enrolment(key, site().Name, session.UserName)))
            .WithSummary("A key for an authenticator (RFC 6238), as text, address and picture. It counts once a code of it is shown.");

        api.MapPost("/session/second-factor", (Code said, HttpContext context, SecondFactor factor, Sessions sessions) => OfPerson(context, session =>
            {
                if (factor.Confirm(session, said.Value ?? "") is not var (token, recovery))
                    return Problems.Wrong("value is no code of the key that was begun: wait for the next one, and see that the telephone's clock is right.");
                Cookie.Set(context, token);
                return Results.Ok(new RecoveryView(recovery, sessions.Look(token) is var (begun, user) ? Of(user, true, begun.UntilAt, token) : new SessionView("required")));
            }))
            .WithSummary("Puts the second factor in force and answers with ten recovery codes, told this once. Other sessions end.");

        api.MapPost("/session/password", (PasswordChange said, HttpContext context, UserList users) =>
                OfPerson(context, session => DutyRoutes.Said(users.ChangePassword(session, said.Old ?? "", said.Password ?? ""))))
            .WithSummary("Sets another password. Other sessions end.");

        api.MapGet("/sessions", (HttpContext context, Sessions sessions) =>
            {
                var visitor = Visitor.Of(context);
                return sessions.All(visitor.Role == Role.Administrator ? null : visitor.Session?.UserId ?? 0)
                    .Select(one => new ListedView(one.Id, one.UserName, one.BeganAt, one.SeenAt, one.UntilAt, one.Address, one.Agent, one.Id == visitor.Session?.Id)).ToImmutableArray();
            })
            .WithSummary("One's sessions, the last used first; an administrator sees everybody's.");

        api.MapPost("/sessions/{id:long}/end", (long id, HttpContext context, Sessions sessions) => OfPerson(context, session =>
                sessions.End(id, Visitor.Of(context).Role == Role.Administrator ? null : session.UserId, session.UserName)
                    ? Results.NoContent()
                    : Problems.Missing("There is none of that number.")))
            .WithSummary("Ends a session at once: one's own; an administrator anybody's.");
    }

    /// <summary>Answers to somebody who has just used a link.</summary>
    public static IResult Begun(HttpContext context, Sessions sessions, User user)
    {
        var token = sessions.Begin(user, AddressOf(context), AgentOf(context));
        Cookie.Set(context, token);
        return sessions.Look(token) is var (session, known) ? Results.Ok(Of(known, false, session.UntilAt, token)) : Problems.Missing("The account has ended.");
    }

    /// <summary>Runs what a person who is signed in asks for.</summary>
    public static IResult OfPerson(HttpContext context, Func<Session, IResult> work) => Visitor.Of(context).Session is { } session
        ? Stored(() => work(session))
        : Problems.Forbidden("This is for a person who is signed in.");

    /// <summary>Runs what writes; a full disk is said in words.</summary>
    public static IResult Stored(Func<IResult> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException exception) when (Operations.IsTrouble(exception))
        {
            return Problems.Unavailable("The operations store cannot be written now; nothing was done. Try again when the disk has room.");
        }
    }

    static IResult SignIn(Credentials said, HttpContext context, Sessions sessions)
    {
        switch (sessions.SignIn(said.Name ?? "", said.Password ?? "", said.Code, AddressOf(context), AgentOf(context)))
        {
            case SignedIn.Done done:
                Cookie.Set(context, done.Token);
                return sessions.Look(done.Token) is var (session, user) ? Results.Ok(Of(user, session.SecondFactor, session.UntilAt, done.Token)) : Problems.Missing("The account has ended.");
            case SignedIn.CodeMissing:
                return Results.Problem(
                    "code is missing: the six digits of your authenticator, or a recovery code.", statusCode: StatusCodes.Status401Unauthorized,
                    extensions: new Dictionary<string, object?> { ["needs"] = "code" });
            default:
                return Results.Problem(
                    "Name, password or code is wrong, or there were five wrong ones in a row: then nobody signs in under this name for five minutes.",
                    statusCode: StatusCodes.Status401Unauthorized);
        }
    }

    static SessionView Of(User user, bool secondFactor, Instant until, string token) => new(
        "required", user.Name, user.DecidesAs, user.Role, user.Areas, user.Decides && !secondFactor, Secrets.Csrf(token), until);

    static IResult Enrolment(byte[] key, string place, string name)
    {
        var address = Totp.Address(key, place, name);
        return Results.Ok(new EnrolmentView(Totp.Base32(key), address, QrPath.Of(address)));
    }

    static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";

    static string AgentOf(HttpContext context) => context.Request.Headers.UserAgent.ToString();
}
