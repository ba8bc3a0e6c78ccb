using CanhLu.Notify;
using CanhLu.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime.Testing;
using Xunit;

namespace CanhLu.Tests.Notify;

public sealed class RosterTests(ITestOutputHelper output) : IDisposable
{
    readonly River _river = new();

    Roster Roster => new(_river.Operations, () => _river.Site, new FakeClock(River.Now), NullLogger<Roster>.Instance);

    [Fact]
    public void A_number_prints_itself_masked()
    {
        Assert.Equal("+84••••••456", $"{new PhoneNumber("+84905123456")}");
        Assert.DoesNotContain("905123", new Recipient
        {
            Id = 1,
            Phone = new("+84905123456"),
            Name = "A",
            WardCode = River.Ward,
            Language = "vi",
            LowestLevel = AlarmLevel.I,
            ImportedAt = River.Now,
        }.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_line_is_imported_or_reported()
    {
        var report = Roster.Import(new StringReader(
            """"
            name,phone,ward_code,language,lowest_level
            Nguyễn Văn A,0905123456,20341,vi,I
            "Trần, Thị ""B""",0235 385 1234,20335,,
            C,0905123457,99999,vi,II
            D,abc,,fr,IV

            E,0905123456,20350,en,3
            F,01625123456,20335
            """"));
        Assert.Equal((6, 2, 0), (report.Lines, report.Added, report.Updated));
        Assert.Equal(
            [
                (3, "phone", "0235 385 1234", "is a landline, which gets no SMS"),
                (4, "ward_code", "99999", "is no area of the site"),
                (5, "phone", "abc", "is not a telephone number"),
                (5, "ward_code", "", "is missing"),
                (5, "language", "fr", "is neither vi nor en"),
                (5, "lowest_level", "IV", "is none of I, II, III"),
            ],
            report.Rejected.Select(remark => (remark.Line, remark.Column, remark.Value, remark.Reason)));
        Assert.Equal([(2, "+84905123456", "stands again in line 7, which counts")], report.Repeated.Select(remark => (remark.Line, remark.Value, remark.Reason)));
        var people = Roster.Page(0, 10);
        Assert.Equal(
            [("E", "+84905123456", "20350", "en", AlarmLevel.III), ("F", "+84325123456", "20335", "vi", AlarmLevel.I)],
            people.Select(person => (person.Name, person.Phone.E164, person.WardCode, person.Language, person.LowestLevel)));
    }

    [Fact]
    public void A_known_number_is_updated_and_keeps_its_id()
    {
        Roster.Import(new StringReader("name,phone,ward_code\nA,0905123456,20341"));
        var before = Roster.Find(new PhoneNumber("+84905123456"))!;
        var report = Roster.Import(new StringReader("Họ tên;Số điện thoại;Mã phường;Ngôn ngữ;Mức thấp nhất\r\nB;+84905123456;20335;en;II\r\n"));
        var after = Roster.Find(new PhoneNumber("+84905123456"))!;
        Assert.Equal((0, 1), (report.Added, report.Updated));
        Assert.Equal((before.Id, "B", "20335", AlarmLevel.II), (after.Id, after.Name, after.WardCode, after.LowestLevel));
        Assert.Equal([new AreaCount("20335", 1)], Roster.ByArea());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a,b,c\n1,2,3")]
    [InlineData("name,phone\nA,0905123456")]
    public void A_file_that_is_no_roster_changes_nothing(string text)
    {
        Assert.Throws<NotARosterException>(() => Roster.Import(new StringReader(text)));
        Assert.Equal(0, Roster.Count());
    }

    [Fact]
    public void A_hundred_thousand_lines_go_in_with_their_progress()
    {
        const int Lines = 100_000;
        var text = "name,phone,ward_code,language,lowest_level\n" +
            string.Join('\n', Enumerable.Range(0, Lines).Select(i => $"Người {i},09{i + 10_000_000},20341,vi,I"));
        var seen = new List<RosterProgress>();
        var began = RealTime.Provider.GetTimestamp();
        var report = Roster.Import(new StringReader(text), new Watcher(seen));
        output.WriteLine($"{Lines:N0} lines imported in {RealTime.Provider.GetElapsedTime(began).TotalMilliseconds:N0} ms");
        Assert.Equal((Lines, 0), (report.Added, report.Rejected.Count));
        Assert.Equal(new RosterProgress(Lines, Lines), seen[^1]);
        Assert.Equal(Lines, Roster.Count());
    }

    public void Dispose() => _river.Dispose();

    sealed class Watcher(List<RosterProgress> seen) : IProgress<RosterProgress>
    {
        public void Report(RosterProgress value) => seen.Add(value);
    }
}
