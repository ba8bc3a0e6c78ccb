using System.Net.Http.Headers;
using CanhLu.Console.Accounts;
using CanhLu.Database;
using NodaTime;

namespace CanhLu.Host.Commands;

/// <summary>Asks the engine that works in a folder. Whoever may read the folder may do what the command needs, also where visitors sign in: a token is made for this one command.</summary>
static class EngineClient
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static HttpClient Open(string folder, IClock clock, TimeProvider time, Role role = Role.Viewer)
    {
        var http = new HttpClient { Timeout = Patience };
        using var operations = Operations.Open(Path.Combine(folder, "operations.db"));
        var writings = new Writings(operations, clock, time);
        if (!new UserList(writings).IsAny())
            return http;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", new ApiTokens(writings).MakeForCommand(Environment.UserName, role));
        return http;
    }
}
