using System.Text.Json;
using CanhLu.Console.Accounts;
using CanhLu.Database;
using CanhLu.Tests.Access;
using CanhLu.Tests.Support;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Console;

/// <summary>What became of bulletins, asked from outside.</summary>
public sealed class OutcomeApiTests(GuardedEngine engine) : IClassFixture<GuardedEngine>
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    readonly Caller _officer = engine.As(Role.Officer);

    [Fact]
    public async Task A_broadcast_is_told_ward_by_ward_and_whom_it_missed_is_listed_for_the_loudspeakers()
    {
        var bulletin = await Announce("Nước lên nhanh, chú ý.");
        await Settled(bulletin, 4);
        engine.App.Services.GetRequiredService<Operations>().Write(connection => connection.Execute(
            """
            UPDATE deliveries SET state = 'failed', accepted_at = NULL, delivered_at = NULL, last_code = '99', last_answer = 'the number is blocked'
            WHERE bulletin_id = @bulletin AND recipient_id IN (SELECT id FROM recipients WHERE name IN ('Dũng', 'An'))
            """, new { bulletin }));
        engine.App.Services.GetRequiredService<Operations>().Write(connection =>
            connection.Execute("UPDATE recipients SET name = '=Dũng', hamlet = 'Thôn 3, xóm Đình' WHERE name = 'Dũng'"));

        var wards = await List(_officer, $"api/broadcasts/{bulletin}/wards");
        Assert.Equal(["20335", "20341", "20356"], wards.Select(one => one.GetProperty("ward_code").GetString()));
        Assert.Equal([(1, 1), (2, 1), (1, 0)], wards.Select(one => (one.GetProperty("people").GetInt32(), one.GetProperty("told").GetInt32())));
        Assert.Equal("Phường Tam Kỳ", wards[1].GetProperty("ward").GetString());

        var failure = Assert.Single(await List(_officer, $"api/broadcasts/{bulletin}/failures"));
        Assert.Equal(("esms", "99", 2), (failure.GetProperty("carrier").GetString(), failure.GetProperty("code").GetString(), failure.GetProperty("deliveries").GetInt32()));

        var missed = await List(_officer, $"api/broadcasts/{bulletin}/missed");
        Assert.Equal(["An", "=Dũng"], missed.Select(one => one.GetProperty("name").GetString()));
        Assert.Equal(("+84••••••007", "Phường Quảng Phú", "Thôn 3, xóm Đình", "Failed"),
            (missed[1].GetProperty("phone").GetString(), missed[1].GetProperty("ward").GetString(), missed[1].GetProperty("hamlet").GetString(), missed[1].GetProperty("state").GetString()));

        using var csv = await _officer.Ask("GET", $"api/broadcasts/{bulletin}/missed.csv");
        Assert.Equal("text/csv", csv.Content.Headers.ContentType?.MediaType);
        Assert.Equal($"canhlu-{bulletin}-chua-toi.csv", csv.Content.Headers.ContentDisposition?.FileName);
        var lines = (await csv.Content.ReadAsStringAsync(Token)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Equal("20356,Phường Quảng Phú,\"Thôn 3, xóm Đình\",'=Dũng,+84••••••007,esms,không gửi được,99,the number is blocked", lines[2]);

        var own = engine.As("Một phường");
        Assert.Equal([GuardedEngine.Ward], (await List(own, $"api/broadcasts/{bulletin}/wards")).Select(one => one.GetProperty("ward_code").GetString()));
        Assert.Equal(["=Dũng"], (await List(own, $"api/broadcasts/{bulletin}/missed")).Select(one => one.GetProperty("name").GetString()));
        Assert.Equal(1, Assert.Single(await List(own, $"api/broadcasts/{bulletin}/failures")).GetProperty("deliveries").GetInt32());
        Assert.Equal(2, (await (await own.Ask("GET", $"api/broadcasts/{bulletin}/missed.csv")).Content.ReadAsStringAsync(Token)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(404, await _officer.Status("GET", "api/broadcasts/999999/missed.csv"));
    }

    [Fact]
    public async Task What_one_person_was_told_is_found_by_name_with_or_without_marks()
    {
        var bulletin = await Announce("Nước đang rút.");
        await Settled(bulletin, 4);
        var found = await List(_officer, $"api/deliveries?name=binh&bulletin={bulletin}");
        Assert.Equal("Bình", Assert.Single(found).GetProperty("name").GetString());
        var person = found[0].GetProperty("recipient").GetInt64();
        var told = await List(_officer, $"api/deliveries?recipient={person}");
        Assert.All(told, one => Assert.Equal(person, one.GetProperty("recipient").GetInt64()));
        Assert.Contains(told, one => one.GetProperty("bulletin").GetInt64() == bulletin);
        Assert.Empty(await List(_officer, "api/deliveries?name=binh&ward=20356"));
        Assert.Empty(await List(_officer, "api/deliveries?name=nobody"));
        Assert.Equal(["20335"], (await List(_officer, $"api/deliveries?ward=20335&bulletin={bulletin}")).Select(one => one.GetProperty("ward_code").GetString()));
        Assert.Empty(await List(engine.As("Một phường"), $"api/deliveries?recipient={person}"));
    }

    [Fact]
    public async Task A_proposal_shows_every_text_and_every_word_and_then_what_it_became()
    {
        var minute = Duration.FromMinutes(1);
        // 36 cm in an hour, below báo động I: the rate rule asks.
        await engine.Stages("tk-gauge-1", [.. Enumerable.Range(0, 7).Select(i => (minute * (60 - i * 10), 1.25m + 0.06m * i))]);
        JsonElement proposal = default;
        await Eventually.True(
            () => (proposal = List(_officer, "api/proposals?waiting=true").GetAwaiter().GetResult().FirstOrDefault()).ValueKind == JsonValueKind.Object, "the rate rule asks");
        var id = proposal.GetProperty("id").GetInt64();
        var texts = proposal.GetProperty("texts").EnumerateArray().ToArray();
        Assert.Contains(texts, one => (one.GetProperty("carrier").GetString(), one.GetProperty("language").GetString(), one.GetProperty("coding").GetString()) == ("esms", "vi", "GSM-7"));
        Assert.Contains(texts, one => one.GetProperty("language").GetString() == "en" && one.GetProperty("segments").ValueKind == JsonValueKind.Number);
        Assert.Equal("Tam Kỳ", proposal.GetProperty("known").GetProperty("station").GetString());
        Assert.Contains(proposal.GetProperty("grade").GetString(), new[] { "A", "B", "C" });
        var who = GuardedEngine.NameOf(Role.Officer);
        Assert.Equal(200, await _officer.Status("POST", $"api/proposals/{id}/edit", new { who, slots = new { rate = "chừng 36 cm/giờ" }, areas = new[] { "20341" } }));
        var edited = (await List(_officer, "api/proposals?waiting=true")).Single(one => one.GetProperty("id").GetInt64() == id);
        Assert.Equal("chừng 36 cm/giờ", edited.GetProperty("slots").GetProperty("rate").GetString());
        Assert.Equal("36 cm/giờ", edited.GetProperty("known").GetProperty("rate").GetString());
        var (status, decided) = await _officer.Say("POST", $"api/proposals/{id}/approve", new { who });
        Assert.Equal(200, status);
        var became = (await List(_officer, $"api/proposals?count=1&before={id + 1}")).Single();
        Assert.Equal(("Approved", decided.GetProperty("bulletin").GetInt64()), (became.GetProperty("state").GetString(), became.GetProperty("bulletin").GetInt64()));
        var broadcast = (await List(_officer, $"api/broadcasts?count=1&before={became.GetProperty("bulletin").GetInt64() + 1}")).Single();
        Assert.Equal(["20341"], broadcast.GetProperty("areas").EnumerateArray().Select(one => one.GetString()));
    }

    [Fact]
    public async Task Areas_are_named_with_their_people_and_the_stations_that_tell_them()
    {
        var areas = await List(_officer, "api/roster/areas");
        Assert.Equal(["20335", "20341", "20350", "20356"], areas.Select(one => one.GetProperty("ward_code").GetString()));
        Assert.Equal([1, 2, 0, 1], areas.Select(one => one.GetProperty("recipients").GetInt32()));
        Assert.Equal("Phường Quảng Phú", areas[3].GetProperty("name").GetString());
        Assert.Equal(["tam-ky", "an-ha"], areas[3].GetProperty("stations").EnumerateArray().Select(one => one.GetString()));
    }

    async Task<long> Announce(string text)
    {
        var (status, told) = await _officer.Say("POST", "api/announcements", new { who = GuardedEngine.NameOf(Role.Officer), station = "tam-ky", level = "I", text = new { vi = text } });
        Assert.Equal(200, status);
        return told.GetProperty("bulletin").GetInt64();
    }

    Task Settled(long bulletin, int deliveries) => Eventually.True(
        () => List(_officer, $"api/deliveries?bulletin={bulletin}&state=delivered").GetAwaiter().GetResult().Length == deliveries, "everybody has it");

    static async Task<JsonElement[]> List(Caller caller, string path) => [.. (await caller.Say("GET", path)).Body.EnumerateArray()];
}
