using CanhLu.Notify;
using FsCheck.Xunit;
using Microsoft.Extensions.Options;
using NodaTime.Testing;
using CanhLu.Tests.Support;
using Xunit;

namespace CanhLu.Tests.Notify;

public sealed class ReplyTests
{
    [Theory]
    [InlineData("TU CHOI")]
    [InlineData("từ chối")]
    [InlineData("Tu\u031B\u0300 cho\u0302\u0301i")]
    [InlineData("  TỪ   CHỐI. ")]
    [InlineData("TC")]
    [InlineData("HUY")]
    [InlineData("Hủy")]
    [InlineData("huỷ nhận tin")]
    [InlineData("STOP")]
    [InlineData("stop!!!")]
    [InlineData("\"Stop\"")]
    [InlineData("DUNG")]
    [InlineData("Dừng")]
    [InlineData("du\u031B\u0300ng")]
    [InlineData("dừng lại")]
    [InlineData("DUNG NHAN TIN\r\n")]
    public void A_no_is_read_with_marks_or_without_in_any_case(string text) => Assert.Equal(ReplyMeaning.OptOut, Reply.Read(text));

    [Theory]
    [InlineData("START")]
    [InlineData("Đăng ký")]
    [InlineData("dong y")]
    public void A_yes_is_read_too(string text) => Assert.Equal(ReplyMeaning.OptIn, Reply.Read(text));

    [Theory]
    [InlineData("")]
    [InlineData("🙏")]
    [InlineData("Đúng")]
    [InlineData("đứng lại")]
    [InlineData("dùng")]
    [InlineData("Dung qua cau")]
    [InlineData("Huy ơi nước lên rồi")]
    [InlineData("stop the water")]
    [InlineData("cam on")]
    [InlineData("không nhận được tin, gửi lại")]
    [InlineData("OK")]
    public void What_says_more_or_else_is_left_to_a_person(string text) => Assert.Equal(ReplyMeaning.Other, Reply.Read(text));

    [Property(MaxTest = 1000)]
    public bool Any_reply_has_a_meaning(string text) => Enum.IsDefined(Reply.Read(text ?? ""));

    [Fact]
    public void A_reply_is_taken_once_and_no_log_line_names_the_number()
    {
        using var river = new River();
        river.People(1);
        var log = new Lines<Replies>();
        var replies = new Replies(new OptOuts(river.Operations, Options.Create(new NotifyOptions()), new FakeClock(River.Now)), log);
        var phone = new PhoneNumber("+84905000001");
        Assert.Equal(ReplyMeaning.Other, replies.Take(phone, "cảm ơn", "esms"));
        Assert.Equal(ReplyMeaning.OptOut, replies.Take(phone, "Từ chối", "esms"));
        Assert.Equal(ReplyMeaning.OptOut, replies.Take(phone, "Từ chối", "esms"));
        Assert.Equal(ReplyMeaning.OptOut, replies.Take(new PhoneNumber("+84905999999"), "HUY", "zalo"));
        Assert.Equal(
            [("auto", "opted_out", "recipient/1", "{\"how\":\"reply by esms\"}")],
            river.List<(string, string, string, string)>("SELECT who, action, subject, after FROM audit"));
        Assert.Equal(ReplyMeaning.OptIn, replies.Take(phone, "START", "esms"));
        Assert.Equal(0, river.Ask<int>("SELECT count(*) FROM recipients WHERE opted_out_at IS NOT NULL"));
        Assert.DoesNotContain("905", log.All, StringComparison.Ordinal);
    }
}
