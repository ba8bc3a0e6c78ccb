using System.Security.Claims;
using CanhLu.Console.Api;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace CanhLu.Console.Accounts;

/// <summary>The city's own sign-on: the code flow of OpenID Connect with PKCE. What it says of a person begins a session of ours, which ends as every other does.</summary>
static class SignOn
{
    const string Scheme = "city";

    /// <summary>Nothing is ever signed in under it; that there are two schemes keeps either from being asked about every request.</summary>
    const string Unused = "unused";

    public static void AddSignOn(this IServiceCollection services, SignOnOptions sign)
    {
        // A sign-on under way does not outlive the engine; a session of ours does.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddAuthentication().AddCookie(Unused).AddOpenIdConnect(Scheme, options =>
        {
            options.SignInScheme = Unused;
            options.Authority = sign.Authority!.ToString();
            options.RequireHttpsMetadata = !sign.Authority.IsLoopback;
            options.ClientId = sign.ClientId;
            options.ClientSecret = sign.ClientSecret;
            options.ResponseType = OpenIdConnectResponseType.Code;
            // By an address, so that the cookies on the way need not be sent to every site.
            options.ResponseMode = OpenIdConnectResponseMode.Query;
            options.CallbackPath = "/signed-on";
            options.MapInboundClaims = false;
            foreach (var cookie in new[] { options.CorrelationCookie, options.NonceCookie })
            {
                cookie.SameSite = SameSiteMode.Lax;
                cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            }
            options.Events.OnTicketReceived = async received =>
            {
                received.HandleResponse();
                await Answer(received.HttpContext, received.Principal!, sign);
            };
            options.Events.OnRemoteFailure = async failed =>
            {
                failed.HandleResponse();
                Log.SignOnFailed(failed.HttpContext.RequestServices.GetRequiredService<ILogger<Sessions>>(), failed.Failure?.GetType().Name ?? "unknown");
                await Problems.Forbidden("The city's sign-on did not end well: begin again.").ExecuteAsync(failed.HttpContext);
            };
        });
    }

    public static void MapSignOn(this IEndpointRouteBuilder api, bool isThere) =>
        api.MapGet("/session/sign-on", () => isThere
                ? Results.Challenge(new AuthenticationProperties { RedirectUri = "/" }, [Scheme])
                : Problems.Missing("There is no sign-on: Accounts:Oidc is not set."))
            .WithSummary("Sends the browser to the city's own sign-on (OpenID Connect), which sends it back signed in.");

    static async Task Answer(HttpContext context, ClaimsPrincipal person, SignOnOptions sign)
    {
        var roles = person.FindAll(sign.RoleClaim).Select(claim => sign.Roles.TryGetValue(claim.Value, out var role) ? role : default).DefaultIfEmpty().Max();
        var secondFactor = person.HasClaim(sign.SecondFactorClaim, sign.SecondFactorValue);
        var sessions = context.RequestServices.GetRequiredService<Sessions>();
        if (person.FindFirstValue("sub") is not { } subject || person.FindFirstValue(sign.NameClaim) is not { } name || roles == default)
        {
            await Problems.Forbidden($"The city's sign-on gives no {sign.NameClaim}, or no {sign.RoleClaim} that lets anybody in.").ExecuteAsync(context);
            return;
        }
        var (token, why) = sessions.SignOn(
            subject, name.Trim(), roles, secondFactor, context.Connection.RemoteIpAddress?.ToString() ?? "", context.Request.Headers.UserAgent.ToString());
        if (token is null)
        {
            await Problems.Forbidden(why!).ExecuteAsync(context);
            return;
        }
        Cookie.Set(context, token);
        context.Response.Redirect("/");
    }
}
