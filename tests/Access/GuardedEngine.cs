using CanhLu.Console.Accounts;
using CanhLu.Tests.Console;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CanhLu.Tests.Access;

/// <summary>The whole engine, where everybody signs in: one person of each role, and an officer of one ward.</summary>
public sealed class GuardedEngine : RunningEngine
{
    public const string Ward = "20356";

    readonly HttpClient _http = new(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false });
    readonly Dictionary<string, User> _users = [];

    protected override Dictionary<string, string?> Own => new() { ["Accounts:Mode"] = "required", ["Accounts:SignInsPerMinute"] = "100000" };

    UserList Users => App.Services.GetRequiredService<UserList>();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        foreach (var role in Enum.GetValues<Role>())
            Make(NameOf(role), role, []);
        Make("Một phường", Role.Commander, [Ward]);
        Make("Một phường khác", Role.Commander, ["20341"]);
    }

    public static string NameOf(Role role) => $"Người {role}";

    internal Caller Nobody() => new(_http, Page, null, null);

    internal Caller As(Role role) => As(NameOf(role));

    /// <summary>A session of somebody, with a code given in it.</summary>
    internal Caller As(string name, bool secondFactor = true)
    {
        var sessions = App.Services.GetRequiredService<Sessions>();
        var token = App.Services.GetRequiredService<Writings>().Write(writing => sessions.Begin(writing, _users[name], secondFactor, "127.0.0.1", "test"));
        return new Caller(_http, Page, token, null);
    }

    internal Caller Program(Role role)
    {
        var (_, token) = App.Services.GetRequiredService<ApiTokens>().Make($"bot-{Guid.NewGuid():n}", role, [], null, "test");
        return new Caller(_http, Page, null, token);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _http.Dispose();
    }

    void Make(string name, Role role, string[] areas)
    {
        var (_, link) = Users.Invite(name, role, [.. areas], null, "test");
        _users[name] = Assert.IsType<Accepted.Done>(Users.Accept(link!, null, "con thuyền nhỏ trên sông")).User;
    }
}
