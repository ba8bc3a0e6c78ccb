using CanhLu.Backtest;
using CanhLu.Backtest.Records;
using CanhLu.Tests.Support;
using Xunit;
using static CanhLu.Tests.Backtest.Pasts;

namespace CanhLu.Tests.Backtest;

public sealed class RdbRecordTests
{
    const string Header = "# a comment\nagency_cd\tsite_no\tdatetime\ttz_cd\t07_00065\t07_00065_cd\n5s\t15s\t20d\t6s\t14n\t10s\n";

    [Fact]
    public async Task The_Kentucky_River_is_read_as_plain_sql_reads_it()
    {
        var keys = new SeriesKeys(TamKy());
        var readings = await Read(RecordFile.Open(KentuckyRiver.File, keys, "tam-ky"));
        Assert.Equal(
            KentuckyRiver.Readings(),
            readings.Where(reading => reading.Flag != Flag.Missing).Select(reading => (reading.MeasuredAt.ToUnixTimeMilliseconds(), (int)reading.Value)));
    }

    [Fact]
    public async Task A_gauge_that_the_site_does_not_have_is_passed_over_and_counted()
    {
        var record = RecordFile.Open(KentuckyRiver.File, new SeriesKeys(TamKy()));
        Assert.Empty(await Read(record));
        Assert.Equal("03287500", Assert.Single(record.Unknown).Name);
    }

    [Theory]
    [InlineData("USGS\t1\t2014-01-01 00:00\tXST\t1.00\tP", ":4: tz_cd XST is no zone")]
    [InlineData("USGS\t1\t2014-01-01\tEST\t1.00\tP", ":4: datetime 2014-01-01 is no time")]
    [InlineData("USGS\t1\t2014-01-01 00:15\tEST\t1.00\tP\nUSGS\t1\t2014-01-01 00:00\tEST\t1.00\tP", ":5: 2014-01-01 00:00 EST lies before")]
    [InlineData("USGS\t1", ":4: the line has 2 columns")]
    public async Task A_line_that_is_wrong_is_named(string line, string wrong)
    {
        var file = Bytes(Header + line + "\n");
        Assert.Contains(wrong, (await Assert.ThrowsAsync<RecordRefusedException>(() => Read(RecordFile.Open(file, new SeriesKeys(TamKy()), "tam-ky")))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ice_and_equipment_are_missing_values()
    {
        var file = Bytes(Header + "USGS\t1\t2014-01-01 00:00\tEST\tIce\tP\nUSGS\t1\t2014-01-01 00:15\tEST\t10.00\tP\n");
        Assert.Equal([Flag.Missing, Flag.Good], (await Read(RecordFile.Open(file, new SeriesKeys(TamKy()), "tam-ky"))).Select(reading => reading.Flag));
    }
}
