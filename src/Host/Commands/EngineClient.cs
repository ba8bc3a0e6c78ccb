using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
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

    /// <summary>The page of an engine that listens at some addresses: the first one, with a slash at its end.</summary>
    /// <exception cref="UriFormatException">It is no address.</exception>
    public static Uri PageOf(string urls) => new(First(urls) + "/");

    /// <summary>Whether an exception says that no engine answered, or that what did is none.</summary>
    public static bool IsSilence(Exception exception, CancellationToken token) =>
        exception is HttpRequestException or JsonException or UriFormatException || (exception is TaskCanceledException && !token.IsCancellationRequested);

    /// <summary>What a person is told then.</summary>
    public static string Silence(string urls, Exception exception) =>
        $"An engine works in the data folder and holds its archive, but does not answer at {First(urls)} ({exception.Message.TrimEnd('.')}): give the address of its page with --url, or stop it first.";

    /// <summary>Why an engine said no: its own sentence where it has one.</summary>
    public static string No(string urls, HttpStatusCode status, JsonElement said) =>
        said.TryGetProperty("detail", out var detail) && detail.GetString() is { } why ? why : $"The engine at {First(urls)} answered {(int)status}.";

    static string First(string urls) => urls.Split(';')[0].TrimEnd('/');
}
