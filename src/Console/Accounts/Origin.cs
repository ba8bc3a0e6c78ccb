using System.Net;
using Microsoft.AspNetCore.Http;

namespace CanhLu.Console.Accounts;

/// <summary>Where a request comes from, as far as a browser or a proxy says it.</summary>
static class Origin
{
    static readonly string[] Forwarded = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"];

    /// <summary>Whether a page of another site had a browser send it. Programs say nothing of this.</summary>
    public static bool IsForeign(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0
            ? !origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
            : request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none");
    }

    /// <summary>Whether it was made on this machine, by this machine's name, and handed on by nobody.</summary>
    public static bool IsHere(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && (context.Request.Host.Host == "localhost" || (IPAddress.TryParse(context.Request.Host.Host.Trim('[', ']'), out var host) && IPAddress.IsLoopback(host)))
        && !Array.Exists(Forwarded, context.Request.Headers.ContainsKey);
}
