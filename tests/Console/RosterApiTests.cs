using System.Text.Json;
using Xunit;

namespace CanhLu.Tests.Console;

/// <summary>The roster over HTTP: numbers masked, wishes taken.</summary>
public sealed class RosterApiTests(RunningEngine engine) : IClassFixture<RunningEngine>
{
    [Fact]
    public async Task The_roster_shows_no_number_and_turns_its_pages()
    {
        var people = (await engine.Get("api/roster?count=3")).EnumerateArray().ToArray();
        Assert.Equal(["+84••••••001", "+84••••••005", "+84••••••006"], people.Select(person => person.GetProperty("phone").GetString()));
        var rest = await engine.Get($"api/roster?after={people[2].GetProperty("id").GetInt64()}&ward=20356");
        Assert.Equal("Dũng", Assert.Single(rest.EnumerateArray()).GetProperty("name").GetString());
        Assert.Empty((await engine.Get("api/roster?ward=20350")).EnumerateArray());
        Assert.Equal(2, (await engine.Get("api/roster/areas")).EnumerateArray().First(area => area.GetProperty("ward_code").GetString() == "20341").GetProperty("recipients").GetInt32());
        Assert.DoesNotContain("90100", (await engine.Get("api/roster")).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_is_found_by_a_part_of_the_name_with_or_without_its_marks()
    {
        foreach (var part in new[] { "dung", "Dũ", "ŨNG" })
            Assert.Equal("Dũng", Assert.Single((await engine.Get($"api/roster?name={Uri.EscapeDataString(part)}")).EnumerateArray()).GetProperty("name").GetString());
        Assert.Empty((await engine.Get("api/roster?name=dung&ward=20341")).EnumerateArray());
    }

    [Fact]
    public async Task A_wish_is_taken_once_answered_masked_and_written_into_the_audit()
    {
        var no = new { phone = "0901 000 007", who = "Lan", reason = "gọi điện" };
        var (status, said) = await engine.Say("api/roster/opt-out", no);
        Assert.Equal((200, "+84••••••007", "Done"), (status, said.GetProperty("phone").GetString(), said.GetProperty("outcome").GetString()));
        Assert.Equal("AlreadySo", (await engine.Say("api/roster/opt-out", no)).Body.GetProperty("outcome").GetString());
        var person = (await engine.Get("api/roster?ward=20356")).EnumerateArray().Single();
        Assert.Equal(JsonValueKind.String, person.GetProperty("opted_out_at").ValueKind);
        var noted = Assert.Single((await engine.Get($"api/audit?subject=recipient/{person.GetProperty("id").GetInt64()}")).EnumerateArray());
        Assert.Equal(("opted_out", "Lan", "gọi điện"),
            (noted.GetProperty("action").GetString(), noted.GetProperty("who").GetString(), noted.GetProperty("after").GetProperty("how").GetString()));
        Assert.Equal(200, (await engine.Say("api/roster/opt-in", no)).Status);
        Assert.Equal(400, (await engine.Say("api/roster/opt-out", new { phone = "0235 385 1234", who = "Lan" })).Status);
        Assert.Equal(400, (await engine.Say("api/roster/opt-out", new { phone = "0901000007" })).Status);
        Assert.Equal(404, (await engine.Say("api/roster/opt-out", new { phone = "0905999999", who = "Lan" })).Status);
    }
}
