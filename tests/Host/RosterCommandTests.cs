using CanhLu.Database;
using Xunit;

namespace CanhLu.Tests.Host;

/// <summary><c>canhlu import</c>, <c>export</c> and <c>roster</c>, the real program.</summary>
public sealed class RosterCommandTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("canhlu-roster-").FullName;

    string Data => Path.Combine(_folder, "data");

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task An_import_reports_every_line_in_words()
    {
        var report = Path.Combine(_folder, "report.csv");
        var run = await Import(
            "name,phone,ward_code,ground_height_m,note\nA,0905123456,20341,2.1,x\nB,09O5123456,20341,,\nC,0905123457,99999,,\nD,0905 123 456,20341,cao,\n", "--report", report);
        Assert.Equal(1, run.Code);
        Assert.Contains("4 lines: 1 people added, 0 updated, 1 repeated, 2 refused.", run.Output, StringComparison.Ordinal);
        Assert.Contains("not read: note", run.Error, StringComparison.Ordinal);
        Assert.Equal(
            """
            line,outcome,reason,ly_do
            2,repeated,"phone '+84905123456' stands again in line 5, which counts","phone '+84905123456' có lại ở dòng 5, lấy dòng đó"
            3,rejected,"phone '09O5123456' has a letter (O) where a digit belongs: is 0905123456 meant?","phone '09O5123456' có chữ (O) ở chỗ của số: có phải 0905123456?"
            4,rejected,"ward_code '99999' is no area of the site","ward_code '99999' không có trong khu vực được cấu hình"
            5,added,"ground_height_m 'cao' is no number from -100 to 9000: left out","ground_height_m 'cao' không phải số từ -100 đến 9000: bỏ qua"

            """,
            await File.ReadAllTextAsync(report, Token));
        IsPrivate(report);
    }

    [Fact]
    public async Task An_export_holds_numbers_in_clear_for_its_owner_alone_and_can_be_imported()
    {
        await Import("name,phone,ward_code,hamlet\nA,0905123456,20341,Thôn 3\n");
        var file = Path.Combine(_folder, "out.csv");
        await File.WriteAllTextAsync(file, "old", Token);
        var run = await ProgramRun.Of("export", "--roster", file, "--data", Data);
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.DoesNotContain("905123", run.Output, StringComparison.Ordinal);
        Assert.Equal(
            "name,phone,ward_code,hamlet,language,lowest_level,ground_height_m,river_km,lat,lon,carriers,consent,consent_at,opted_out_at\nA,+84905123456,20341,Thôn 3,vi,I,,,,,,,,\n",
            await File.ReadAllTextAsync(file, Token));
        IsPrivate(file);
        Assert.Contains("1 updated", (await ProgramRun.Of("import", "--roster", file, "--data", Data)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wishes_are_taken_with_the_number_masked()
    {
        await Import("name,phone,ward_code\nA,0905123456,20341\n");
        Assert.Equal("+84••••••456: opt-out done.\n", (await ProgramRun.Of("roster", "opt-out", "0905 123 456", "--data", Data)).Output);
        Assert.Equal("+84••••••456: it was so already.\n", (await ProgramRun.Of("roster", "opt-out", "+84905123456", "--data", Data)).Output);
        Assert.Contains("\"outcome\":\"done\"", (await ProgramRun.Of("roster", "opt-in", "0905123456", "--data", Data, "--json")).Output, StringComparison.Ordinal);
        Assert.Equal("+84••••••456: erase done.\n", (await ProgramRun.Of("roster", "erase", "0905123456", "--data", Data, "--reason", "đơn 7")).Output);
        (await ProgramRun.Of("roster", "erase", "0905123456", "--data", Data)).IsRefusedWith("Nobody in the roster");
        (await ProgramRun.Of("roster", "erase", "0905", "--data", Data)).IsRefusedWith("too short");
        (await ProgramRun.Of("roster", "erase", "0905123456", "--data", Path.Combine(_folder, "nowhere"))).IsRefusedWith("--data");
        using var operations = Operations.Open(Path.Combine(Data, "operations.db"));
        Assert.Equal(
            ["opted_out", "opted_in", "erased"], operations.Read(connection => Dapper.SqlMapper.Query<string>(connection, "SELECT action FROM audit ORDER BY id").ToArray()));
    }

    async Task<ProgramRun> Import(string csv, params string[] more)
    {
        var file = Path.Combine(_folder, "people.csv");
        await File.WriteAllTextAsync(file, csv, Token);
        return await ProgramRun.Of(["import", "--roster", file, "--data", Data, .. more]);
    }

    static void IsPrivate(string file)
    {
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }
}
