using System.Collections.Immutable;
using CanhLu.Console.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace CanhLu.Console.Accounts;

/// <summary>Who has an account, for administrators.</summary>
static class UserRoutes
{
    sealed record UserView(
        long Id, string Name, Role Role, ImmutableArray<string> Areas, long? Officer, string DecidesAs, bool HasSecondFactor, bool IsLocked, Instant MadeAt, string MadeBy);

    sealed record Change(Role? Role, string[]? Areas, long? Officer);

    public static void MapUsers(this IEndpointRouteBuilder api)
    {
        api.MapGet("/users", (UserList users, TimeProvider time) =>
            {
                var now = Instant.FromDateTimeOffset(time.GetUtcNow());
                return users.All().Select(user => new UserView(
                    user.Id, user.Name, user.Role, user.Areas, user.Officer, user.DecidesAs, user.HasSecondFactor, user.LockedUntilAt > now, user.MadeAt, user.MadeBy)).ToImmutableArray();
            })
            .WithSummary("Everybody who has an account.");

        api.MapPost("/users/{id:long}", (long id, Change said, HttpContext context, UserList users, Func<Site> site) => SessionRoutes.OfPerson(context, session =>
                said.Role is not { } role || !Enum.IsDefined(role) ? Problems.Wrong($"role is one of {string.Join(", ", Enum.GetNames<Role>())}.")
                : InvitationRoutes.Strange(site(), said.Areas) ?? DutyRoutes.Said(users.Change(id, role, [.. said.Areas ?? []], said.Officer, session.UserName))))
            .WithSummary("Changes what a user may do: role, areas (left out: everywhere), officer. Another role ends the user's sessions.");

        api.MapPost("/users/{id:long}/end", (long id, HttpContext context, UserList users) =>
                SessionRoutes.OfPerson(context, session => DutyRoutes.Said(users.End(id, session.UserName))))
            .WithSummary("Ends an account and its sessions.");

        api.MapPost("/users/{id:long}/reset", (long id, HttpContext context, UserList users) =>
                SessionRoutes.OfPerson(context, session => InvitationRoutes.Linked(users.Reset(id, session.UserName))))
            .WithSummary("Makes a link by which a user sets a new password and, who decides, a new second factor. It is told this once.");
    }
}
