using System.Text;
using CanhLu.FirmwareSim.Wire;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Simulators;

public sealed class PayloadTests
{
    static readonly Instant At = Instant.FromUtc(2025, 10, 29, 14, 0);

    static readonly Sample Gauge = new(At, 123, [new("stage_m", 2.680m), new("battery_v", 3.90m), new("rssi_dbm", -71)]);

    [Fact]
    public void One_sample_is_an_object_with_the_time_of_Viet_Nam() =>
        Assert.Equal(
            """{"t":"2025-10-29T21:00:00+07:00","seq":123,"stage_m":2.68,"battery_v":3.9,"rssi_dbm":-71}""", Text([Gauge], TimeStyle.Iso));

    [Fact]
    public void Several_samples_are_an_array() =>
        Assert.Equal(
            """[{"t":1761746400000,"seq":123,"stage_m":2.68,"battery_v":3.9,"rssi_dbm":-71},{"t":1761746400250,"stage_m":-0.005}]""",
            Text([Gauge, new(At + Duration.FromMilliseconds(250), null, [new("stage_m", -0.005m)])], TimeStyle.EpochMilliseconds));

    [Fact]
    public void A_time_between_seconds_keeps_its_milliseconds() =>
        Assert.StartsWith("""{"t":"2025-10-29T21:00:00.25+07:00",""", Text([Gauge with { At = At + Duration.FromMilliseconds(250) }], TimeStyle.Iso));

    [Fact]
    public void No_samples_are_no_message() => Assert.Throws<ArgumentException>(() => Payload.Encode([], TimeStyle.Iso));

    static string Text(Sample[] samples, TimeStyle style) => Encoding.UTF8.GetString(Payload.Encode(samples, style));
}
