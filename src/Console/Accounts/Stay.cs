using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CanhLu.Console.Accounts;

/// <summary>Whether whoever was let in still is: an open stream outlives its request's first answer, and is no longer than its session or token.</summary>
/// <remarks>Five hundred open pages ask it twice a second while the water moves: it looks when this process has changed an account, and else every five seconds, for what other
/// processes and the clock have ended.</remarks>
/// <param name="context">The stream's request.</param>
sealed class Stay(HttpContext context)
{
    static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    readonly Writings _writings = context.RequestServices.GetRequiredService<Writings>();
    readonly TimeProvider _time = context.RequestServices.GetRequiredService<TimeProvider>();
    readonly Visitor _visitor = Visitor.Of(context);
    long _version = -1;
    long _lookedAt;

    /// <summary>Whether the stream goes on.</summary>
    public bool IsOn()
    {
        var version = _writings.Version;
        if (version == _version && _time.GetElapsedTime(_lookedAt) < LookEvery)
            return true;
        (_version, _lookedAt) = (version, _time.GetTimestamp());
        var services = context.RequestServices;
        return _visitor == Visitor.Anybody ? services.GetRequiredService<AccountMode>().IsOpen
            : _visitor.IsPerson ? Cookie.Of(context.Request) is { } cookie && services.GetRequiredService<Sessions>().Look(cookie) is not null
            : Entrance.Shown(context.Request) is { } token && services.GetRequiredService<ApiTokens>().Of(token) is not null;
    }
}
