using CanhLu.Console.Api;
using CanhLu.Console.SensorThings;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace CanhLu.Console.Accounts;

/// <summary>Stands before every route: who asks, whether they may, and whether they say it themselves.</summary>
sealed class Entrance(RequestDelegate next, AccountMode mode, Sessions sessions, ApiTokens tokens, Territory territory, IOptions<SensorThingsOptions> things)
{
    /// <summary>The header in which a page shows <see cref="Secrets.Csrf"/>.</summary>
    public const string CsrfHeader = "X-CSRF-Token";

    const string Bearer = "Bearer ";

    /// <summary>Lets a request through, or answers it.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        Harden(context);
        if (context.GetEndpoint() is RouteEndpoint endpoint && await Refusal(context, RouteTable.Of(context.Request.Method, endpoint)) is { } refusal)
            await refusal.ExecuteAsync(context);
        else
            await next(context);
    }

    async Task<IResult?> Refusal(HttpContext context, RouteRule rule)
    {
        var changes = !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method);
        if (rule.Role is not { } least || (rule.MayBePublic && things.Value.Public))
            return changes && rule.Pace == Pace.SignIn ? Foreign(context.Request) : null;
        if (mode.IsOpen)
        {
            context.Features.Set(Visitor.Anybody);
            return !Origin.IsHere(context)
                ? Forbidden("The accounts are off, so the engine answers its own machine only, by its own name and not through a proxy. Make the first account by the link that the engine "
                    + "printed when it started (or: canhlu user invite), or set Accounts:Mode to required.")
                : changes ? Foreign(context.Request) : null;
        }
        var (visitor, refused) = Known(context, rule, least, changes);
        if (visitor is null)
            return refused;
        context.Features.Set(visitor);
        if (!changes)
            return null;
        var (body, wrong) = await SaidBody.Read(context);
        return wrong
            ?? Named(visitor, [body!.Text("who"), .. context.Request.Query["who"]])
            ?? (territory.WhyNot(visitor, rule.Reach, context.Request, body) is { } why ? Forbidden(why) : null);
    }

    (Visitor? Visitor, IResult? Refused) Known(HttpContext context, RouteRule rule, Role least, bool changes)
    {
        var request = context.Request;
        Visitor visitor;
        if (request.Headers.Authorization.Count > 0)
        {
            if (Shown(request) is not { } shown || tokens.Of(shown) is not { } token)
                return (null, Unknown(context, "The token is none, or has ended."));
            visitor = new Visitor(token.Name, token.Role, User.Codes(token.AreaCodes));
        }
        else
        {
            if (Cookie.Of(request) is not { } cookie || sessions.Look(cookie) is not var (session, user))
                return (null, Unknown(context, "Sign in: POST /api/session. A program shows its token: Authorization: Bearer …"));
            // What a session does is meant by its page, and by no other that the person has open.
            if (changes && (Foreign(request) ?? (Secrets.Same(request.Headers[CsrfHeader].ToString(), Secrets.Csrf(cookie)) ? null
                : Forbidden($"{CsrfHeader} is missing or wrong: GET /api/session tells it."))) is { } foreign)
                return (null, foreign);
            if (user.Decides && !session.SecondFactor && !rule.BeforeSecondFactor)
                return (null, Forbidden("Whoever decides has a second factor: set it up first (POST /api/session/second-factor/begin)."));
            visitor = new Visitor(user.DecidesAs, user.Role, user.Areas) { Session = session };
        }
        return visitor.Role < least ? (null, Forbidden($"This is for: {UserBook.Word(least)}. Your account is: {UserBook.Word(visitor.Role)}.")) : (visitor, null);
    }

    /// <summary>The token that a program shows.</summary>
    public static string? Shown(HttpRequest request) =>
        request.Headers.Authorization.ToString() is var shown && shown.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? shown[Bearer.Length..].Trim() : null;

    /// <summary>What is done is done under one's own name.</summary>
    static IResult? Named(Visitor visitor, IEnumerable<string?> names) =>
        names.FirstOrDefault(name => !string.IsNullOrWhiteSpace(name) && name.Trim() != visitor.Name) is { } other
            ? Forbidden($"who is {other}, and you are {visitor.Name}: everybody decides under their own name.")
            : null;

    static IResult? Foreign(HttpRequest request) => Origin.IsForeign(request)
        ? Forbidden($"The request comes from another site than {request.Scheme}://{request.Host}. When a proxy stands before the engine, name it in Accounts:Proxies.")
        : null;

    static IResult Unknown(HttpContext context, string detail)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Results.Problem(detail, statusCode: StatusCodes.Status401Unauthorized);
    }

    static IResult Forbidden(string detail) => Problems.Forbidden(detail);

    static void Harden(HttpContext context)
    {
        var headers = context.Response.Headers;
        // The page says what it needs; nothing else that the engine answers is a page.
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        if (context.Request.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000";
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
            headers.CacheControl = "no-store";
    }
}
