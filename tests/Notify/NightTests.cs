using CanhLu.Notify;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Notify;

public sealed class NightTests
{
    [Theory]
    [InlineData("21:59", "zalo,esms")]
    [InlineData("22:00", "esms,zalo")]
    [InlineData("03:00", "esms,zalo")]
    [InlineData("05:59", "esms,zalo")]
    [InlineData("06:00", "zalo,esms")]
    public void At_night_SMS_goes_first_by_when_the_bulletin_was_decided(string time, string order)
    {
        using var river = new River();
        using var engine = new Engine(river, [new ScriptedCarrier("zalo"), new ScriptedCarrier("esms")]);
        Assert.Equal(order, string.Join(',', engine.Get<Routes>().Of(Decided(river, time), "vi").Carriers));
        Assert.Equal(order.Split(',')[1], engine.Get<Routes>().After(Decided(river, time), "vi", order.Split(',')[0]));
    }

    [Fact]
    public void Where_there_is_no_night_the_sites_order_stands()
    {
        using var river = new River();
        using var engine = new Engine(river, [new ScriptedCarrier("zalo"), new ScriptedCarrier("esms")], new() { ["Notify:NightFrom"] = "00:00:00", ["Notify:NightUntil"] = "00:00:00" });
        Assert.Equal(["zalo", "esms"], engine.Get<Routes>().Of(Decided(river, "03:00"), "vi").Carriers);
    }

    static Bulletin Decided(River river, string time)
    {
        var at = NodaTime.Text.LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(time).Value;
        return new(
            1, 1, River.Station, River.Rule, Cause.Threshold, BulletinKind.Warning, AlarmLevel.II, new Stage(2210), null, River.Now,
            new LocalDate(2025, 10, 29).At(at).InZoneStrictly(river.Site.Zone).ToInstant(), "auto", River.Now + Duration.FromHours(6));
    }
}
