using System.Text;
using CanhLu.Tests.Ingest;
using CanhLu.Tests.Ingest.Decoders;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Fuzz;

/// <summary>What other servers publish for devices. An input is a topic, a line's end, and the payload.</summary>
public sealed class DecoderFuzz(ITestOutputHelper output)
{
    static readonly string[] Addresses = [NetJsonTests.Phone, "a4:cf:12", "0b:d2:3e", "a4cf120bd23e", NetJsonTests.Owner];

    static readonly (string Device, DeviceModel Model)[] Devices =
        [(River.Gauge, River.GaugeModel), ("ap-1", River.PointModel), (Abroad.Gauge, River.GaugeModel), (Abroad.AccessPoint, Abroad.WiFiModel), (Abroad.Camera, Abroad.CameraModel)];

    static readonly string[] Texts =
    [
        $"{Abroad.ChirpStack}\n{UplinkTests.Event}",
        $"{Abroad.TheThings}\n{UplinkTests.Message}",
        $"{Abroad.NetJson}\n{NetJsonTests.State}",
        $"{Abroad.SenML}\n[{{\"bn\":\"urn:dev:ow:10e2073a01080063:\",\"bt\":1761746400,\"bu\":\"m\",\"bv\":0.5,\"n\":\"stage\",\"v\":2.18}},{{\"n\":\"battery\",\"u\":\"V\",\"t\":-5,\"v\":3.4}},{{\"n\":\"stage\",\"vb\":true}}]",
        $"{Abroad.SenML}\n[{{\"n\":\"stage\",\"v\":2.5}},{{\"n\":\"stage\",\"t\":-10,\"vs\":\"wet\"}},{{\"bver\":10,\"n\":\"rssi_dbm\",\"u\":\"dBm\",\"v\":-71,\"s\":1}}]",
        "canhlu/v1/tk-01/senml\n[{\"n\":\"stage_m\",\"t\":1761746400,\"v\":2.68}]",
        "lora/lora-1/up\n{\"time\":\"2025-10-29T14:00:00Z\",\"object\":{\"stage_m\":2.68,\"\\u0062attery_v\":3.9}}",
        "lora/lora-1/join\n{}",
        "frigate/bach_dang/person\n3",
        "frigate/cam-1/status/detect\nonline",
        "frigate/available\noffline",
        "frigate/yard/person\n1",
        "frigate/events\n{\"type\":\"new\"}",
        $"openwisp/{NetJsonTests.Phone}/monitoring\n{{\"type\":\"DeviceMonitoring\",\"general\":{{\"uptime\":7}}}}",
    ];

    [Fact]
    public Task A_foreign_message_is_readings_of_its_own_device_or_a_rejection_or_rightly_ignored_and_gives_no_resident_away()
    {
        var abroad = new Abroad();
        var river = abroad.River;
        var owners = Devices.SelectMany(one => one.Model.Fields.Append(new Field("online", Device.Online, "1", 1, 0, 1)).Select(field => (one.Device, Field: field)))
            .ToDictionary(one => river.SeriesOf(one.Device, one.Field.Quantity, one.Field.Unit));
        var before = new Reading(new SeriesId(77), River.Now, River.Now, 1, Flag.Good);
        var batch = new ReadingBatch();
        var reasons = Enum.GetValues<RejectionReason>();
        var counts = new long[reasons.Length];
        return new Fuzzer("decoder", output)
        {
            Words =
            [
                .. UplinkTests.Event.Split('"'), .. UplinkTests.Message.Split('"'), .. NetJsonTests.State.Split('"'),
                "\"bn\":", "\"bt\":", "\"bu\":", "\"bv\":", "\"n\":", "\"u\":", "\"v\":", "\"t\":", "\"vs\":", "\"vb\":", "\"s\":", "\"bver\":", "stage", "battery", "268435456", "-268435456", "1e308",
                "9223372036854.775807", "frigate/", "/status/detect", "/person", "senml/", "openwisp/", "\\ud800", "\\u0074ime", ":", "/", "{device}",
            ],
            // As for our own payloads: a rejection may keep 2 KiB of it four times.
            Longest = 80 * 1024,
        }.Run(Texts.Select(Encoding.UTF8.GetBytes), input =>
        {
            var end = input.AsSpan().IndexOf((byte)'\n');
            var (topic, payload) = end < 0 ? (input, []) : (input[..end], input[(end + 1)..]);
            batch.Truncate(0);
            batch.Add(before);
            for (var i = 0; i < counts.Length; i++)
                counts[i] = river.Log.Total(reasons[i]);
            var ignored = Ignored(river);
            var taken = river.Intake.Take(topic, payload, River.Now, batch);

            var isRefused = false;
            var answer = new StringBuilder(taken == 0 ? "nothing" : taken == 1 ? "one" : taken < 10 ? "some" : "many");
            for (var i = 0; i < counts.Length; i++)
            {
                if (river.Log.Total(reasons[i]) == counts[i])
                    continue;
                answer.Append(' ').Append(reasons[i]);
                isRefused = true;
            }
            if (Ignored(river) > ignored)
                answer.Append(" ignored");
            Assert.True(taken > 0 || answer.Length > "nothing".Length, "neither a reading nor a rejection nor ignored");
            Assert.Equal(1 + taken, batch.Count);
            Assert.Equal(before, batch.Readings[0]);
            foreach (var reading in batch.Readings[1..])
            {
                Assert.True(owners.TryGetValue(reading.Series, out var owner), "a series of nobody");
                Assert.True(double.IsFinite(reading.Value));
                Assert.InRange(reading.MeasuredAt, Instant.FromUtc(2000, 1, 1, 0, 0), River.Now + Duration.FromMinutes(2));
                Assert.Equal(River.Now, reading.ReceivedAt);
                Assert.True(owner.Field.Unit != "mm" || reading.Value == Math.Round(reading.Value), "a stage that is no whole millimetre");
                Assert.True(owner.Device == Abroad.Camera || !topic.AsSpan().StartsWith("frigate/"u8), "Frigate spoke for something else than a camera");
            }
            if (isRefused && topic.AsSpan().StartsWith("openwisp/"u8) && river.Log.Latest(1) is [var last])
            {
                var kept = $"{last.Detail} {Encoding.Latin1.GetString(last.Bytes.Span)}";
                Assert.All(Addresses, address => Assert.DoesNotContain(address, kept, StringComparison.OrdinalIgnoreCase));
                Assert.DoesNotContain(NetJsonTests.Phone, $"{last.Device} {last.Topic}", StringComparison.OrdinalIgnoreCase);
            }
            return answer.ToString();
        });
    }

    static long Ignored(River river) => Enum.GetValues<PayloadFormat>().Sum(format => river.Meters[$"canhlu.ingest.ignored {format}"]);
}
