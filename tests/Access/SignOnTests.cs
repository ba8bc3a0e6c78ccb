using System.Net.Http.Json;
using System.Web;
using CanhLu.Console.Accounts;
using CanhLu.Host.Demo;
using CanhLu.Tests.Console;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CanhLu.Tests.Access;

/// <summary>Coming in by the city's own sign-on.</summary>
public sealed class SignOnTests
{
    sealed class City(Uri authority) : RunningEngine
    {
        protected override Dictionary<string, string?> Own => new()
        {
            ["Accounts:Mode"] = "required",
            ["Accounts:SignInsPerMinute"] = "1000",
            ["Accounts:Proxies"] = "127.0.0.1",
            ["Accounts:Oidc:Authority"] = authority.ToString(),
            ["Accounts:Oidc:ClientId"] = "canhlu",
            ["Accounts:Oidc:ClientSecret"] = PretendCity.Secret,
            ["Accounts:Oidc:Roles:truc-ban"] = "officer",
            ["Accounts:Oidc:Roles:can-bo"] = "viewer",
        };
    }

    [Fact]
    public async Task Whom_the_city_lets_in_has_the_role_that_it_says_and_whoever_decides_a_second_factor()
    {
        await using var city = await PretendCity.Start(FreePorts.Take(1)[0]);
        await using var engine = new City(city.Address);
        await engine.InitializeAsync();
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false });

        Assert.Null(await Come(new() { ["sub"] = "7", ["name"] = "Lan", ["roles"] = new[] { "khach" } }));
        Assert.Null(await Come(new() { ["sub"] = "7", ["roles"] = new[] { "can-bo" } }));
        Assert.Null(await Come(new() { ["sub"] = "7", ["name"] = "Lan", ["roles"] = new[] { "truc-ban" } }));
        Assert.Null(await Come(new() { ["sub"] = "7", ["name"] = "Lan", ["roles"] = new[] { "can-bo" } }, challenge: "other"));
        Assert.Null(await Come(new() { ["sub"] = "7", ["name"] = "Lan", ["roles"] = new[] { "can-bo" } }, nonce: "other"));
        Assert.False(engine.App.Services.GetRequiredService<UserList>().IsAny());

        var looking = await Come(new() { ["sub"] = "7", ["name"] = "Lan", ["roles"] = new[] { "can-bo" } });
        Assert.Equal(200, await looking!.Status("GET", "api/alarms"));
        Assert.Equal(403, await looking.Status("GET", "api/audit"));
        Assert.Null(await Come(new() { ["sub"] = "8", ["name"] = "lan", ["roles"] = new[] { "can-bo" } }));
        var deciding = await Come(new() { ["sub"] = "7", ["name"] = "Lan", ["roles"] = new[] { "can-bo", "truc-ban" }, ["amr"] = new[] { "pwd", "mfa" } });
        var audit = (await deciding!.Say("GET", "api/audit")).Body.EnumerateArray().Select(one => one.GetProperty("action").GetString());
        Assert.Equal(["signed in", "changed account", "signed in", "made account"], audit.Take(4));
        // There is no password, and so none that fits.
        Assert.Equal(401, await new Caller(http, engine.Page, null, null).Status("POST", "api/session", new { name = "Lan", password = "" }));
        var users = engine.App.Services.GetRequiredService<UserList>();
        users.End(users.All().Single().Id, "test");
        Assert.Equal(401, await deciding.Status("GET", "api/alarms"));
        Assert.Null(await Come(new() { ["sub"] = "7", ["name"] = "Lan", ["roles"] = new[] { "can-bo" } }));

        // With TLS, as a proxy that is believed says it, the cookie goes no other way.
        using var first = new HttpRequestMessage(HttpMethod.Post, new Uri(engine.Page, "api/invitations/accept"))
        {
            Content = JsonContent.Create(new { token = users.Invite("Minh", Role.Viewer, [], null, "test").Token, password = Town.Password }),
            Headers = { { "X-Forwarded-Proto", "https" }, { "X-Forwarded-Host", "canhlu.example" }, { "Origin", "https://canhlu.example" } },
        };
        using var bound = await http.SendAsync(first, TestContext.Current.CancellationToken);
        Assert.Equal("max-age=31536000", bound.Headers.GetValues("Strict-Transport-Security").Single());
        Assert.Matches("^__Host-canhlu=.*; secure;", bound.Headers.GetValues("Set-Cookie").Single());

        async Task<Caller?> Come(Dictionary<string, object> claims, string? challenge = null, string? nonce = null)
        {
            using var sent = await new Caller(http, engine.Page, null, null).Ask("GET", "api/session/sign-on");
            Assert.Equal(302, (int)sent.StatusCode);
            Assert.StartsWith(city.Address.ToString(), sent.Headers.Location!.ToString(), StringComparison.Ordinal);
            var asked = HttpUtility.ParseQueryString(sent.Headers.Location.Query);
            var code = city.LetIn(nonce ?? asked["nonce"]!, challenge ?? asked["code_challenge"]!, claims);
            using var back = new HttpRequestMessage(HttpMethod.Get, new Uri(engine.Page, $"signed-on?code={code}&state={Uri.EscapeDataString(asked["state"]!)}"));
            back.Headers.Add("Cookie", string.Join("; ", sent.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0])));
            using var answer = await http.SendAsync(back, TestContext.Current.CancellationToken);
            if ((int)answer.StatusCode != 302)
            {
                Assert.Equal((403, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
                return null;
            }
            Assert.Equal("/", answer.Headers.Location?.ToString());
            var cookie = answer.Headers.GetValues("Set-Cookie").Single(one => one.StartsWith("canhlu=", StringComparison.Ordinal));
            return new Caller(http, engine.Page, cookie.Split(';')[0]["canhlu=".Length..], null);
        }
    }
}
