using Microsoft.AspNetCore.Http;

namespace CanhLu.Console.Accounts;

/// <summary>The session's cookie: no script reads it, no other site has it sent; with TLS it never goes without.</summary>
static class Cookie
{
    const string Plain = "canhlu";

    /// <summary>The prefix binds it to this host and to TLS (RFC 6265bis).</summary>
    const string Bound = "__Host-canhlu";

    public static string? Of(HttpRequest request) => request.Cookies[Name(request)];

    public static void Set(HttpContext context, string token) => context.Response.Cookies.Append(Name(context.Request), token, Options(context.Request));

    public static void Remove(HttpContext context) => context.Response.Cookies.Delete(Name(context.Request), Options(context.Request));

    static string Name(HttpRequest request) => request.IsHttps ? Bound : Plain;

    static CookieOptions Options(HttpRequest request) => new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = request.IsHttps, Path = "/", IsEssential = true };
}
