using System.Globalization;
using System.Text;
using System.Text.Json;
using CanhLu.Console.Accounts;
using CanhLu.Database;
using CanhLu.Tests.Console;
using CanhLu.Tests.Support;
using Dapper;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Access;

/// <summary>What stands before every route, asked from outside.</summary>
public sealed class EntranceTests(GuardedEngine engine) : IClassFixture<GuardedEngine>
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_route_has_its_rule_and_every_rule_its_route()
    {
        var mapped = ((IEndpointRouteBuilder)engine.App).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is { HttpMethods.Count: > 0 } only
                ? only.HttpMethods.Select(method => $"{method} {endpoint.RoutePattern.RawText}")
                : [$"{RouteTable.AnyMethod} {endpoint.RoutePattern.RawText}"])
            .ToHashSet();
        Assert.Empty(mapped.Except(RouteTable.Rules.Keys));
        Assert.Empty(RouteTable.Rules.Keys.Except(mapped));
    }

    [Fact]
    public async Task Each_role_may_use_its_routes_and_no_others()
    {
        var callers = Enum.GetValues<Role>().ToDictionary(role => role, engine.As);
        foreach (var (route, rule) in RouteTable.Rules.Where(one => one.Value.Role is not null))
        {
            var (method, path) = Concrete(route);
            object? body = method == "GET" ? null : "{}";
            Assert.True(await engine.Nobody().Status(method, path, body) == 401, route);
            foreach (var (role, known) in callers)
            {
                // Who signs out has another session for it.
                var caller = route == "DELETE /api/session" ? engine.As(role) : known;
                var status = await caller.Status(method, path, body);
                Assert.True(role < rule.Role ? status == 403 : status is not (401 or 403 or >= 500), $"{route} as {role}: {status}");
            }
        }
    }

    [Fact]
    public async Task What_is_public_asks_nobody_who_they_are()
    {
        foreach (var path in new[] { "healthz", "readyz", "metrics", "cap/feed.atom", "openapi/v1.json", "", "api/session" })
            Assert.True(await engine.Nobody().Status("GET", path) == 200, path);
        Assert.Equal(404, await engine.Nobody().Status("POST", "callbacks/esms/wrong"));
    }

    [Fact]
    public async Task No_get_changes_anything()
    {
        var caller = engine.As(Role.Administrator);
        var before = Rows();
        foreach (var route in RouteTable.Rules.Keys.Where(one => one.StartsWith("GET ", StringComparison.Ordinal) || one.StartsWith("* ", StringComparison.Ordinal)))
            await caller.Status("GET", Concrete(route).Path);
        Assert.Equal(before, Rows());
    }

    [Fact]
    public async Task A_change_that_the_page_did_not_send_is_refused()
    {
        var lan = engine.As(Role.Officer);
        const string path = "api/alarms/999999/acknowledge";
        var body = new { who = GuardedEngine.NameOf(Role.Officer) };
        Assert.Equal(404, await lan.Status("POST", path, body));
        Assert.Equal(404, await (lan with { Origin = engine.Page.GetLeftPart(UriPartial.Authority) }).Status("POST", path, body));
        Assert.Equal(403, await (lan with { Csrf = null }).Status("POST", path, body));
        Assert.Equal(403, await (lan with { Csrf = engine.As(Role.Officer).Csrf }).Status("POST", path, body));
        Assert.Equal(403, await (lan with { Origin = "https://elsewhere.example" }).Status("POST", path, body));
        Assert.Equal(403, await (lan with { Origin = "null" }).Status("POST", path, body));
        Assert.Equal(403, await (engine.Nobody() with { Origin = "https://elsewhere.example" }).Status("POST", "api/session", new { name = "a", password = "b" }));
        // A program shows its token itself: no browser sends that for another site. Without a name it is told so, and not refused.
        Assert.Equal(400, await engine.Program(Role.Technician).Status("POST", "api/maintenance/999999/end", new { who = "" }));
    }

    [Fact]
    public async Task A_decision_is_the_sessions_own_however_the_name_is_hidden()
    {
        var lan = engine.As(Role.Commander);
        const string path = "api/alarms/999999/acknowledge";
        var own = GuardedEngine.NameOf(Role.Commander);
        Assert.Equal(404, await lan.Status("POST", path, new { who = own }));
        foreach (var body in new[]
        {
            """{"who":"Người Officer"}""", """{"WHO":"Người Officer"}""", """{"\u0077ho":"Người Officer"}""",
        })
            Assert.True(await lan.Status("POST", path, body) == 403, body);
        Assert.Equal(400, await lan.Status("POST", path, $$"""{"who":"{{own}}","Who":"Người Officer"}"""));
        Assert.Equal(400, await lan.Status("POST", path, """{"who":"""));
        Assert.Equal(400, await lan.Status("POST", path, "[]"));
        Assert.Equal(415, await lan.Status("POST", path, new StringContent("""{"who":"Người Officer"}""", Encoding.Unicode, "application/json")));
        Assert.Equal(415, await lan.Status("POST", path, new StringContent("who=x", Encoding.UTF8, "application/x-www-form-urlencoded")));
        Assert.Equal(413, await lan.Status("POST", path, $$"""{"who":"{{new string('x', 70_000)}}"}"""));
        Assert.Equal(403, await lan.Status("DELETE", "api/shifts/999999?who=" + Uri.EscapeDataString("Người Officer")));
        Assert.Equal(403, await lan.Status("DELETE", $"api/shifts/999999?who={Uri.EscapeDataString(own)}&Who=x"));
        Assert.Equal(404, await lan.Status("DELETE", "api/shifts/999999?who=" + Uri.EscapeDataString(own)));
    }

    [Fact]
    public async Task An_officer_of_one_ward_sees_its_people_and_decides_for_it_alone()
    {
        var (own, all) = (engine.As("Một phường"), engine.As(Role.Officer));
        var people = (await own.Say("GET", "api/roster?count=2")).Body.EnumerateArray().Select(one => one.GetProperty("ward_code").GetString()).ToArray();
        Assert.Equal([GuardedEngine.Ward], people);
        Assert.Equal(4, (await all.Say("GET", "api/roster")).Body.GetArrayLength());

        object Words(params string[] areas) => new { who = "Một phường", station = "tam-ky", level = "I", text = new { vi = "Nước lên." }, areas };
        Assert.Equal(403, await own.Status("POST", "api/announcements", Words(GuardedEngine.Ward, "20341")));
        Assert.Equal(403, await own.Status("POST", "api/announcements", new { who = "Một phường", station = "tam-ky", text = new { vi = "Nước lên." } }));
        var (status, told) = await own.Say("POST", "api/announcements", Words(GuardedEngine.Ward));
        Assert.Equal(200, status);
        var other = engine.As("Một phường khác");
        var bulletin = told.GetProperty("bulletin").GetInt64();
        Assert.Equal(403, await other.Status("POST", $"api/broadcasts/{bulletin}/stop", new { who = "Một phường khác", reason = "x" }));
        Assert.Equal(200, await own.Status("POST", $"api/broadcasts/{bulletin}/stop", new { who = "Một phường", reason = "nhầm" }));
        Assert.Equal(403, await own.Status("POST", "api/roster/opt-out", new { phone = "0901000001", who = "Một phường" }));
        Assert.Equal(200, await own.Status("POST", "api/roster/opt-out", new { phone = "0901000007", who = "Một phường" }));
        Assert.Equal(200, await own.Status("POST", "api/roster/opt-in", new { phone = "0901000007", who = "Một phường" }));
        Assert.Equal(403, await own.Status("POST", "api/releases", new { who = "Một phường" }));

        var officer = GuardedEngine.NameOf(Role.Officer);
        Assert.Equal(200, await all.Status("POST", "api/releases", new
        {
            source = "phu-ninh",
            q_min = 100,
            q_max = 400,
            starts_at = (RunningEngine.Now + Duration.FromHours(3)).ToString(),
            document = "12/TB",
            who = officer,
        }));
        long proposal = 0;
        await Eventually.True(
            () =>
            {
                var found = all.Say("GET", "api/proposals?waiting=true").GetAwaiter().GetResult().Body.EnumerateArray().FirstOrDefault(one => one.GetProperty("rule").GetString() == "ho-phu-ninh-xa");
                proposal = found.ValueKind == JsonValueKind.Object ? found.GetProperty("id").GetInt64() : 0;
                return proposal > 0;
            },
            "somebody is asked about the release");
        foreach (var deed in new[] { "approve", "decline", "edit" })
            Assert.True(await own.Status("POST", $"api/proposals/{proposal}/{deed}", new { who = "Một phường", reason = "x" }) == 403, deed);
        // What the site wants a supervisor for is a commander's, where no supervisor is entered.
        engine.App.Services.GetRequiredService<Operations>().Write(connection => connection.Execute("UPDATE proposals SET decider = 'supervisor' WHERE id = @proposal", new { proposal }));
        Assert.Equal(403, await all.Status("POST", $"api/proposals/{proposal}/approve", new { who = officer }));
        Assert.Equal(200, await all.Status("POST", $"api/proposals/{proposal}/decline", new { who = officer, reason = "tập" }));
        var noted = (await all.Say("GET", $"api/audit?subject=proposal/{proposal}")).Body.EnumerateArray().First();
        Assert.Equal((officer, "declined", "waiting", "declined"), (
            noted.GetProperty("who").GetString(), noted.GetProperty("action").GetString(), noted.GetProperty("before").GetProperty("state").GetString(),
            noted.GetProperty("after").GetProperty("state").GetString()));
    }

    [Fact]
    public async Task A_number_is_masked_until_one_who_decides_says_why_and_the_look_stands_in_the_audit()
    {
        var officer = engine.As(Role.Officer);
        var (_, roster) = await officer.Say("GET", "api/roster");
        Assert.DoesNotContain("0100000", roster.ToString(), StringComparison.Ordinal);
        var id = roster.EnumerateArray().First(one => one.GetProperty("ward_code").GetString() == "20341").GetProperty("id").GetInt64();
        var path = $"api/roster/{id}/number";
        Assert.Equal(403, await engine.As(Role.Technician).Status("POST", path, new { reason = "gọi lại" }));
        Assert.Equal(403, await engine.Program(Role.Technician).Status("POST", path, new { reason = "gọi lại" }));
        Assert.Equal(400, await officer.Status("POST", path, new { reason = " " }));
        Assert.Equal(404, await engine.As("Một phường").Status("POST", path, new { reason = "gọi lại" }));
        Assert.Empty((await officer.Say("GET", $"api/audit?subject=recipient/{id}")).Body.EnumerateArray());
        var (status, shown) = await officer.Say("POST", path, new { reason = "gọi lại" });
        Assert.Equal((200, "+84901000001"), (status, shown.GetProperty("phone").GetString()));
        var noted = Assert.Single((await officer.Say("GET", $"api/audit?subject=recipient/{id}")).Body.EnumerateArray());
        Assert.Equal((GuardedEngine.NameOf(Role.Officer), "looked at number", "gọi lại", "+84••••••001"), (
            noted.GetProperty("who").GetString(), noted.GetProperty("action").GetString(), noted.GetProperty("after").GetProperty("reason").GetString(),
            noted.GetProperty("after").GetProperty("number").GetString()));
    }

    [Fact]
    public async Task Who_decides_and_has_no_second_factor_sets_it_up_before_anything_else()
    {
        var lan = engine.As(GuardedEngine.NameOf(Role.Officer), secondFactor: false);
        Assert.Equal(403, await lan.Status("GET", "api/alarms"));
        Assert.True((await lan.Say("GET", "api/session")).Body.GetProperty("must_enrol").GetBoolean());
        Assert.Equal(200, await engine.As(GuardedEngine.NameOf(Role.Viewer), secondFactor: false).Status("GET", "api/alarms"));

        var (_, begun) = await lan.Say("POST", "api/session/second-factor/begin");
        Assert.StartsWith("otpauth://totp/Canh%20L%C5%A9%20", begun.GetProperty("address").GetString(), StringComparison.Ordinal);
        Assert.True(begun.GetProperty("qr").GetProperty("size").GetInt32() > 20);
        Assert.Equal(400, await lan.Status("POST", "api/session/second-factor", new { value = "12" }));
        var writings = engine.App.Services.GetRequiredService<Writings>();
        var key = engine.App.Services.GetRequiredService<UserList>().All().First(user => user.Name == GuardedEngine.NameOf(Role.Officer)).TotpKey;
        Assert.Equal(Totp.Base32(key), begun.GetProperty("secret").GetString());
        using var confirmed = await lan.Ask("POST", "api/session/second-factor", new { value = Totp.Code(key, Totp.StepAt(writings.Now)) });
        Assert.Equal(200, (int)confirmed.StatusCode);
        var cookie = confirmed.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        var renewed = engine.Nobody() with { Session = cookie["canhlu=".Length..cookie.IndexOf(';', StringComparison.Ordinal)] };
        Assert.Equal(200, await renewed.Status("GET", "api/alarms"));
        Assert.Equal(401, await lan.Status("GET", "api/alarms"));
    }

    [Fact]
    public async Task A_session_that_is_ended_is_out_at_once_and_its_open_stream_with_the_next_picture()
    {
        var lan = engine.As(Role.Viewer);
        using var stream = await lan.Ask("GET", "api/live");
        await using var pictures = await stream.Content.ReadAsStreamAsync(Token);
        Assert.True(await pictures.ReadAsync(new byte[16], Token) > 0);
        var mine = (await lan.Say("GET", "api/sessions")).Body.EnumerateArray().ToArray();
        Assert.All(mine, one => Assert.Equal(GuardedEngine.NameOf(Role.Viewer), one.GetProperty("name").GetString()));
        var id = mine.Single(one => one.GetProperty("is_this").GetBoolean()).GetProperty("id").GetInt64();
        Assert.Equal(404, await engine.As(Role.Officer).Status("POST", $"api/sessions/{id}/end"));
        Assert.Equal(204, await engine.As(Role.Administrator).Status("POST", $"api/sessions/{id}/end"));
        Assert.Equal(401, await lan.Status("GET", "api/alarms"));
        await engine.Stages("tn-gauge-1", (Duration.Zero, 0.61m));
        // Until its end; the engine closes it.
        await pictures.CopyToAsync(Stream.Null, Token);
        foreach (var forged in new[] { "", "x", new string('A', 43) })
            Assert.Equal(401, await (lan with { Session = forged }).Status("GET", "api/alarms"));
    }

    [Fact]
    public async Task Answers_say_what_a_browser_may_not_do_with_them()
    {
        using var page = await engine.Nobody().Ask("GET", "");
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        using var api = await engine.As(Role.Viewer).Ask("GET", "api/alarms");
        using var feed = await engine.Nobody().Ask("GET", "cap/feed.atom");
        foreach (var answer in new[] { page, api, feed })
        {
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Contains("frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        }
        Assert.Equal("no-store", api.Headers.CacheControl?.ToString());
        using var refused = await engine.Nobody().Ask("GET", "api/alarms");
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_programs_token_looks_does_not_decide_and_ends()
    {
        var admin = engine.As(Role.Administrator);
        Assert.Equal(400, await admin.Status("POST", "api/tokens", new { name = "grafana", role = "officer" }));
        var (status, made) = await admin.Say("POST", "api/tokens", new { name = "grafana", days = 30 });
        Assert.Equal(200, status);
        var program = engine.Nobody() with { Bearer = made.GetProperty("token").GetString() };
        Assert.Equal(200, await program.Status("GET", "api/stations"));
        Assert.Equal(403, await program.Status("GET", "api/audit"));
        using var stream = await program.Ask("GET", "api/live");
        await using var pictures = await stream.Content.ReadAsStreamAsync(Token);
        Assert.True(await pictures.ReadAsync(new byte[16], Token) > 0);
        Assert.Equal(403, await program.Status("POST", "api/maintenance", new { who = "grafana" }));
        Assert.Equal(200, await admin.Status("POST", $"api/tokens/{made.GetProperty("id").GetInt64()}/end"));
        Assert.Equal(401, await program.Status("GET", "api/stations"));
        await engine.Stages("tn-gauge-1", (Duration.Zero, 0.62m));
        await pictures.CopyToAsync(Stream.Null, Token);
    }

    [Fact]
    public async Task An_administrator_invites_and_the_link_makes_the_account_once()
    {
        var admin = engine.As(Role.Administrator);
        Assert.Equal(400, await admin.Status("POST", "api/invitations", new { name = "Hoa", role = "technician", areas = new[] { "00000" } }));
        var (status, link) = await admin.Say("POST", "api/invitations", new { name = "Hoa", role = "technician", areas = new[] { "20341" } });
        Assert.Equal(200, status);
        var token = link.GetProperty("token").GetString();
        Assert.Equal("Hoa", (await engine.Nobody().Say("POST", "api/invitations/look", new { token })).Body.GetProperty("name").GetString());
        var (accepted, session) = await engine.Nobody().Say("POST", "api/invitations/accept", new { token, password = "mưa to gió lớn đầy trời" });
        Assert.Equal((200, "Technician", false), (accepted, session.GetProperty("role").GetString(), session.GetProperty("must_enrol").GetBoolean()));
        Assert.Equal(410, await engine.Nobody().Status("POST", "api/invitations/accept", new { token, password = "mưa to gió lớn đầy trời" }));
        Assert.Equal(200, await engine.Nobody().Status("POST", "api/session", new { name = "Hoa", password = "mưa to gió lớn đầy trời" }));
        Assert.Equal(401, await engine.Nobody().Status("POST", "api/session", new { name = "Hoa", password = "mưa to gió lớn đầy sông" }));
        var hoa = (await admin.Say("GET", "api/users")).Body.EnumerateArray().Single(one => one.GetProperty("name").GetString() == "Hoa");
        Assert.Equal(200, await admin.Status("POST", $"api/users/{hoa.GetProperty("id").GetInt64()}/end"));
        Assert.Equal(401, await engine.Nobody().Status("POST", "api/session", new { name = "Hoa", password = "mưa to gió lớn đầy trời" }));
    }

    static (string Method, string Path) Concrete(string route)
    {
        var parts = route.Split(' ');
        var path = parts[1].Replace("{id:long}", "999999", StringComparison.Ordinal).Replace("{id}", "tam-ky", StringComparison.Ordinal)
            .Replace("{item:int}", "1", StringComparison.Ordinal).Replace("{code}", "000000", StringComparison.Ordinal).Replace("{**path}", "", StringComparison.Ordinal)
            .Replace("{carrier}", "none", StringComparison.Ordinal).Replace("{secret}", "none", StringComparison.Ordinal);
        return (parts[0], path.TrimStart('/'));
    }

    /// <summary>How many rows each table has, and when each session began: what a look may not change.</summary>
    string Rows() => engine.App.Services.GetRequiredService<Operations>().Read(connection => JsonSerializer.Serialize(
        connection.Query<string>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            .Select(table => string.Create(CultureInfo.InvariantCulture, $"{table} {connection.ExecuteScalar<long>($"SELECT count(*) FROM {table}")}"))
            .Append(connection.ExecuteScalar<string>("SELECT group_concat(action) FROM audit"))));
}
