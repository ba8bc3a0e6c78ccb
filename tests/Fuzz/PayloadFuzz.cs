using System.Text;
using CanhLu.FirmwareSim.Wire;
using CanhLu.Tests.Ingest;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Fuzz;

/// <summary>What devices publish. An input is a topic, a line's end, and the payload.</summary>
public sealed class PayloadFuzz(ITestOutputHelper output)
{
    const string Neighbour = "tk-02";

    static readonly (string Device, DeviceModel Model)[] Devices =
        [(River.Gauge, River.GaugeModel), (Neighbour, River.GaugeModel), ("ap-1", River.PointModel)];

    static readonly string[] Texts =
    [
        "canhlu/v1/tk-01/up\n{\"t\":\"2025-10-29T21:00:00+07:00\",\"seq\":123,\"stage_m\":2.68,\"battery_v\":3.9,\"rssi_dbm\":-71}",
        "canhlu/v1/tk-01/up\n[{\"t\":1761746400000,\"stage_m\":2.68},{\"t\":1761746400001,\"stage_m\":9.1,\"x\":{\"y\":[1,2,{\"z\":null}]}}]",
        "canhlu/v1/tk-02/up\n{\"t\":1761746400000,\"st\\u0061ge_m\":2.6805,\"level_ft\":8.8}",
        "canhlu/v1/ap-1/up\n{\"t\":1761746400000,\"clients\":31}",
        "canhlu/v1/tk-01/status\n{\"online\":true,\"t\":1761746400000}",
        "canhlu/v1/tk-02/status\noffline",
        "canhlu/v1/nobody/up\n{\"t\":1761746400000,\"stage_m\":2.68}",
        "canhlu/v1//up\n{}",
        "zigbee2mqtt/x\n{\"t\":1,\"stage_m\":2.68}",
    ];

    [Fact]
    public Task A_message_is_readings_of_its_own_device_or_a_rejection_with_its_reason()
    {
        var river = new River(new Device(Neighbour, River.GaugeModel, null, "Hai"));
        var owners = new Dictionary<SeriesId, (string Device, Field Field)>();
        foreach (var (device, model) in Devices)
        {
            foreach (var field in model.Fields)
                owners[river.SeriesOf(device, field.Quantity, field.Unit)] = (device, field);
            owners[river.SeriesOf(device, Device.Online, "1")] = (device, new Field("online", Device.Online, "1", 1, 0, 1));
        }
        var before = new Reading(new SeriesId(77), River.Now, River.Now, 1, Flag.Good);
        var batch = new ReadingBatch();
        var reasons = Enum.GetValues<RejectionReason>();
        var counts = new long[reasons.Length];
        return new Fuzzer("payload", output)
        {
            Words =
            [
                "\"t\":", "\"stage_m\":", "\"battery_v\":", "\"clients\":", "\"level_ft\":", "\"seq\":", "\"online\":", "canhlu/v1/", "tk-01", "tk-02", "ap-1", "/up", "/status", "online", "offline", "1761746400000",
                "4102444799999", "946684800000", "2147483.647", "\\u0074", "\"2025-10-29T21:00:00.1234567890123+07:00\"",
            ],
            // One look at a backlog of ten thousand elements keeps ten thousand readings of 40 bytes, in a list that doubles.
            Longest = 80 * 1024,
        }.Run(Seeds(), input =>
        {
            var end = input.AsSpan().IndexOf((byte)'\n');
            var (topic, payload) = end < 0 ? (input, []) : (input[..end], input[(end + 1)..]);
            batch.Truncate(0);
            batch.Add(before);
            for (var i = 0; i < counts.Length; i++)
                counts[i] = river.Log.Total(reasons[i]);
            var taken = river.Intake.Take(topic, payload, River.Now, batch);

            var answer = new StringBuilder(taken == 0 ? "nothing" : taken == 1 ? "one" : taken < 10 ? "some" : "many");
            for (var i = 0; i < counts.Length; i++)
                if (river.Log.Total(reasons[i]) is var now && now > counts[i])
                    answer.Append(' ').Append(reasons[i]);
            Assert.True(taken > 0 || answer.Length > "nothing".Length, "neither a reading nor a rejection");
            Assert.Equal(1 + taken, batch.Count);
            Assert.Equal(before, batch.Readings[0]);
            foreach (var reading in batch.Readings[1..])
                Sound(reading, owners, topic);
            Assert.Equal(batch.Readings[1..].ToArray().Any(reading => reading.Flag == Flag.Fail), river.Log.Total(RejectionReason.OutOfSensorRange) > counts[(int)RejectionReason.OutOfSensorRange]);
            return answer.ToString();
        });
    }

    static void Sound(in Reading reading, Dictionary<SeriesId, (string Device, Field Field)> owners, byte[] topic)
    {
        Assert.True(owners.TryGetValue(reading.Series, out var owner), "a series of nobody");
        var name = Encoding.Latin1.GetString(topic);
        Assert.True(name == Topics.Up(owner.Device) || (name == Topics.Status(owner.Device) && owner.Field.Quantity == Device.Online), $"a reading of {owner.Device} came on {name}");
        Assert.True(double.IsFinite(reading.Value));
        Assert.InRange(reading.MeasuredAt, Instant.FromUtc(2000, 1, 1, 0, 0), River.Now + Duration.FromMinutes(2));
        Assert.Equal(River.Now, reading.ReceivedAt);
        // A stage is rounded to the millimetre after its range was looked at.
        var slack = owner.Field.Unit == "mm" ? 0.5 : 0;
        var inRange = reading.Value >= owner.Field.Min * owner.Field.Scale - slack && reading.Value <= owner.Field.Max * owner.Field.Scale + slack;
        Assert.True(reading.Flag == Flag.Fail || (reading.Flag == Flag.Good && inRange), $"{reading.Value} of {owner.Field.Quantity} has the flag {reading.Flag}");
        Assert.True(owner.Field.Unit != "mm" || reading.Value == Math.Round(reading.Value), "a stage that is no whole millimetre");
    }

    /// <summary>Texts, and what the simulator's own encoder writes.</summary>
    static IEnumerable<byte[]> Seeds()
    {
        foreach (var text in Texts)
            yield return Encoding.UTF8.GetBytes(text);
        foreach (var (style, count) in new[] { (TimeStyle.Iso, 1), (TimeStyle.EpochMilliseconds, 1), (TimeStyle.EpochMilliseconds, 20) })
            yield return
            [
                .. "canhlu/v1/tk-01/up\n"u8,
                .. Payload.Encode([.. Enumerable.Range(0, count).Select(i => new Sample(River.Now - Duration.FromMinutes(10 * i), i, [new Value("stage_m", 1.5m + i / 100m), new Value("battery_v", 3.9m)]))], style),
            ];
    }
}
