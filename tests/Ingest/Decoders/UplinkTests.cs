using Xunit;

namespace CanhLu.Tests.Ingest.Decoders;

public sealed class UplinkTests
{
    /// <summary>In the form of the event <c>up</c> in ChirpStack's documentation, with an object as the device profile's codec gives it.</summary>
    public const string Event = """
        {"deduplicationId":"3ac7e3c4-4401-4b8d-9386-a5c902f9202d","time":"2025-10-29T14:00:00.775023242+00:00",
        "deviceInfo":{"tenantId":"52f14cd4-c6f1-4fbd-8f87-4025e1d49242","tenantName":"ChirpStack","applicationName":"Tam Ky","deviceProfileName":"Radar","deviceName":"Tam Ky 1",
        "devEui":"a81758fffe03abcd","tags":{"key":"value"}},"devAddr":"00189440","dr":1,"fPort":1,"data":"qg==",
        "object":{"level":{"value":2.68,"unit":"m"},"battery_v":3.9,"distances":[1,2],"status":"ok"},
        "rxInfo":[{"gatewayId":"0016c001f153a14c","uplinkId":4217106255,"rssi":-97,"snr":10.5,"location":{"latitude":15.5,"longitude":108.4},"metadata":{"region_name":"as923"}},
        {"gatewayId":"0016c001f153a14d","uplinkId":4217106256,"rssi":-71,"context":"E3OWOQ=="}],
        "txInfo":{"frequency":923200000,"modulation":{"lora":{"bandwidth":125000,"spreadingFactor":11,"codeRate":"CR_4_5"}}}}
        """;

    /// <summary>In the form of the uplink message in The Things Stack's documentation.</summary>
    public const string Message = """
        {"end_device_ids":{"device_id":"tam-ky-gauge","application_ids":{"application_id":"tam-ky"},"dev_eui":"A81758FFFE03ABCD","join_eui":"800000000000000C","dev_addr":"00BCB929"},
        "correlation_ids":["as:up:01E0WZGT6Y7657CPFPE5WEYDSQ"],"received_at":"2025-10-29T14:00:01.227100018Z",
        "uplink_message":{"session_key_id":"AXBSH1Pk6Z0G166","f_port":1,"f_cnt":23709,"frm_payload":"gkHe",
        "decoded_payload":{"stage_m":2.68,"battery_v":3.9},"decoded_payload_warnings":[],
        "rx_metadata":[{"gateway_ids":{"gateway_id":"gtw1","eui":"9C5C8E00001A05C4"},"time":"2025-10-29T14:00:00.6Z","timestamp":2463457000,"rssi":-71,"channel_rssi":-71,"snr":7.2}],
        "settings":{"data_rate":{"lora":{"bandwidth":125000,"spreading_factor":7}},"frequency":"868300000"},"received_at":"2025-10-29T14:00:00.775023242Z","consumed_airtime":"0.056576s"}}
        """;

    static readonly string[] Same = ["lora-1 stage 0.775023 2680 1", "lora-1 battery 0.775023 3.9 1", "lora-1 rssi 0.775023 -71 1"];

    readonly Abroad _abroad = new();

    [Fact]
    public void An_uplink_of_ChirpStack_is_what_its_codec_made_of_it_at_the_time_of_the_server()
    {
        Assert.Equal(Same, _abroad.Readings(Abroad.ChirpStack, Event));
        Assert.Empty(_abroad.River.Reasons(Abroad.Gauge));
        // The unit, the distances and the status in the object; nothing of the frame around it.
        Assert.Equal(3, _abroad.River.Log.TallyOf(Abroad.Gauge)!.UnknownFields);
    }

    [Fact]
    public void An_uplink_of_The_Things_Stack_is_what_its_formatter_made_of_it_at_the_time_of_the_network_server()
    {
        Assert.Equal(Same, _abroad.Readings(Abroad.TheThings, Message));
        Assert.Empty(_abroad.River.Reasons(Abroad.Gauge));
        var without = Message.Replace(",\"received_at\":\"2025-10-29T14:00:00.775023242Z\"", "", StringComparison.Ordinal);
        Assert.Equal("lora-1 stage 1.2271 2680 1", _abroad.Readings(Abroad.TheThings, without)[0]);
    }

    [Fact]
    public void The_same_in_our_own_form_gives_the_same_readings()
    {
        const string Native = """{"t":"2025-10-29T21:00:00.775023242+07:00","stage_m":2.68,"battery_v":3.9,"rssi_dbm":-71}""";
        Assert.Equal(Same, _abroad.Readings("canhlu/v1/lora-1/up", Native));
        Assert.Equal(Same, _abroad.Readings(Abroad.SenML, """[{"bt":1761746400.775023242,"n":"stage","u":"m","v":2.68},{"n":"battery","u":"V","v":3.9},{"n":"rssi_dbm","u":"dBm","v":-71}]"""));
    }

    [Theory]
    [InlineData("", "NotJson")]
    [InlineData("[]", "NotItsFormat: no object")]
    [InlineData("{\"time\":\"2025-10-29T14:00:00Z\",\"object\":{\"level\":{\"value\":2.68}}", "NotJson")]
    [InlineData("{\"object\":{\"level\":{\"value\":2.68}}}", "NoTime: no time")]
    [InlineData("{\"time\":\"yesterday\",\"object\":{\"level\":{\"value\":2.68}}}", "BadTime: time is \"yesterday\": not ISO 8601")]
    [InlineData("{\"time\":1761746400,\"object\":{\"level\":{\"value\":2.68}}}", "BadTime: time is 1761746400: not ISO 8601")]
    [InlineData("{\"time\":\"2025-10-29T15:00:00Z\",\"object\":{\"level\":{\"value\":2.68}}}", "Future: time is 0:00:59:55 ahead of our clock")]
    [InlineData("{\"time\":\"2025-10-29T14:00:00Z\",\"data\":\"qg==\"}", "NoValue: no object: the device profile has no codec")]
    [InlineData("{\"time\":\"2025-10-29T14:00:00Z\",\"object\":{\"humidity\":2.68}}", "NoValue: no field that the model knows")]
    [InlineData("{\"time\":\"2025-10-29T14:00:00Z\",\"object\":{\"level\":{\"value\":\"2.68 m\"}}}", "NotANumber: stage_m is \"2.68 m\": no number")]
    [InlineData("{\"time\":\"2025-10-29T14:00:00Z\",\"object\":{\"a\":{\"b\":{\"c\":{\"d\":{\"e\":{\"f\":{\"g\":{\"h\":1}}}}}}}}}", "TooDeep: more than 8 levels")]
    [InlineData("{\"time\":\"2025-10-29T14:00:00Z\",\"x\":[[[[[[[[1]]]]]]]]}", "TooDeep: more than 8 levels")]
    public void What_is_no_uplink_of_ChirpStack_is_rejected_with_its_reason(string payload, string reason) =>
        Assert.StartsWith(reason, Assert.Single(_abroad.Refused(Abroad.ChirpStack, payload)), StringComparison.Ordinal);

    [Theory]
    [InlineData("{\"received_at\":\"2025-10-29T14:00:00Z\"}", "NotItsFormat: no uplink_message")]
    [InlineData("{\"received_at\":\"2025-10-29T14:00:00Z\",\"join_accept\":{\"session_key_id\":\"x\"}}", "NotItsFormat: no uplink_message")]
    [InlineData("{\"uplink_message\":{\"decoded_payload\":{\"stage_m\":1}}}", "NoTime: no received_at")]
    [InlineData("{\"received_at\":\"2025-10-29T14:00:00Z\",\"uplink_message\":{\"frm_payload\":\"qg==\"}}", "NoValue: no decoded_payload: the device has no payload formatter")]
    [InlineData("{\"received_at\":\"2025-10-29T14:00:00Z\",\"uplink_message\":{\"decoded_payload\":{\"stage_m\":1}},\"simulated\":true}", "NotItsFormat: a simulated uplink: nothing was measured")]
    public void What_is_no_uplink_of_The_Things_Stack_is_rejected_with_its_reason(string payload, string reason)
    {
        Assert.StartsWith(reason, Assert.Single(_abroad.Refused(Abroad.TheThings, payload)), StringComparison.Ordinal);
        Assert.Equal(0, _abroad.River.Batch.Count);
    }

    [Theory]
    // An answer to the network's commands: a frame without a payload.
    [InlineData(Abroad.ChirpStack, "{\"time\":\"2025-10-29T14:00:00Z\",\"devAddr\":\"00189440\",\"dr\":1,\"rxInfo\":[{\"rssi\":-36}]}")]
    [InlineData(Abroad.TheThings, "{\"received_at\":\"2025-10-29T14:00:00Z\",\"uplink_message\":{\"f_cnt\":7}}")]
    // Other events, where the pattern lets anything stand.
    [InlineData("lora/lora-1/join", "{\"time\":\"2025-10-29T14:00:00Z\",\"devAddr\":\"00189440\"}")]
    [InlineData("lora/lora-1/log", "not even JSON")]
    public void What_tells_no_measurement_is_ignored_and_counted(string topic, string payload)
    {
        Assert.Empty(_abroad.Refused(topic, payload));
        Assert.Empty(_abroad.Readings(topic, payload));
        Assert.Equal(2, _abroad.Ignored(topic.StartsWith("v3", StringComparison.Ordinal) ? PayloadFormat.TheThingsStack : PayloadFormat.ChirpStack));
    }

    [Fact]
    public void What_the_server_leaves_out_because_it_is_0_is_0_and_a_gateway_without_a_signal_is_none()
    {
        const string Mapped = "lora/lora-1/up";
        string Heard(string radios) => string.Join("; ", _abroad.Readings(Mapped, $$$"""{"time":"2025-10-29T14:00:00Z","object":{"stage_m":0},"rxInfo":[{{{radios}}}]}"""));
        Assert.Equal("lora-1 stage 0 0 1", Heard("{\"gatewayId\":\"x\"}"));
        Assert.Equal("lora-1 stage 0 0 1", Heard(""));
    }

    [Theory]
    [InlineData("application/x/device/0000000000000000/event/up", "0000000000000000", "UnknownDevice: the site names no such device")]
    [InlineData("lora/tk-01/up", "tk-01", "UnknownDevice: it is none of those that come this way")]
    [InlineData("openwisp/tk-01/monitoring", "tk-01", "UnknownDevice: it is none of those that come this way")]
    [InlineData("application/x/device/a81758fffe03abcd/event/down", "", "UnknownTopic: neither canhlu/v1/{device}/up or …/status nor a topic of the site's decoders")]
    [InlineData("canhlu/v1/a81758fffe03abcd/up", "a81758fffe03abcd", "UnknownDevice: the site names no such device")]
    public void Only_a_device_that_the_site_lets_come_this_way_is_heard(string topic, string device, string reason) => Assert.Equal([reason], _abroad.Refused(topic, Event, device));

    [Fact]
    public void A_payload_that_is_too_large_is_not_looked_at() =>
        Assert.Equal(["TooLarge: more than 65536 bytes"], _abroad.Refused(Abroad.ChirpStack, new string(' ', 65_537)));
}
