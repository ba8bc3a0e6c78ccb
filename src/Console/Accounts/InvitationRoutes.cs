using CanhLu.Console.Api;
using CanhLu.Duty;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace CanhLu.Console.Accounts;

/// <summary>Links that make an account or give its password back.</summary>
static class InvitationRoutes
{
    sealed record Shown(string? Token);

    sealed record Acceptance(string? Token, string? Name, string? Password);

    sealed record Invited(string? Name, Role? Role, string[]? Areas, long? Officer);

    sealed record InvitationView(string? Name, Role Role, bool IsReset, Instant UntilAt);

    sealed record LinkView(string Token, string Path);

    public static void MapInvitations(this IEndpointRouteBuilder api)
    {
        api.MapPost("/invitations/look", (Shown said, UserList users) => users.Look(said.Token ?? "") is { } link
                ? Results.Ok(new InvitationView(link.Name, link.Role, link.UserId is not null, link.UntilAt))
                : Gone)
            .WithSummary("What a link is for; it still works afterwards.");

        api.MapPost("/invitations/accept", (Acceptance said, HttpContext context, UserList users, Sessions sessions) => SessionRoutes.Stored(() =>
                users.Accept(said.Token ?? "", said.Name, said.Password ?? "") switch
                {
                    Accepted.Done done => SessionRoutes.Begun(context, sessions, done.User),
                    Accepted.Refused refused => Problems.Wrong(refused.Why),
                    _ => Gone,
                }))
            .WithSummary("Uses a link: sets the password (and the name, of the first administrator) and signs in. The link then works no more.");

        api.MapPost("/invitations", (Invited said, HttpContext context, UserList users, Func<Site> site) => SessionRoutes.OfPerson(context, session =>
                said.Role is not { } role || !Enum.IsDefined(role) ? Problems.Wrong($"role is one of {string.Join(", ", Enum.GetNames<Role>())}.")
                : Strange(site(), said.Areas) ?? Linked(users.Invite(said.Name?.Trim() ?? "", role, [.. said.Areas ?? []], said.Officer, session.UserName))))
            .WithSummary("Makes a link by which a person makes an account within 24 hours. It is told this once.")
            .WithDescription("areas are ward codes, left out for everywhere. officer is the number of the officer that the person is: decisions are then written down under the officer's name.");
    }

    public static IResult Linked((Answer Answer, string? Token) made) =>
        made.Token is { } token ? Results.Ok(new LinkView(token, PathOf(token))) : DutyRoutes.Said(made.Answer);

    /// <summary>Why areas cannot be an account's; null when they can.</summary>
    public static IResult? Strange(Site site, string[]? areas) => areas?.FirstOrDefault(area => !site.Areas.ContainsKey(area)) is { } strange
        ? Problems.Wrong($"{strange} is no area of the site.")
        : null;

    /// <summary>Behind the mark, so that it is in no server's log.</summary>
    public static string PathOf(string token) => $"/#/invitation/{token}";

    static IResult Gone => Results.Problem("This link works no more: it was used, or is older than 24 hours. Ask for another one.", statusCode: StatusCodes.Status410Gone);
}
