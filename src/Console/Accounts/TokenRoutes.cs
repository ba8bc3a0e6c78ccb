using System.Collections.Immutable;
using CanhLu.Console.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace CanhLu.Console.Accounts;

/// <summary>Tokens of programs, for administrators.</summary>
static class TokenRoutes
{
    const int LongestDays = 3650;

    sealed record Made(string? Name, Role? Role, string[]? Areas, int? Days);

    sealed record TokenView(long Id, string Name, Role Role, ImmutableArray<string> Areas, Instant MadeAt, string MadeBy, Instant? UntilAt);

    sealed record SecretView(long Id, string Token);

    public static void MapTokens(this IEndpointRouteBuilder api)
    {
        api.MapGet("/tokens", (ApiTokens tokens) => tokens.All()
                .Select(one => new TokenView(one.Id, one.Name, one.Role, User.Codes(one.AreaCodes), one.MadeAt, one.MadeBy, one.UntilAt)).ToImmutableArray())
            .WithSummary("The tokens of programs that are in force.");

        api.MapPost("/tokens", (Made said, HttpContext context, ApiTokens tokens, Func<Site> site) => SessionRoutes.OfPerson(context, session =>
            {
                if (said.Days is not (null or (>= 1 and <= LongestDays)))
                    return Problems.Wrong($"days goes from 1 to {LongestDays}; left out, the token is in force until it is ended.");
                if (InvitationRoutes.Strange(site(), said.Areas) is { } strange)
                    return strange;
                var validFor = said.Days is { } days ? Duration.FromDays(days) : (Duration?)null;
                var (answer, token) = tokens.Make(said.Name?.Trim() ?? "", said.Role ?? Role.Viewer, [.. said.Areas ?? []], validFor, session.UserName);
                return answer is Duty.Answer.Done { Id: { } id } && token is not null ? Results.Ok(new SecretView(id, token)) : DutyRoutes.Said(answer);
            }))
            .WithSummary("Makes a token for a program, viewer or technician, and tells it this once. The program shows it: Authorization: Bearer …");

        api.MapPost("/tokens/{id:long}/end", (long id, HttpContext context, ApiTokens tokens) =>
                SessionRoutes.OfPerson(context, session => DutyRoutes.Said(tokens.End(id, session.UserName))))
            .WithSummary("Ends a token.");
    }
}
