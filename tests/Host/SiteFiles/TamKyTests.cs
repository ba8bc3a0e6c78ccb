using CanhLu.Host.SiteFiles;
using NodaTime;
using NodaTime.Text;
using Xunit;

namespace CanhLu.Tests.Host.SiteFiles;

public sealed class TamKyTests
{
    static readonly Site Site = Assert.IsType<SiteVerdict.Right>(SiteReader.Read(Folders.TamKy)).Site;

    [Fact]
    public void The_shipped_site_is_copied_beside_the_program() =>
        Assert.IsType<SiteVerdict.Right>(SiteReader.Read(Path.Combine(AppContext.BaseDirectory, "sites", "tam-ky")));

    [Fact]
    public void Tam_Ky_has_the_ladder_of_Decision_05_2020()
    {
        var ladder = Site.StationOf("tam-ky")!.LadderAt(Instant.FromUtc(2025, 10, 29, 14, 0))!;
        Assert.Equal(OffsetDateTimePattern.ExtendedIso.Parse("2020-03-15T00:00:00+07:00").Value.ToInstant(), ladder.From);
        foreach (var (level, raise) in new[] { (AlarmLevel.I, 1700), (AlarmLevel.II, 2200), (AlarmLevel.III, 2700) })
            Assert.Equal(new Threshold(new(raise), new(raise - 100), Duration.Zero, Duration.FromMinutes(30)), ladder[level]);
        Assert.Null(Site.StationOf("tam-ky")!.LadderAt(ladder.From - Duration.FromNanoseconds(1)));
    }

    [Fact]
    public void Our_own_stations_have_no_alarm_levels()
    {
        Assert.Equal(["tam-ngoc", "tam-ky", "an-ha"], Site.Stations.Select(station => station.Id));
        Assert.Equal(["tam-ky"], Site.Stations.Where(station => !station.Ladders.IsEmpty).Select(station => station.Id));
    }

    [Fact]
    public void Every_gauge_sends_a_stage_in_millimetres()
    {
        Assert.Equal(["ah-gauge-1", "cam-01", "cam-02", "tk-gauge-1", "tn-gauge-1", "wifi-01", "wifi-02", "wifi-03"],
            Site.Devices.Keys.Order(StringComparer.Ordinal));
        foreach (var gauge in Site.Devices.Values.Where(device => device.Model.Kind == DeviceKind.Gauge))
            Assert.Contains(new Field("stage_m", "stage", "mm", 1000, -2, 15), gauge.Model.Fields);
    }

    [Fact]
    public void People_in_the_closed_zone_matter_from_level_II_on()
    {
        var rule = Assert.IsType<Rule.Limit>(Site.Rules.Single(rule => rule.Id == "nguoi-vung-cam"));
        Assert.Equal(new WhileAlarm("tam-ky", "bao-dong", AlarmLevel.II), rule.While);
    }

    [Fact]
    public void Level_III_is_told_by_both_carriers_at_once() => Assert.Equal(
        ["I zalo,esms False", "II zalo,esms False", "III esms,zalo True", "None zalo,esms False"],
        Site.Tellings.Select(telling => $"{telling.Level} {string.Join(',', telling.Carriers)} {telling.Together}"));

    [Fact]
    public void Every_wording_fits_one_SMS()
    {
        foreach (var template in Site.Templates)
        {
            var filled = template.Sms!.Replace("{river}", "Tam Kỳ", StringComparison.Ordinal).Replace("{station}", "Tam Kỳ", StringComparison.Ordinal)
                .Replace("{time}", template.Language == "vi" ? "21 giờ 30 phút ngày 29/10/2025" : "21:30 on 29 October 2025", StringComparison.Ordinal)
                .Replace("{stage}", "2,68 m", StringComparison.Ordinal).Replace("{rate}", "35 cm/giờ", StringComparison.Ordinal)
                .Replace("{relation}", template.Language == "vi" ? "dưới báo động III 0,02 m" : "0.02 m below alarm level III", StringComparison.Ordinal)
                .Replace("{reservoir}", "Phú Ninh", StringComparison.Ordinal).Replace("{discharge}", "400–1000 m³/s", StringComparison.Ordinal)
                .Replace("{start}", template.Language == "vi" ? "21 giờ 30 phút ngày 29/10/2025" : "21:30 on 29 October 2025", StringComparison.Ordinal);
            Assert.DoesNotContain('{', filled);
            Assert.True(filled.Length <= 160, $"{filled.Length}: {filled}");
        }
    }

    [Fact]
    public void The_official_wording_opens_every_Vietnamese_bulletin() => Assert.All(Site.Templates.Where(template => template.Language == "vi" && template.Cause != Cause.Release),
        template => Assert.StartsWith("Mực nước sông {river} tại trạm {station} lúc {time}: {stage}", template.Text, StringComparison.Ordinal));
}
