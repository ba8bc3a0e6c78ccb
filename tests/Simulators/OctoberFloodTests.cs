using CanhLu.FirmwareSim.October;
using CanhLu.FirmwareSim.Script;
using CanhLu.FirmwareSim.Wire;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Simulators;

public sealed class OctoberFloodTests
{
    static readonly List<(Instant At, decimal Stage)> TamKy = StagesOf(OctoberFlood.TamKyGauge);

    [Fact]
    public void At_official_times_it_says_the_official_values()
    {
        var official = OfficialReading.All().Where(reading => reading.Station == "tam-ky" && reading.At >= OctoberFlood.Begins && reading.At <= OctoberFlood.Ends).ToList();

        Assert.Equal(3, official.Count);
        Assert.All(official, reading => Assert.Equal(reading.Level, TamKy.Single(sample => sample.At == reading.At).Stage));
    }

    [Theory]
    [InlineData(1.70)]
    [InlineData(2.20)]
    [InlineData(2.70)]
    public void Each_level_is_crossed_once_up_and_once_down(double level)
    {
        var above = TamKy.Select(sample => sample.Stage >= (decimal)level).ToList();

        Assert.Equal(1, above.Zip(above.Skip(1)).Count(pair => (pair.First, pair.Second) is (false, true)));
        Assert.Equal(1, above.Zip(above.Skip(1)).Count(pair => (pair.First, pair.Second) is (true, false)));
    }

    [Fact]
    public void It_peaks_near_the_official_peak_and_ends_far_below_the_first_level()
    {
        Assert.InRange(TamKy.Max(sample => sample.Stage), 2.72m, 2.75m);
        Assert.InRange(TamKy.MaxBy(sample => sample.Stage).At, Instant.FromUtc(2025, 10, 29, 18, 0), Instant.FromUtc(2025, 10, 29, 20, 0));
        Assert.InRange(TamKy.First().Stage, 0.8m, 1.0m);
        Assert.True(TamKy.Last().Stage < 1.60m);
        Assert.Equal(433, TamKy.Count);
    }

    [Fact]
    public void It_never_rises_faster_than_Tam_Ky_has_risen() =>
        Assert.All(TamKy.Zip(TamKy.Skip(6)), hour => Assert.True(hour.Second.Stage - hour.First.Stage < 0.12m));

    [Fact]
    public void The_flood_comes_earlier_upstream_and_later_and_lower_downstream()
    {
        var above = StagesOf(OctoberFlood.UpstreamGauge).MaxBy(sample => sample.Stage);
        var here = TamKy.MaxBy(sample => sample.Stage);
        var below = StagesOf(OctoberFlood.DownstreamGauge).MaxBy(sample => sample.Stage);

        Assert.True(above.At < here.At && here.At < below.At);
        Assert.True(below.Stage < here.Stage);
    }

    [Fact]
    public void The_camera_sees_people_only_while_the_water_is_over_the_second_level()
    {
        var crowded = Samples(OctoberFlood.RiversideCamera).Where(sample => sample.Values.Single(value => value.Name == "people").Number > 0).ToList();

        Assert.NotEmpty(crowded);
        Assert.All(crowded, sample => Assert.True(OctoberFlood.TamKyStageAt(sample.At) >= 2.20));
    }

    [Fact]
    public void One_access_point_vanishes_at_the_peak_and_returns()
    {
        var acts = OctoberFlood.Scripts().Single(script => script.Device == OctoberFlood.DrownedAccessPoint).Acts.ToList();
        var vanish = Assert.Single(acts.OfType<Act.Vanish>());
        var back = Assert.Single(acts.OfType<Act.Return>());

        Assert.True(vanish.At < TamKy.MaxBy(sample => sample.Stage).At && TamKy.MaxBy(sample => sample.Stage).At < back.At);
    }

    [Fact]
    public void The_same_seed_plays_the_same_flood()
    {
        Assert.Equal(ScriptText.Lines(OctoberFlood.Scripts(7), TimeStyle.Iso), ScriptText.Lines(OctoberFlood.Scripts(7), TimeStyle.Iso));
        Assert.NotEqual(ScriptText.Lines(OctoberFlood.Scripts(7), TimeStyle.Iso), ScriptText.Lines(OctoberFlood.Scripts(8), TimeStyle.Iso));
        Assert.Equal(OctoberFlood.Devices.Order(), OctoberFlood.Scripts().Select(script => script.Device).Order());
    }

    static IEnumerable<Sample> Samples(string device) =>
        OctoberFlood.Scripts().Single(script => script.Device == device).Acts.OfType<Act.Send>().SelectMany(send => send.Samples);

    static List<(Instant At, decimal Stage)> StagesOf(string device) =>
        [.. Samples(device).Select(sample => (sample.At, sample.Values.Single(value => value.Name == "stage_m").Number))];
}
