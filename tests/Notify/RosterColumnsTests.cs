using CanhLu.Notify;
using FsCheck.Xunit;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using NodaTime.Testing;
using Xunit;

namespace CanhLu.Tests.Notify;

/// <summary>What a roster file may hold besides name, number and ward, and that nothing of it is lost in silence.</summary>
public sealed class RosterColumnsTests : IDisposable
{
    const string Full =
        "name,phone,ward_code,hamlet,language,lowest_level,ground_height_m,river_km,lat,lon,carriers,consent,consent_at,opted_out_at\n" +
        "\"Trần, Thị \"\"B\"\"\",0905123456,20341,Thôn 3,en,II,\"2,35\",12.4,15.57,108.48,zalo,phiếu 12,2026-01-31,\n";

    readonly River _river = new();

    Roster Roster => new(_river.Operations, () => _river.Site, new FakeClock(River.Now), NullLogger<Roster>.Instance);

    public void Dispose() => _river.Dispose();

    [Fact]
    public void Every_column_is_read()
    {
        var report = Import(Full);
        Assert.Equal((1, 1, 0), (report.Lines, report.Added, report.LeftOut.Count));
        var person = Only();
        Assert.Equal(("Trần, Thị \"B\"", "Thôn 3", "en", AlarmLevel.II), (person.Name, person.Hamlet, person.Language, person.LowestLevel));
        Assert.Equal((2350, 12_400, 15.57, 108.48, "zalo"), (person.GroundMm, person.RiverM, person.Latitude, person.Longitude, person.Carriers));
        Assert.Equal(("phiếu 12", Instant.FromUtc(2026, 1, 30, 17, 0), (Instant?)null), (person.Consent, person.ConsentAt, person.OptedOutAt));
    }

    [Fact]
    public void Vietnamese_headings_are_read()
    {
        var report = Import("Họ và tên;Số điện thoại;Mã phường;Thôn;Cao độ nền;Lý trình;Vĩ độ;Kinh độ;Kênh;Đồng ý;Ngày đồng ý\nA;0905123456;20341;Thôn 3;2,35;12,4;15,57;108,48;SMS;phiếu;31/1/2026\n");
        Assert.Empty(report.UnknownColumns);
        Assert.Equal((2350, 12_400, "sms", Instant.FromUtc(2026, 1, 30, 17, 0)), (Only().GroundMm, Only().RiverM, Only().Carriers, Only().ConsentAt));
    }

    [Fact]
    public void A_file_that_lacks_a_column_or_leaves_a_cell_empty_loses_nothing()
    {
        Import(Full);
        var before = Only();
        Assert.Equal(1, Import("name,phone,ward_code\n,0905 123 456,20335\n").Updated);
        Assert.Equal(before with { WardCode = "20335" }, Only());
        Import("name,phone,ward_code,hamlet,language,lowest_level,ground_height_m,river_km,lat,lon,carriers,consent,consent_at,opted_out_at\nC,0905123456,20335,,,,,,,,,,,\n");
        Assert.Equal(before with { WardCode = "20335", Name = "C" }, Only());
    }

    [Fact]
    public void An_import_takes_nobodys_no_back()
    {
        Import("name,phone,ward_code,opted_out_at\nA,0905123456,20341,2026-02-01T00:00:00+07:00\n");
        Import(Full);
        Assert.Equal(Instant.FromUtc(2026, 1, 31, 17, 0), Only().OptedOutAt);
    }

    [Theory]
    [InlineData("ground_height_m", "cao", "is no number from -100 to 9000: left out")]
    [InlineData("ground_height_m", "12000", "is no number from -100 to 9000: left out")]
    [InlineData("river_km", "-1", "is no number from 0 to 999.999: left out")]
    [InlineData("lat", "108.4", "is no number from 6 to 24: left out")]
    [InlineData("carriers", "viber", "is none of sms, zalo, any: left out")]
    [InlineData("consent_at", "hôm qua", "is no day as 2026-01-31 and no time as 2026-01-31T08:00:00+07:00: left out")]
    public void What_telling_does_not_depend_on_is_left_out_and_said(string column, string value, string reason)
    {
        var report = Import($"name,phone,ward_code,{column}\nA,0905123456,20341,{value}\n");
        var said = Assert.Single(report.LeftOut);
        Assert.Equal((2, column, value, reason), (said.Line, said.Column, said.Value, said.Reason));
        Assert.EndsWith(": bỏ qua", said.ReasonVi, StringComparison.Ordinal);
        Assert.Equal([new RosterLine(2, RosterOutcome.Added, $"{column} '{value}' {reason}", $"{column} '{value}' {said.ReasonVi}")], report.Outcomes);
        Assert.Equal(1, Roster.Count());
    }

    [Fact]
    public void Columns_that_are_none_and_cells_beyond_the_last_are_said()
    {
        var report = Import("name,phone,ward_code,ground_heigth,note\nA,0905123456,20341,2,x,y\n");
        Assert.Equal(["ground_heigth", "note"], report.UnknownColumns);
        Assert.Equal("stands beyond the last column: left out", Assert.Single(report.LeftOut).Reason);
    }

    [Fact]
    public void A_quotation_mark_that_is_not_closed_swallows_no_line_in_silence()
    {
        var report = Import("name,phone,ward_code\n\"A,0905123456,20341\nB,0905123457,20341\nC,0905123458,20341\n");
        Assert.Equal("runs on into the next lines: is a quotation mark missing?", report.Rejected[0].Reason);
        Assert.Equal((1, 0, 1), (report.Lines, report.Added, report.RejectedLines));
    }

    [Fact]
    public void Every_line_of_any_file_is_added_or_updated_or_repeated_or_rejected_with_its_reason()
    {
        var random = new Random(5);
        string[] phones = ["0905123456", "+84905123456", "01625123456", "0325123456", "02353851234", "09O5123456", "", "0905123456 / 0912345678", "905123457", "#N/A", "0912345678", "9.05E+08"];
        string[] wards = [River.Ward, "20335", "20335", River.Ward, "99999", ""];
        string[] levels = ["", "I", "2", "IV"];
        for (var file = 0; file < 200; file++)
        {
            var lines = Enumerable.Range(0, random.Next(0, 40))
                .Select(i => $"Người {i},{phones[random.Next(phones.Length)]},{wards[random.Next(wards.Length)]},{levels[random.Next(levels.Length)]},{random.Next(-200, 20_000)}").ToArray();
            var before = Roster.Count();
            var report = Import("name,phone,ward_code,lowest_level,ground_height_m\n" + string.Join('\n', lines));
            Assert.Equal(lines.Length, report.Lines);
            Assert.Equal(report.Lines, report.Added + report.Updated + report.Repeated.Count + report.RejectedLines);
            Assert.Equal(Enumerable.Range(2, lines.Length), report.Outcomes.Select(line => line.Line));
            Assert.All(report.Outcomes, line => Assert.True(line.Reason.Length > 0 || line.Outcome is RosterOutcome.Added or RosterOutcome.Updated));
            Assert.Equal(before + report.Added, Roster.Count());
        }
    }

    [Property(MaxTest = 300)]
    public void Whatever_stands_in_the_cells_every_line_is_in_one_count(string[][] cells)
    {
        string[] columns = [.. RosterColumns.Names];
        var filled = cells.Select(line => columns.Select((_, i) => i < line.Length ? Shown(line[i]) : i == 1 ? "0905123456" : i == 2 ? River.Ward : "").ToArray()).ToArray();
        var report = Import(string.Join(',', columns) + "\n" + string.Join('\n', filled.Select(line => string.Join(',', line.Select(cell => $"\"{cell}\"")))));
        // A line with nothing in it is none.
        Assert.Equal(filled.Count(line => line.Any(cell => cell.Trim().Length > 0)), report.Lines);
        Assert.Equal(report.Lines, report.Added + report.Updated + report.Repeated.Count + report.RejectedLines);
        Assert.Equal(report.Lines, report.Outcomes.Count);

        static string Shown(string? text) => (text ?? "").Replace("\"", "\"\"", StringComparison.Ordinal).Replace('\uFFFD', ' ');
    }

    [Fact]
    public void A_file_in_another_encoding_is_refused_before_it_spoils_names()
    {
        var refused = Assert.Throws<NotARosterException>(() => Import("name,phone,ward_code\nA,0905123456,20341\nNguy\uFFFDn,0905123457,20341\n"));
        Assert.Contains("line 3", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, Roster.Count());
    }

    [Fact]
    public void What_is_exported_and_imported_again_is_the_same_roster()
    {
        Import(Full + "C,0912345678,20335,,,,,,,,,,,\n\"D; 1\",0325123456,20341,\"a\nb\",,,-0.5,0,,,any,\"nói, miệng\",2026-01-31T08:00:00+07:00,2026-03-01\n");
        var before = Roster.Page(0, 10);
        using var csv = new StringWriter();
        Assert.Equal(3, new RosterExport(_river.Operations, new FakeClock(River.Now)).Write(csv, "Lan"));
        Assert.Equal(("Lan", "exported", "{\"people\":3}"), _river.List<(string, string, string)>("SELECT who, action, after FROM audit").Single());
        using var other = new River();
        var report = new Roster(other.Operations, () => other.Site, new FakeClock(River.Now), NullLogger<Roster>.Instance).Import(new StringReader(csv.ToString()));
        Assert.Equal((3, 3, 0), (report.Lines, report.Added, report.LeftOut.Count));
        Assert.Equal(before, new Roster(other.Operations, () => other.Site, new FakeClock(River.Now), NullLogger<Roster>.Instance).Page(0, 10));
    }

    RosterReport Import(string csv) => Roster.Import(new StringReader(csv));

    Recipient Only() => Assert.Single(Roster.Page(0, 10));
}
