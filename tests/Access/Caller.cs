using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CanhLu.Console.Accounts;
using Xunit;

namespace CanhLu.Tests.Access;

/// <summary>Somebody who asks the engine: nobody, a session, or a program.</summary>
sealed record Caller(HttpClient Http, Uri Page, string? Session, string? Bearer)
{
    /// <summary>What is shown as the page's own sign; null for nothing.</summary>
    public string? Csrf { get; init; } = Session is null ? null : Secrets.Csrf(Session);

    public string? Origin { get; init; }

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public async Task<int> Status(string method, string path, object? body = null)
    {
        using var answer = await Ask(method, path, body);
        return (int)answer.StatusCode;
    }

    public async Task<(int Status, JsonElement Body)> Say(string method, string path, object? body = null)
    {
        using var answer = await Ask(method, path, body);
        var text = await answer.Content.ReadAsStringAsync(Token);
        return ((int)answer.StatusCode, text.Length == 0 ? default : JsonElement.Parse(text));
    }

    public async Task<HttpResponseMessage> Ask(string method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Page, path));
        if (Session is not null)
            request.Headers.Add("Cookie", $"canhlu={Session}");
        if (Bearer is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Bearer);
        if (Csrf is not null)
            request.Headers.Add("X-CSRF-Token", Csrf);
        if (Origin is not null)
            request.Headers.Add("Origin", Origin);
        request.Content = body switch
        {
            null => null,
            string text => new StringContent(text, Encoding.UTF8, "application/json"),
            HttpContent content => content,
            _ => JsonContent.Create(body),
        };
        return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
    }
}
