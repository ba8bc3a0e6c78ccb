using System.Globalization;
using System.Text;
using CanhLu.Backtest;
using CanhLu.Backtest.Records;
using CanhLu.Tests.Rules;
using NodaTime;
using NodaTime.Text;
using Xunit;
using static CanhLu.Tests.Backtest.Pasts;

namespace CanhLu.Tests.Backtest;

public sealed class CsvRecordTests
{
    readonly SeriesKeys _keys = new(TamKy());

    [Fact]
    public async Task A_stage_in_metres_becomes_whole_millimetres_and_halves_go_away_from_zero()
    {
        var file = File(Line(0, "2.68"), Line(1, "2.6805"), Line(2, "-0.0005"), Line(3, "2"), Line(4, "1.2e0"), Line(5, ".5"), Line(6, "+1.7"), Line(7, "1.7000000001"));
        Assert.Equal([2680, 2681, -1, 2000, 1200, 500, 1700, 1700], (await Read(file, _keys)).Select(reading => reading.Value));
    }

    [Theory]
    [InlineData("2025-10-29T21:00:00+07:00", "2025-10-29T14:00:00Z")]
    [InlineData("2025-10-29 21:00+0700", "2025-10-29T14:00:00Z")]
    [InlineData("2025-10-29T21:00:00.25+07", "2025-10-29T14:00:00.25Z")]
    [InlineData("2025-10-29T00:00:00-03:30", "2025-10-29T03:30:00Z")]
    [InlineData("2024-02-29T23:59:59Z", "2024-02-29T23:59:59Z")]
    public async Task A_time_is_read_with_its_offset(string written, string meant)
    {
        var reading = Assert.Single(await Read(Bytes($"measured_at,station,series,value\n{written},tam-ky,stage,1"), _keys));
        Assert.Equal(InstantPattern.ExtendedIso.Parse(meant).Value, reading.MeasuredAt);
        Assert.Equal(reading.MeasuredAt, reading.ReceivedAt);
    }

    [Theory]
    [InlineData("2025-10-29T21:00:00,tam-ky,stage,1", "2025-10-29T21:00:00 has no offset", "2025-10-29T21:00:00+07:00")]
    [InlineData("29/10/2025 21:00,tam-ky,stage,1", "29/10/2025 21:00 is no time", "2025-10-29T21:00:00+07:00")]
    [InlineData("2025-02-29T21:00:00Z,tam-ky,stage,1", "is no time", "write it like")]
    [InlineData("2025-10-29T24:00:00Z,tam-ky,stage,1", "is no time", "write it like")]
    [InlineData("2025-10-29T21:00:00Z,tam-ky,stage,\"1,5\"", "value \"1 is no number", "with a point")]
    [InlineData("2025-10-29T21:00:00Z,tam-ky,stage,1.5 m", "1.5 m is no number", "in metres")]
    [InlineData("2025-10-29T21:00:00Z,tam-ky,stage,12000000", "out of all range", "in metres")]
    [InlineData("2025-10-29T21:00:00Z,tam-ky,stage", "the line has 3 columns", "at least 4")]
    [InlineData("2025-10-29T21:00:00Z,,stage,1", "the station is empty", "tam-ky,stage")]
    public async Task A_line_that_is_wrong_is_named_with_file_line_and_remedy(string line, string wrong, string remedy)
    {
        var file = Bytes($"measured_at,station,series,value\n{Line(0, "1")}\n{line}\n");
        var message = await Refusal(file, _keys);
        Assert.StartsWith(file + ":3: ", message, StringComparison.Ordinal);
        Assert.Contains(wrong, message, StringComparison.Ordinal);
        Assert.Contains(remedy, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_out_of_order_is_refused_with_the_line_and_how_to_sort_it()
    {
        var message = await Refusal(File(Line(0, "1"), Line(10, "1"), Line(9, "1")), _keys);
        Assert.Contains(":4: ", message, StringComparison.Ordinal);
        Assert.Contains("sort", message, StringComparison.Ordinal);
        var across = await Assert.ThrowsAsync<RecordRefusedException>(() => Read(File(Line(0, "1"), Line(10, "1"), Line(9, "1")), _keys, blockLength: 64));
        Assert.Contains(":4: ", across.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("measured_at;station;series;value\n", "commas")]
    [InlineData("time,station,series,value\n", "measured_at")]
    public async Task A_header_that_is_wrong_is_named(string text, string word) => Assert.Contains(word, await Refusal(Bytes(text), _keys), StringComparison.Ordinal);

    [Fact]
    public async Task Columns_may_stand_in_any_order_among_others_with_carriage_returns_and_a_byte_order_mark()
    {
        var file = Bytes("\uFEFFflag,value,note,series,station,measured_at\r\n3,1.5,x,stage,\"tam-ky\",2025-10-29T21:00:00Z\r\n,1.6,,stage,g1,2025-10-29T21:01:00Z\r\n\r\n");
        var readings = await Read(file, _keys);
        Assert.Equal([(1500, Flag.Suspect), (1600, Flag.Good)], readings.Select(reading => ((int)reading.Value, reading.Flag)));
        Assert.Equal([_keys.Find("tam-ky", "stage"), _keys.Find("g1", "stage")], readings.Select(reading => reading.Series));
    }

    [Fact]
    public async Task What_the_sensor_cannot_measure_fails_and_no_value_is_missing()
    {
        var readings = await Read(File(Line(0, "15"), Line(1, "15.001"), Line(2, ""), Line(3, "NaN"), Line(4, "12.5", series: "battery")), _keys);
        Assert.Equal([Flag.Good, Flag.Fail, Flag.Missing, Flag.Missing, Flag.Good], readings.Select(reading => reading.Flag));
        Assert.Equal(12.5, readings[4].Value);
    }

    [Fact]
    public async Task Series_that_the_site_does_not_have_are_passed_over_and_counted()
    {
        var record = new CsvRecord(File(Line(0, "1", "cau-lau"), Line(1, "1"), Line(2, "x", "cau-lau"), Line(3, "1", series: "rain")), _keys);
        Assert.Single(await Read(record));
        Assert.Equal([new UnknownSeries("cau-lau", "stage", 2), new UnknownSeries("tam-ky", "rain", 1)], record.Unknown);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(100)]
    [InlineData(4096)]
    [InlineData(1 << 20)]
    public async Task Wherever_the_file_is_cut_into_blocks_the_readings_are_those_of_a_plain_reader(int blockLength)
    {
        var random = new Random(blockLength);
        var (text, expected, at) = (new StringBuilder("measured_at,station,series,value\n"), new List<(Instant, SeriesId, double)>(), Gauges.Start);
        for (var i = 0; i < 2_000; i++)
        {
            at += Duration.FromSeconds(random.Next(0, 400));
            var offset = Offset.FromHours(random.Next(-11, 13));
            var millimetres = random.Next(-1999, 14_000);
            var name = random.Next(2) == 0 ? "tam-ky" : "g1";
            text.Append(CultureInfo.InvariantCulture, $"{OffsetDateTimePattern.ExtendedIso.Format(at.WithOffset(offset))},{name},stage,{millimetres / 1000m}\n");
            expected.Add((at, _keys.Find(name, "stage"), millimetres));
        }
        var readings = await Read(Bytes(text.ToString()), _keys, blockLength);
        Assert.Equal(expected, readings.Select(reading => (reading.MeasuredAt, reading.Series, reading.Value)));
    }

    [Fact]
    public async Task Whatever_bytes_a_file_holds_it_is_read_or_refused()
    {
        var random = new Random(11);
        byte[] letters = [.. "0123456789-+:.,,,TZtam-kystage\"\n\r é\0"u8];
        var (read, refused) = (0, 0);
        for (var run = 0; run < 2_000; run++)
        {
            var bytes = Encoding.UTF8.GetBytes("measured_at,station,series,value\n" + Line(0, "1.5") + "\n" + Line(1, "1.6") + "\n");
            for (var change = random.Next(1, 4); change > 0; change--)
                bytes[random.Next(33, bytes.Length)] = letters[random.Next(letters.Length)];
            var file = Path.Combine(Folder.FullName, "hostile.csv");
            await System.IO.File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
            try
            {
                await Read(file, _keys, blockLength: random.Next(80, 300));
                read++;
            }
            catch (RecordRefusedException)
            {
                refused++;
            }
        }
        Assert.True(read > 100 && refused > 100, $"{read} read, {refused} refused");
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named() =>
        Assert.StartsWith("nowhere.csv: there is no such file", (await Assert.ThrowsAsync<RecordRefusedException>(() => Read(RecordFile.Open("nowhere.csv", _keys)))).Message, StringComparison.Ordinal);
}
