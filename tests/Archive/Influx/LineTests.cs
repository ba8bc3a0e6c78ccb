using System.Text;
using CanhLu.Archive.Influx;
using FsCheck.Xunit;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Archive.Influx;

public sealed class LineTests
{
    static readonly Instant At = Instant.FromUtc(2025, 10, 29, 14, 0);

    [Fact]
    public void A_reading_is_one_line()
    {
        using var lines = new LineBuffer(InfluxPrecision.Microseconds);
        lines.Key(LineBuffer.KeyOf("stage", ("device", "gauge-tam-ky"), ("unit", "mm")));
        lines.Field("value"u8, 2680.0);
        lines.Field("flag"u8, 1L);
        Assert.True(lines.End(At));
        Assert.Equal("stage,device=gauge-tam-ky,unit=mm value=2680,flag=1i 1761746400000000\n", Text(lines));
    }

    [Theory]
    [InlineData("a b", "a\\ b")]
    [InlineData("a,b=c", "a\\,b\\=c")]
    [InlineData("ends\\", "ends%5C")]
    [InlineData("two\nlines", "two%0Alines")]
    [InlineData("100%", "100%")]
    [InlineData("%0A", "%250A")]
    [InlineData("#1", "%231")]
    [InlineData("no. #1", "no.\\ #1")]
    public void A_name_is_escaped_as_line_protocol_wants_it_or_as_in_a_URL(string name, string written) =>
        Assert.Equal(written, Encoding.UTF8.GetString(LineName.Escaped(name)));

    [Property(MaxTest = 2_000)]
    public void A_stored_name_reads_back_as_it_was(string? name) => Assert.Equal(name ?? "", LineName.Read(LineName.Stored(name ?? "")));

    [Fact]
    public void No_two_names_are_stored_as_one()
    {
        string[] parts = ["%", "0", "A", "\n", "\\", "2", "5", "#"];
        var names = (from a in parts from b in parts from c in parts from d in parts select a + b + c + d).Distinct().ToArray();
        Assert.Equal(names.Length, names.Select(LineName.Stored).Distinct().Count());
        Assert.All(names, name => Assert.Equal(name, LineName.Read(LineName.Stored(name))));
    }

    [Fact]
    public void What_line_protocol_cannot_write_is_left_out_and_a_line_without_fields_is_none()
    {
        using var lines = new LineBuffer(InfluxPrecision.Microseconds);
        foreach (var value in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
        {
            lines.Key("x"u8);
            lines.Field("value"u8, value);
            Assert.False(lines.End(At));
        }
        lines.Key("y"u8);
        lines.Field("value"u8, double.NaN);
        lines.Field("flag"u8, 9L);
        Assert.True(lines.End(At));
        Assert.Equal("y flag=9i 1761746400000000\n", Text(lines));
    }

    [Theory]
    [InlineData(InfluxPrecision.Seconds, "-1")]
    [InlineData(InfluxPrecision.Milliseconds, "-1")]
    [InlineData(InfluxPrecision.Microseconds, "-1")]
    [InlineData(InfluxPrecision.Nanoseconds, "-100")]
    public void A_time_is_rounded_towards_the_past_before_1970_too(InfluxPrecision precision, string written)
    {
        using var lines = new LineBuffer(precision);
        lines.Key("x"u8);
        lines.Field("v"u8, 1L);
        lines.End(NodaConstants.UnixEpoch - Duration.FromTicks(1));
        Assert.Equal($"x v=1i {written}\n", Text(lines));
    }

    [Fact]
    public void Any_stretch_of_lines_is_a_stretch_of_bytes_however_many_there_are()
    {
        using var lines = new LineBuffer(InfluxPrecision.Seconds);
        for (var i = 0; i < 20_000; i++)
        {
            lines.Key("x"u8);
            lines.Field("v"u8, (long)i);
            lines.Field("text"u8, "\"mực nước\\\"");
            lines.End(NodaConstants.UnixEpoch + Duration.FromSeconds(i));
        }
        Assert.Equal(20_000, lines.Count);
        Assert.Equal("x v=777i,text=\"\\\"mực nước\\\\\\\"\" 777\nx v=778i,text=\"\\\"mực nước\\\\\\\"\" 778\n", Encoding.UTF8.GetString(lines.Bytes(777, 2).Span));
    }

    [Fact]
    public void A_line_costs_no_memory()
    {
        using var lines = new LineBuffer(InfluxPrecision.Microseconds);
        var key = LineBuffer.KeyOf("stage", ("device", "gauge-tam-ky"), ("unit", "mm"));
        Fill();
        lines.Clear();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Fill();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Fill()
        {
            for (var i = 0; i < 10_000; i++)
            {
                lines.Key(key);
                lines.Field("value"u8, 2680.5 + i);
                lines.Field("flag"u8, 1L);
                lines.Field("received"u8, 1761746400123456L);
                lines.End(At);
            }
        }
    }

    static string Text(LineBuffer lines) => Encoding.UTF8.GetString(lines.Bytes(0, lines.Count).Span);
}
