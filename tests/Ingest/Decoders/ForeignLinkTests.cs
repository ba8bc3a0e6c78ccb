using CanhLu.Tests.Ingest.Links;
using CanhLu.Tests.Support;
using Xunit;

namespace CanhLu.Tests.Ingest.Decoders;

/// <summary>Foreign messages through a real Mosquitto.</summary>
public sealed class ForeignLinkTests
{
    readonly Abroad _abroad = new();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task What_other_servers_publish_at_the_broker_is_stored_once(int links)
    {
        await using var mosquitto = await Mosquitto.Start();
        await using var shore = new Shore(mosquitto, _abroad.River);
        shore.Broker = shore.Broker with { Links = links };
        await shore.Open();
        await shore.Say(Abroad.ChirpStack, UplinkTests.Event);
        await Eventually.True(() => shore.Archive.ValueOf(Series(Abroad.Gauge, "stage", "mm")) == 2680, "the uplink is stored");
        await shore.Say(Abroad.TheThings, UplinkTests.Message.Replace("2.68", "2.69", StringComparison.Ordinal).Replace("00.775", "02.775", StringComparison.Ordinal));
        await Eventually.True(() => shore.Archive.ValueOf(Series(Abroad.Gauge, "stage", "mm")) == 2690, "of both servers");
        await shore.Say(Abroad.NetJson, NetJsonTests.State);
        await Eventually.True(() => shore.Archive.ValueOf(Series(Abroad.AccessPoint, "clients", "{clients}")) == 4, "the access point's state is stored");
        await shore.Say("frigate/bach_dang/person", "7");
        await Eventually.True(() => shore.Archive.ValueOf(Series(Abroad.Camera, "people", "{people}")) == 7, "the count is stored");
        await shore.Say("frigate/bach_dang/status/detect", "offline");
        await Eventually.True(() => shore.Archive.ValueOf(Series(Abroad.Camera, Device.Online, "1")) == 0, "and the camera's state");
        Assert.Equal(0, shore.Archive.Repeats);
        Assert.Empty(_abroad.River.Log.Latest(10));
        Assert.DoesNotContain(NetJsonTests.Phone, shore.Log.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_published_while_the_engine_was_away_comes_when_it_has_a_time_and_is_lost_when_it_has_none()
    {
        await using var mosquitto = await Mosquitto.Start();
        await using var shore = new Shore(mosquitto, _abroad.River);
        await shore.Close(await shore.Open());
        await shore.Say("frigate/cam-1/person", "99");
        await shore.Say(Abroad.ChirpStack, UplinkTests.Event);
        await shore.Say("frigate/available", "offline", retain: true);
        await shore.Open();
        await Eventually.True(() => shore.Archive.ValueOf(Series(Abroad.Gauge, "stage", "mm")) == 2680, "the uplink has waited");
        await Eventually.True(() => shore.Archive.ValueOf(Series(Abroad.Camera, Device.Online, "1")) == 0, "what is retained says what is so now");
        await shore.Say("frigate/cam-1/car", "1");
        await Eventually.True(() => shore.Archive.ValueOf(Series(Abroad.Camera, "cars", "{cars}")) == 1, "what is counted now comes");
        Assert.Null(shore.Archive.ValueOf(Series(Abroad.Camera, "people", "{people}")));
    }

    [Fact]
    public async Task Pictures_and_events_never_reach_us()
    {
        await using var mosquitto = await Mosquitto.Start();
        await using var shore = new Shore(mosquitto, _abroad.River);
        await shore.Open();
        foreach (var topic in (string[])["frigate/cam-1/person/snapshot", "frigate/events", "frigate/reviews", "frigate/tracked_object_update", "frigate/cam-1/person/active", "frigate/stats"])
            await shore.Say(topic, "a face");
        await shore.Say("frigate/cam-1/person", "1");
        await Eventually.True(() => shore.Archive.ValueOf(Series(Abroad.Camera, "people", "{people}")) == 1, "the count behind them is stored");
        Assert.Equal(1, shore.Meters["canhlu.ingest.messages broker"]);
        Assert.Equal(0, _abroad.Ignored(PayloadFormat.Frigate));
    }

    [Fact]
    public async Task A_retained_message_is_not_read_anew_with_every_connection()
    {
        await using var mosquitto = await Mosquitto.Start();
        await using var shore = new Shore(mosquitto, _abroad.River);
        await shore.Say(Abroad.SenML, """[{"n":"stage","v":9}]""", retain: true);
        await shore.Close(await shore.Open());
        await shore.Open();
        await shore.Say(Abroad.SenML, """[{"n":"stage","v":2.5}]""");
        await Eventually.True(() => shore.Archive.Stored > 0, "what comes now is stored");
        Assert.Equal(1, shore.Archive.Stored);
    }

    SeriesId Series(string device, string quantity, string unit) => _abroad.River.SeriesOf(device, quantity, unit);
}
