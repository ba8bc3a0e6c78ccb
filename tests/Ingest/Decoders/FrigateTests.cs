using System.Text;
using Xunit;

namespace CanhLu.Tests.Ingest.Decoders;

public sealed class FrigateTests
{
    readonly Abroad _abroad = new();

    [Theory]
    [InlineData("frigate/bach_dang/person", "3", "cam-1 people 5 3 2")]
    [InlineData("frigate/cam-1/person", "0", "cam-1 people 5 0 2")]
    [InlineData("frigate/cam-1/car", " 12\n", "cam-1 cars 5 12 2")]
    [InlineData("frigate/cam-1/car", "1001", "cam-1 cars 5 1001 4")]
    [InlineData("frigate/cam-1/status/detect", "online", "cam-1 online 5 1 1")]
    [InlineData("frigate/cam-1/status/detect", "offline", "cam-1 online 5 0 1")]
    [InlineData("frigate/cam-1/status/detect", "disabled", "cam-1 online 5 0 1")]
    [InlineData("frigate/available", "online", "cam-1 online 5 1 1")]
    [InlineData("frigate/available", "stopped", "cam-1 online 5 0 1")]
    [InlineData("frigate/available", "offline", "cam-1 online 5 0 1")]
    public void Counts_and_whether_it_works_are_read_at_the_time_they_come(string topic, string payload, string reading) =>
        Assert.Equal([reading], _abroad.Readings(topic, payload));

    [Theory]
    [InlineData("frigate/events", "{\"type\":\"new\",\"after\":{\"id\":\"1607123955.475377-mxklsc\",\"camera\":\"cam-1\",\"sub_label\":\"Nguyen Van A\"}}")]
    [InlineData("frigate/reviews", "{}")]
    [InlineData("frigate/tracked_object_update", "{\"type\":\"face\",\"name\":\"Nguyen Van A\"}")]
    [InlineData("frigate/stats", "{}")]
    [InlineData("frigate/cam-1/person/snapshot", "\u00ff\u00d8\u00ff\u00e0 JFIF")]
    [InlineData("frigate/cam-1/person/active", "1")]
    [InlineData("frigate/cam-1/status/record", "offline")]
    [InlineData("frigate/cam-1/motion", "ON")]
    [InlineData("frigate/cam-1/face", "Nguyen Van A")]
    [InlineData("frigate/cam-1/bicycle", "4")]
    [InlineData("frigate/cam-1/detect/state", "ON")]
    [InlineData("frigate/zone_1/motion", "OFF")]
    public void Pictures_events_faces_and_settings_are_counted_and_nothing_of_them_is_kept(string topic, string payload)
    {
        Assert.Empty(_abroad.Readings(topic, payload));
        Assert.Equal(1, _abroad.Ignored(PayloadFormat.Frigate));
        Assert.Empty(_abroad.River.Log.Latest(100));
        Assert.Empty(_abroad.River.Log.Strangers());
    }

    [Theory]
    [InlineData("frigate/cam-1/person", "many", "NotANumber: people: no whole number")]
    [InlineData("frigate/cam-1/person", "-1", "NotANumber: people: no whole number")]
    [InlineData("frigate/cam-1/person", "1.5", "NotANumber: people: no whole number")]
    [InlineData("frigate/cam-1/person", "01", "NotANumber: people: no whole number")]
    [InlineData("frigate/cam-1/person", "", "NotANumber: people: no whole number")]
    [InlineData("frigate/cam-1/person", "12345678901", "NotANumber: people: no whole number")]
    [InlineData("frigate/cam-1/person", "1001", "OutOfSensorRange: people: not in 0 to 1000")]
    [InlineData("frigate/cam-1/status/detect", "on", "NotItsFormat: neither online, offline nor disabled")]
    public void What_should_be_a_count_or_a_state_and_is_none_is_rejected(string topic, string payload, string reason)
    {
        Assert.Equal([reason], _abroad.Refused(topic, payload, Abroad.Camera));
    }

    [Fact]
    public void Frigate_itself_that_is_neither_here_nor_away_is_rejected_as_nobodys() =>
        Assert.Equal(["NotItsFormat: neither online, offline nor stopped"], _abroad.Refused("frigate/available", "maybe", ""));

    [Fact]
    public void A_zone_that_the_site_does_not_name_is_told_once_and_then_counted()
    {
        for (var i = 0; i < 100; i++)
            Assert.Empty(_abroad.Readings("frigate/yard/person", $"{i}"));
        Assert.Equal("the site names no such camera; said once", Assert.Single(_abroad.River.Log.Of("yard")).Detail);
        Assert.Equal(99, _abroad.Ignored(PayloadFormat.Frigate));
        Assert.Equal("yard", Assert.Single(_abroad.River.Log.Strangers()).Device);
    }

    [Fact]
    public void A_gauge_does_not_speak_through_Frigate()
    {
        Assert.Empty(_abroad.Readings("frigate/lora-1/stage_m", "3"));
        Assert.Empty(_abroad.Readings("frigate/lora-1/status/detect", "offline"));
        Assert.Equal([RejectionReason.UnknownDevice], _abroad.River.Reasons(Abroad.Gauge));
    }

    [Fact]
    public void A_picture_on_a_topic_that_nobody_reads_any_more_is_not_kept_either()
    {
        _abroad.River.Take("old/cam-1/person/snapshot", [0xFF, 0xD8, 0xFF, 0xE0, 0, 0x10, .. "JFIF"u8]);
        Assert.Equal("**********", Encoding.ASCII.GetString(Assert.Single(_abroad.River.Log.Of("")).Bytes.Span));
    }
}
