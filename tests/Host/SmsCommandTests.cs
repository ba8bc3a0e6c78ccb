using System.Text.Json;
using Xunit;

namespace CanhLu.Tests.Host;

/// <summary><c>canhlu sms</c>, the real program.</summary>
public sealed class SmsCommandTests
{
    [Fact]
    public async Task The_agreed_fields_come_first_in_their_order_and_letters_stay_letters()
    {
        var run = await ProgramRun.Of("sms", "Mực nước dưới báo động III", "--json");
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.StartsWith(
            """{"coding":"UCS-2","segments":1,"characters":26,"forced_by":["ự","ư","ớ","á","đ","ộ"],"unaccented":"Muc nuoc duoi bao dong III","unaccented_segments":1,""",
            run.Output, StringComparison.Ordinal);
        Assert.Single(run.Output.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Price_and_time_are_reckoned_from_what_is_given()
    {
        var run = await ProgramRun.Of("sms", new string('ự', 71), "--recipients", "100000", "--rate", "500", "--price", "800", "--json");
        var bench = JsonElement.Parse(run.Output);
        Assert.Equal(
            (2, 160_000_000m, 80_000_000m, 200),
            (bench.GetProperty("segments").GetInt32(), bench.GetProperty("price").GetDecimal(), bench.GetProperty("unaccented_price").GetDecimal(), bench.GetProperty("seconds").GetDouble()));
        var table = await ProgramRun.Of("sms", new string('ự', 71), "--recipients", "100000", "--rate", "500", "--price", "800");
        Assert.All((string[])["UCS-2", "160,000,000", "80,000,000", "3 min 20 s", "100,000 recipients", "What forces Unicode: ự"],
            words => Assert.Contains(words, table.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_text_may_begin_with_an_at_sign_and_come_by_standard_input()
    {
        Assert.Contains("\"characters\":12,", (await ProgramRun.Of("sms", "@tất cả: lũ!", "--json")).Output, StringComparison.Ordinal);
        var piped = await ProgramRun.Fed("sông Tam Kỳ\nbáo động II\n", "sms", "-", "--json");
        Assert.Contains("\"unaccented\":\"song Tam Ky\\nbao dong II\"", piped.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_use_is_said_so()
    {
        Assert.Equal(2, (await ProgramRun.Of("sms")).Code);
        Assert.Equal(2, (await ProgramRun.Of("sms", "a", "--rate", "0")).Code);
        Assert.Equal(2, (await ProgramRun.Of("sms", "a", "--recipients", "-1")).Code);
    }
}
