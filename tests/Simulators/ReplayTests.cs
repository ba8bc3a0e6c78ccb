using CanhLu.FirmwareSim.Replay;
using CanhLu.FirmwareSim.Wire;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Simulators;

public sealed class ReplayTests
{
    const string Head = "# comment\nagency_cd\tsite_no\tdatetime\ttz_cd\t07_00065\t07_00065_cd\n5s\t15s\t20d\t6s\t14n\t10s\n";

    static string Kentucky => Path.Combine(AppContext.BaseDirectory, "Data", "usgs-03287500-2014.rdb");

    [Fact]
    public void Every_row_of_the_real_file_is_a_sample()
    {
        var recording = Recording.Read(Kentucky, null);

        Assert.Equal(6871, recording.Rows);
        Assert.Equal(6871, recording.Samples.Length);
        Assert.Empty(recording.Skipped);
        Assert.Equal(Instant.FromUtc(2014, 1, 1, 5, 0), recording.Samples[0].At);
        Assert.Equal(Instant.FromUtc(2014, 3, 13, 19, 30), recording.Samples[^1].At);
    }

    [Fact]
    public void Feet_become_metres_to_the_millimetre()
    {
        var first = Recording.Read(Kentucky, null).Samples[0];

        // 11.76 ft are 3.584448 m.
        Assert.Equal([new Value("stage_m", 3.584m)], first.Values);
    }

    [Fact]
    public void The_change_of_clocks_leaves_no_gap_and_no_fold()
    {
        var night = Recording.Read(Kentucky, null).Samples
            .Where(sample => sample.At >= Instant.FromUtc(2014, 3, 9, 6, 30) && sample.At <= Instant.FromUtc(2014, 3, 9, 7, 30))
            .Select(sample => sample.At);

        // 01:30 and 01:45 EST, then 03:00, 03:15 and 03:30 EDT.
        Assert.Equal(
            [
                Instant.FromUtc(2014, 3, 9, 6, 30), Instant.FromUtc(2014, 3, 9, 6, 45), Instant.FromUtc(2014, 3, 9, 7, 0),
                Instant.FromUtc(2014, 3, 9, 7, 15), Instant.FromUtc(2014, 3, 9, 7, 30),
            ],
            night);
    }

    [Fact]
    public void The_hour_that_comes_twice_in_autumn_gives_two_instants()
    {
        var recording = Usgs("USGS\t1\t2013-11-03 01:30\tEDT\t1.00\tP\nUSGS\t1\t2013-11-03 01:30\tEST\t1.00\tP\n");

        Assert.Equal([Instant.FromUtc(2013, 11, 3, 5, 30), Instant.FromUtc(2013, 11, 3, 6, 30)], recording.Samples.Select(sample => sample.At));
    }

    [Fact]
    public void What_is_no_number_is_skipped_and_counted_by_its_name()
    {
        var recording = Usgs(
            "USGS\t1\t2014-01-01 00:00\tEST\tIce\tP\nUSGS\t1\t2014-01-01 00:15\tEST\tEqp\tP\nUSGS\t1\t2014-01-01 00:30\tEST\t\t\n"
            + "USGS\t1\t2014-01-01 00:45\tEST\tIce\tP\nUSGS\t1\t2014-01-01 01:00\tXYZ\t1.0\tP\nUSGS\t1\t2014-01-01 01:15\tEST\t1.0\tP:~\n");

        Assert.Equal(6, recording.Rows);
        Assert.Single(recording.Samples);
        Assert.Equal(new Dictionary<string, int> { ["Ice"] = 2, ["Eqp"] = 1, ["blank"] = 1, ["zone XYZ"] = 1 }, recording.Skipped);
    }

    [Fact]
    public void A_file_without_gage_heights_is_refused() =>
        Assert.Throws<FormatException>(() => UsgsFile.Read(new StringReader("agency_cd\tsite_no\tdatetime\ttz_cd\n5s\t15s\t20d\t6s\n")));

    [Fact]
    public void Rows_of_one_instant_are_one_sample()
    {
        var recording = ReadingsCsv.Read(
            new StringReader(
                """
                measured_at,station,series,value,flag
                2025-10-29T21:00:00+07:00,tam-ky,stage,2.68,1
                2025-10-29T21:00:00+07:00,tam-ky,battery,3.9,1
                2025-10-29T21:10:00+07:00,tam-ky,stage,,9
                2025-10-29T21:20:00+07:00,tam-ky,stage,2.69,1
                """),
            station: null);

        Assert.Equal(4, recording.Rows);
        Assert.Equal(new Dictionary<string, int> { ["blank"] = 1 }, recording.Skipped);
        Assert.Equal(2, recording.Samples.Length);
        Assert.Equal(Instant.FromUtc(2025, 10, 29, 14, 0), recording.Samples[0].At);
        Assert.Equal([new Value("stage_m", 2.68m), new Value("battery_v", 3.9m)], recording.Samples[0].Values);
    }

    [Fact]
    public void Of_several_stations_one_must_be_named()
    {
        const string Two = "measured_at,station,series,value\n2025-10-29T21:00:00+07:00,tam-ky,stage,2.68\n2025-10-29T21:00:00+07:00,hoi-an,stage,3.22\n";

        Assert.Contains("tam-ky, hoi-an", Assert.Throws<FormatException>(() => ReadingsCsv.Read(new StringReader(Two), null)).Message, StringComparison.Ordinal);
        Assert.Equal(3.22m, ReadingsCsv.Read(new StringReader(Two), "hoi-an").Samples.Single().Values.Single().Number);
    }

    static Recording Usgs(string rows) => UsgsFile.Read(new StringReader(Head + rows));
}
