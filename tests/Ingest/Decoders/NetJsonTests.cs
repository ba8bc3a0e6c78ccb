using System.Text;
using Xunit;

namespace CanhLu.Tests.Ingest.Decoders;

public sealed class NetJsonTests
{
    public const string Phone = "a4:cf:12:0b:d2:3e";
    public const string Owner = "iPhone-cua-Lan";

    /// <summary>As OpenWISP's agent on OpenWrt writes it, with residents in it in every place that it has for them.</summary>
    public const string State = $$$"""
        {"type":"DeviceMonitoring","general":{"hostname":"router-7","local_time":1761746400,"uptime":5000},
        "resources":{"load":[0.5,0.2,0.1],"cpus":2,"memory":{"total":250000000,"free":50000000,"buffered":10000000,"shared":1000000,"cached":30000000,"available":100000000},
        "disk":[{"mount_point":"/","filesystem":"overlay","used_bytes":1,"available_bytes":2,"used_percent":33,"size_bytes":3}],"swap":{"total":0,"free":0}},
        "dhcp_leases":[{"expiry":1761750000,"mac":"{{{Phone}}}","ip":"192.168.1.23","client_name":"{{{Owner}}}","client_id":"01:{{{Phone}}}"}],
        "neighbors":[{"mac":"{{{Phone}}}","state":"REACHABLE","interface":"br-lan","ip":"192.168.1.23"}],
        "interfaces":[
        {"name":"eth0","mac":"44:d1:fa:4b:38:43","up":true,"statistics":{"rx_bytes":900,"tx_bytes":900}},
        {"name":"wlan0","mac":"44:d1:fa:4b:38:44","up":true,"uptime":4000,"statistics":{"rx_bytes":1000,"tx_bytes":2000,"rx_errors":0},
        "wireless":{"channel":6,"country":"VN","frequency":2437,"mode":"access_point","noise":-95,"ssid":"Tam Ky WiFi","tx_power":20,
        "clients":[{"aid":1,"assoc":true,"auth":true,"authorized":true,"mac":"{{{Phone}}}","vendor":"Apple","signal":-60,"rrm":[0,0,0,0,0]},{"aid":2,"mac":"a4:cf:12:0b:d2:3f"},{"aid":3,"mac":"a4:cf:12:0b:d2:40"}]}},
        {"name":"wlan1","statistics":{"rx_bytes":10,"tx_bytes":20},"wireless":{"ssid":"Tam Ky WiFi 5","clients":[{"mac":"a4:cf:12:0b:d2:41"}]}},
        {"name":"wlan2","statistics":{"rx_bytes":7,"tx_bytes":7},"wireless":{"clients":[{"mac":"44:d1:fa:4b:38:50"}],"mode":"802.11s"}}]}
        """;

    readonly Abroad _abroad = new();

    [Fact]
    public void Clients_bytes_load_memory_and_uptime_are_read_and_nobodys_address()
    {
        Assert.Equal(
            ["wifi-1 clients 0 4 1", "wifi-1 cpu 0 25 1", "wifi-1 memory 0 60 1", "wifi-1 uptime 0 5000 1", "wifi-1 load 0 0.5 1", "wifi-1 received 0 1010 1", "wifi-1 sent 0 2020 1"],
            _abroad.Readings(Abroad.NetJson, State));
        Assert.Empty(_abroad.River.Reasons(Abroad.AccessPoint));
        Assert.Equal(0, _abroad.River.Log.TallyOf(Abroad.AccessPoint)!.UnknownFields);
    }

    [Fact]
    public void The_same_in_our_own_form_gives_the_same_readings() => Assert.Equal(
        _abroad.Readings(Abroad.NetJson, State),
        _abroad.Readings("canhlu/v1/wifi-1/up", """{"t":1761746400000,"clients":4,"cpu_pct":25,"mem_pct":60,"uptime_s":5000,"load_1":0.5,"rx_bytes":1010,"tx_bytes":2020}"""));

    [Theory]
    [InlineData("""{"type":"DeviceMonitoring","general":{"uptime":7}}""", "wifi-1 uptime 5 7 3")]
    [InlineData("""{"type":"DeviceMonitoring","general":{"local_time":1761746400},"interfaces":[{"wireless":{"mode":"access_point"}}]}""", "wifi-1 clients 0 0 1")]
    [InlineData("""{"type":"DeviceMonitoring","general":{"local_time":1761746400},"resources":{"memory":{"total":100,"free":20,"buffered":10,"cached":20}}}""", "wifi-1 memory 0 50 1")]
    public void What_is_left_out_is_not_made_up(string payload, string reading) => Assert.Equal([reading], _abroad.Readings(Abroad.NetJson, payload));

    [Theory]
    [InlineData("", "NotJson")]
    [InlineData("[]", "NotItsFormat: no object")]
    [InlineData("""{"general":{"uptime":7}}""", "NotItsFormat: type is not DeviceMonitoring")]
    [InlineData("""{"type":"DeviceConfiguration","general":{"uptime":7}}""", "NotItsFormat: type is not DeviceMonitoring")]
    [InlineData("""{"type":"DeviceMonitoring"}""", "NoValue: no field that the model knows")]
    [InlineData("""{"type":"DeviceMonitoring","general":{"uptime":"a4:cf:12:0b:d2:3e"}}""", "NotANumber: uptime_s is ***: no number")]
    [InlineData("""{"type":"DeviceMonitoring","general":{"local_time":7,"uptime":7}}""", "BadTime: local_time is 7: no seconds since 1970 in the years 2000 to 2100")]
    [InlineData("""{"type":"DeviceMonitoring","general":{"local_time":1761771600,"uptime":7}}""", "Future: local_time, to which OpenWrt adds the offset of its zone, is 0:06:59:55 ahead of our clock")]
    [InlineData("""{"type":"DeviceMonitoring","general":{"local_time":1761746400,"uptime":-7}}""", "OutOfSensorRange: uptime_s is -7: not in 0 to 1000000000")]
    [InlineData("""{"type":"DeviceMonitoring","x":[[[[[[[[1]]]]]]]]}""", "TooDeep: more than 8 levels")]
    public void What_is_no_DeviceMonitoring_is_rejected_with_its_reason(string payload, string reason) =>
        Assert.StartsWith(reason, Assert.Single(_abroad.Refused(Abroad.NetJson, payload, Abroad.AccessPoint)), StringComparison.Ordinal);

    [Fact]
    public void Of_what_is_refused_no_address_and_no_name_is_kept_wherever_it_breaks()
    {
        var whole = Encoding.UTF8.GetBytes(State);
        for (var length = 0; length < whole.Length; length++)
            _abroad.River.Take(Abroad.NetJson, whole.AsSpan(0, length));
        for (var from = 1; from < whole.Length; from++)
            _abroad.River.Take(Abroad.NetJson, whole.AsSpan(from));
        _abroad.River.Take("openwisp/a4-cf-12-0b-d2-3e/monitoring", whole);
        _abroad.River.Take("openwisp/a4cf120bd23e/monitoring", whole);
        _abroad.River.Take("openwisp/wifi-9/monitoring", whole);
        _abroad.River.Take("canhlu/v1/wifi-1/up", Encoding.UTF8.GetBytes($$"""{"t":1761746400000,"clients":"{{Phone}}","who":"{{Owner}}"}"""));
        _abroad.River.Take("elsewhere/wifi-1", whole);
        foreach (var one in _abroad.River.Log.Latest(100_000))
        {
            var kept = $"{one.Device} {one.Topic} {one.Detail} {Encoding.UTF8.GetString(one.Bytes.Span)}";
            foreach (var secret in (string[])[Phone, Phone[..8], "a4-cf-12", "a4cf12", Owner, "Lan", "192.168", "Apple", "44:d1", "0b:d2"])
                Assert.DoesNotContain(secret, kept, StringComparison.Ordinal);
        }
        Assert.Contains(_abroad.River.Log.Strangers(), one => one.Device == "wifi-9");
        Assert.DoesNotContain(_abroad.River.Log.Strangers(), one => one.Device.Contains("cf", StringComparison.Ordinal));
        Assert.NotEmpty(_abroad.River.Log.Latest(1));
    }

    [Fact]
    public void Where_it_breaks_is_told_without_the_words_that_broke_it()
    {
        const string Broken = """{"type":"DeviceMonitoring","clients":ta4:cf:12:0b:d2:3e}""";
        Assert.Equal(["NotJson: no JSON from line 0, byte 38 on"], _abroad.Refused(Abroad.NetJson, Broken, Abroad.AccessPoint));
        Assert.DoesNotContain("cf:12", Assert.Single(_abroad.Refused("canhlu/v1/wifi-1/up", Broken, Abroad.AccessPoint)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_technician_needs_is_still_there_under_the_mask()
    {
        var broken = $$$"""{"type":"DeviceMonitoring","general":{"local_time":7,"uptime":5000},"x":{"mac":"{{{Phone}}}","aid":1}}""";
        _abroad.Take(Abroad.NetJson, broken);
        var kept = Assert.Single(_abroad.River.Log.Of(Abroad.AccessPoint));
        Assert.Equal("""{"type":"DeviceMonitoring","general":{"local_time":7,"uptime":5000},"*":{"mac":"*****************","***":1}}""", Encoding.UTF8.GetString(kept.Bytes.Span));
        Assert.Equal(broken.Length, kept.Length);
    }

    [Theory]
    [InlineData("00:11:22:33:44:55", "**:**:**:**:**:**")]
    [InlineData("00-11-22-33-44-55", "*****************")]
    [InlineData("001122334455", "************")]
    [InlineData("[-36, 10.5, 1e-3, true, null]", "[-36, 10.5, 1e-3, true, null]")]
    [InlineData("{\"clients\":{\"aa\":bb:12:34}", "{\"clients\":{\"**\":**:**:**}")]
    [InlineData("17", "17")]
    [InlineData("\"Lan", "\"***")]
    [InlineData("Lan", "***")]
    public void Only_what_cannot_be_an_address_or_a_name_stays(string payload, string masked) =>
        Assert.Equal(masked, Encoding.ASCII.GetString(CanhLu.Ingest.Decoders.Mask.Payload(Encoding.UTF8.GetBytes(payload), null)));
}
