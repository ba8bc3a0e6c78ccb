using System.Text;
using CanhLu.Backtest;
using CanhLu.Backtest.Records;
using CanhLu.Backtest.Scoring;
using CanhLu.Host.Qc;
using CanhLu.Host.SiteFiles;
using CanhLu.Notify;
using CanhLu.Notify.Proof;
using CanhLu.Notify.Sirens;
using CanhLu.Tests.Backtest;
using CanhLu.Tests.Host.SiteFiles;
using CanhLu.Tests.Notify;
using NodaTime;
using NodaTime.Testing;
using Xunit;

namespace CanhLu.Tests.Fuzz;

/// <summary>Files and texts that people bring: rosters, past readings, ledgers, the site, what they answer, what sirens say.</summary>
public sealed class FileFuzz(ITestOutputHelper output) : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("canhlu-fuzz-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public Task A_roster_is_lines_that_are_rows_or_say_why_not()
    {
        var site = River.Of(["esms"], together: false);
        return new Fuzzer("roster", output)
        {
            Longest = 256 * 1024,
            Words =
            [
                "name", "phone", "ward_code", "Họ tên", "Số điện thoại", "Mã phường", "lowest_level", "ground_height_m", "river_km", "consent_at", "opted_out_at", "carriers", "lat", "lon", "0905123456", "+84 (0)905-123-456", "01201234567",
                "9,05E+08", "20341", "III", "sms+zalo", "\"\"", "\"a\nb\"", "9999-12-31", "31/12/9999",
            ],
            AllowanceOfByte = 400,
        }.Run(Texts(
            "name,phone,ward_code,language,lowest_level\nAn,0905123456,20341,vi,I\nBình,+84905123457,20335,en,3\n",
            "Họ tên;Số điện thoại;Mã phường;Thôn;Cao độ nền;Lý trình;Vĩ độ;Kinh độ;Kênh;Ngày đồng ý;Ngày từ chối\r\n\"Trần \"\"Tư\"\" Văn\";905123456;20341;Thôn 1;2,5;12.25;15,57;108,48;zalo;31/1/2026;\r\nLê;0120 123 4567;20350;;;;;;sms, zalo;2026-01-31T08:00:00+07:00;2026-02-01\r\n",
            "name,phone,ward_code,consent_at,opted_out_at,ground_height_m,river_km,lat,lon,carriers,consent\n\"a\nb\",0905123456,20341,2025-01-01,,1.5,3,15,108,any,giấy\n"),
            input =>
            {
                using var reader = new StreamReader(new MemoryStream(input), Encoding.UTF8);
                RosterFile file;
                try
                {
                    file = RosterFile.Open(reader, site);
                }
                catch (NotARosterException no)
                {
                    Assert.NotEmpty(no.Message);
                    return "no roster";
                }
                var (rows, refused, left) = (0, new HashSet<string>(), new HashSet<string>());
                foreach (var line in file.Lines)
                {
                    var (wrong, leftOut) = (new List<RosterRemark>(), new List<RosterRemark>());
                    if (file.Read(line, wrong, leftOut) is not { } row)
                    {
                        Assert.NotEmpty(wrong);
                        refused.UnionWith(wrong.Select(one => one.Column));
                        continue;
                    }
                    rows++;
                    Assert.Matches(@"\A\+84[0-9]{9}\z", row.Phone);
                    Assert.True(site.Areas.ContainsKey(row.WardCode));
                    Assert.True(row.GroundMm is null or (>= -100_000 and <= 9_000_000) && row.RiverM is null or (>= 0 and < 1_000_000));
                    Assert.True(row.Latitude is null == row.Longitude is null && row.Carriers is null or "" or "sms" or "zalo");
                    left.UnionWith(leftOut.Select(one => one.Column));
                }
                return $"{Some(rows)} refused for {string.Join(' ', refused.Order())}, left out {string.Join(' ', left.Order())}";
            });
    }

    [Fact]
    public async Task A_file_of_past_readings_is_readings_in_order_or_refused_with_its_line()
    {
        var keys = new SeriesKeys(Pasts.TamKy());
        var file = Path.Combine(_folder, "past.csv");
        await new Fuzzer("readings", output)
        {
            Longest = 256 * 1024,
            Words = ["measured_at", "station", "series", "value", "flag", "received_at", "tam-ky", "g1", "stage", "battery", "2025-10-29T14:00:00Z", "nan", ",", "1.7e308", "agency_cd\tsite_no\tdatetime\ttz_cd", "1_00065", "CDT", "USGS\t03287500\t2014-01-01 00:15\tEST"],
            // Three blocks of a megabyte and a page of 32,768 readings are rented for any file.
            Allowance = 16 << 20,
        }.Run(Texts(
            "measured_at,station,series,value\n2025-10-29T14:00:00Z,tam-ky,stage,2.68\n2025-10-29T21:10:00+07:00,g1,battery,3.9\n",
            "received_at,flag,measured_at,value,series,station\n,3,2025-10-29 21:00+0700,2.68,stage,tam-ky\n,9,2025-10-29T14:00:00.25Z,,stage,tam-ky\n",
            "# a comment\nagency_cd\tsite_no\tdatetime\ttz_cd\t1_00065\t1_00065_cd\n5s\t15s\t20d\t6s\t14n\t10s\nUSGS\t03287500\t2014-01-01 00:15\tEST\t7.21\tA\nUSGS\t03287500\t2014-01-01 00:30\tEST\tEqp\tP\n"),
            async input =>
            {
                await File.WriteAllBytesAsync(file, input);
                var (last, count) = (Instant.MinValue, 0);
                try
                {
                    await RecordFile.Open(file, keys, "tam-ky").ReadAsync(
                        (readings, _) =>
                        {
                            foreach (var reading in readings)
                            {
                                Assert.True(double.IsFinite(reading.Value) && Enum.IsDefined(reading.Flag) && reading.Series.Value > 0 && reading.MeasuredAt >= last);
                                last = reading.MeasuredAt;
                                count++;
                            }
                        },
                        CancellationToken.None);
                }
                catch (RecordRefusedException no)
                {
                    return $"{Some(count)} refused: {new string([.. no.Message[(no.Message.IndexOf(':', StringComparison.Ordinal) + 1)..].Where(char.IsAsciiLetter).Take(24)])}";
                }
                return Some(count);
            });
    }

    [Fact]
    public Task A_table_to_be_checked_is_readings_and_remarks()
    {
        var path = Path.Combine(_folder, "table.csv");
        return new Fuzzer("table", output)
        {
            Longest = 256 * 1024,
            Words = ["time", "measured_at", "water_level", "value", "flag", "station", "series", "1761746400", "1761746400000", "2025-10-29T14:00:00Z", "99999999999", "99999999999999", "null", "\""],
            AllowanceOfByte = 400,
        }.Run(Texts(
            "measured_at,station,series,value,flag\n2025-10-29T14:00:00Z,tam-ky,stage,2.68,1\n2025-10-29T14:10:00Z,tam-ky,\"stage\",,9\n",
            "time,sea_surface_height_above_sea_level\n1761746400,2.68\n1761746400000,nan\n2025-10-29 21:00:00+07:00,\"1,5\"\n"),
            input =>
            {
                File.WriteAllBytes(path, input);
                var table = new ReadingsFile(path, null, null, "tam-ky", "stage");
                try
                {
                    var readings = 0;
                    foreach (var reading in table.Read())
                    {
                        Assert.True((reading.Value is null || double.IsFinite(reading.Value.Value)) && Enum.IsDefined(reading.Flag) && reading.Series < table.Series.Count);
                        readings++;
                    }
                    Assert.True(table.Wrong >= table.Remarks.Count);
                    return $"{Some(readings)} wrong {Some(table.Wrong)}";
                }
                catch (NotReadingsException)
                {
                    return "no table";
                }
            });
    }

    [Fact]
    public Task A_file_of_what_was_is_events_or_refused() => new Fuzzer("truth", output)
    {
        Longest = 128 * 1024,
        Words = ["station", "level", "begins_at", "ends_at", "III", "2025-10-29T14:00:00Z", "2200-12-31T23:59:59-18:00", "1800-01-01T00:00:00+18:00"],
        AllowanceOfByte = 400,
    }.Run(Texts("station,level,begins_at,ends_at\ntam-ky,II,2025-10-29T14:00:00Z,2025-10-30T14:00:00+07:00\n"), input =>
    {
        try
        {
            var events = TruthFile.Of("truth.csv", Encoding.UTF8.GetString(input).Split('\n'));
            Assert.All(events, one => Assert.True(one.Ends >= one.Begins));
            return Some(events.Count);
        }
        catch (RecordRefusedException no)
        {
            return new string([.. no.Message.Where(char.IsAsciiLetter).Take(40)]);
        }
    });

    [Fact]
    public Task A_ledger_with_any_byte_changed_is_broken()
    {
        using var river = new River();
        var whole = new MemoryStream();
        river.People(3);
        var seal = new ProofFile(river.Operations, new FakeClock(River.Now)).Write(whole, null, clear: false);
        var bytes = whole.ToArray();
        return new Fuzzer("ledger", output) { Longest = 256 * 1024, Words = [ProofFile.Head, ProofFile.End, seal.Hash] }.Run([bytes], input =>
        {
            var verdict = ProofCheck.Of(new MemoryStream(input), seal.Hash);
            Assert.Equal(input.AsSpan().SequenceEqual(bytes), verdict is ProofVerdict.Whole);
            return verdict is ProofVerdict.Broken broken ? new string([.. broken.Why.Where(char.IsAsciiLetter).Take(40)]) : "whole";
        });
    }

    [Fact]
    public Task What_a_person_writes_is_a_wish_or_not_and_a_number_or_the_reason_why_not() => new Fuzzer("reply", output)
    {
        Longest = 32 * 1024,
        Words = ["TU CHOI", "TỪ CHỐI", "STOP", "dừng", "ĐĂNG KÝ", "+84", "0905123456", "hoặc", " - ", "0120", "00"],
        AllowanceOfByte = 600,
    }.Run(Texts("TU CHOI", "Dừng lại!", "đúng", "dk", "0905 123 456", "+84 (0)905-123-456 / 0905123457", "9.05123456E8", "O905l23456", "905123456.0", "(+84)0120.1234567"), input =>
    {
        var text = Encoding.UTF8.GetString(input);
        var meaning = Reply.Read(text);
        Assert.True(Enum.IsDefined(meaning));
        var wrong = PhoneNumber.Wrong(text, out var number);
        Assert.True(wrong is null ? number.E164.Length == 12 && number.E164.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0 && !number.ToString().Contains(number.E164[3..9], StringComparison.Ordinal) : wrong.Value is { En.Length: > 0, Vi.Length: > 0 });
        var plain = Unaccented.Of(text);
        Assert.DoesNotContain(plain, letter => letter > 126 || (letter < 32 && letter != '\n' && letter != '\r'));
        return $"{meaning} {(wrong is { } why ? new string([.. why.En.Where(char.IsAsciiLetter).Take(24)]) : "number")}";
    });

    [Fact]
    public Task What_a_siren_says_is_a_bulletin_or_nothing() => new Fuzzer("siren", output)
    {
        Longest = 4 * 1024,
        Words = ["\"bulletin_id\":", "\"sequence\":"],
    }.Run(Texts("{\"bulletin_id\":12,\"sequence\":3}", "{\"bulletin_id\":12}"), input => HeardMessage.Read(input) is { } heard ? heard.Sequence is null ? "bulletin" : "notice" : "nothing");

    /// <remarks>An input is the name of a file of a site, and the file.</remarks>
    [Fact]
    public Task A_site_is_right_or_says_what_is_wrong_with_it_and_where()
    {
        var good = SiteFolder.Files.ToDictionary(file => file, file => File.ReadAllBytes(Path.Combine(Folders.Small, file) is var small && File.Exists(small) ? small : Path.Combine(Folders.TamKy, file)));
        var seeds = Directory.GetFiles(Folders.Wrong, "*.*", SearchOption.AllDirectories).Concat(Directory.GetFiles(Folders.Small)).Where(file => SiteFolder.Files.Contains(Path.GetFileName(file)))
            .Select(file => (byte[])[.. Encoding.UTF8.GetBytes(Path.GetFileName(file) + "\n"), .. File.ReadAllBytes(file)]);
        return new Fuzzer("site", output)
        {
            Longest = 256 * 1024,
            Words = ["&a ", "*a", "!!int ", "|\n  ", "---\n", "<<: *a", "raise_m: ", "clear_m: ", "from: ", "areas: [", "{tram}", "report_every: ", "- {", "id: ", "\t", "30d", "9999-12-31T23:59:59-18:00", "\"coordinates\":[[[", "\"type\":\"Polygon\""],
            Allowance = 32 << 20,
            AllowanceOfByte = 4_000,
        }.Run(seeds, input =>
        {
            var end = input.AsSpan().IndexOf((byte)'\n');
            var name = Encoding.UTF8.GetString(end < 0 ? input : input[..end]);
            var changed = good.ContainsKey(name) ? name : SiteFolder.SiteFile;
            var verdict = SiteReader.Read(Folders.Small, file => file == changed ? end < 0 ? [] : input[(end + 1)..] : file == SiteFolder.WardsFile && changed != file ? null : good[file], new Findings());
            if (verdict is not SiteVerdict.Wrong(var errors))
                return "right";
            Assert.NotEmpty(errors);
            Assert.All(errors, error => Assert.True(
                SiteFolder.Files.Contains(error.Place.File) && error.Place is { Line: >= 1, Column: >= 1 } && error.Message.Length > 0 && error.Remedy.Length > 0
                && !$"{error.Value}{error.Message}{error.Remedy}".Any(char.IsControl), $"{error}"));
            return new string([.. errors.First().Message.Where(letter => char.IsAsciiLetter(letter) || letter == ' ').Take(50)]);
        });
    }

    static string Some(int count) => count == 0 ? "none" : count == 1 ? "one" : count < 10 ? "some" : "many";

    static IEnumerable<byte[]> Texts(params string[] texts) => texts.Select(Encoding.UTF8.GetBytes);
}
