using Microsoft.AspNetCore.Http;

namespace CanhLu.Console.Accounts;

/// <summary>Whether the browser that asks may look, for the one answer that a page asks for before it knows who is signed in; to every other route the <see cref="Entrance"/> answers.</summary>
/// <param name="mode">Whether visitors sign in.</param>
/// <param name="sessions">Who is signed in.</param>
sealed class Onlookers(AccountMode mode, Sessions sessions)
{
    public bool MayLook(HttpContext context) => mode.IsOpen
        ? Origin.IsHere(context)
        : Cookie.Of(context.Request) is { } token && sessions.Look(token) is var (session, user) && (session.SecondFactor || !user.Decides);
}
