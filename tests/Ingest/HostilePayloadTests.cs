using System.Text;
using CanhLu.Ingest;
using Xunit;

namespace CanhLu.Tests.Ingest;

public sealed class HostilePayloadTests(ITestOutputHelper output)
{
    const int Payloads = 100_000;

    static readonly string[] Seeds =
    [
        "{\"t\":\"2025-10-29T21:00:00+07:00\",\"seq\":123,\"stage_m\":2.68,\"battery_v\":3.9,\"rssi_dbm\":-71}",
        "[{\"t\":1761746400000,\"stage_m\":2.68},{\"t\":1761746460000,\"stage_m\":2.69,\"x\":{\"y\":[1,2,{\"z\":null}]}}]",
        "{\"online\":true}",
        "offline",
        "{\"t\":1e400,\"stage_m\":-1.7976931348623157e308,\"battery_v\":5e-324}",
        "{\"t\":\"9999-12-31T23:59:59.999999999+18:00\",\"st\\u0061ge_m\":\"\\ud83d\\ude00\"}",
        "[[[[[[[[[[1]]]]]]]]]]",
    ];

    static readonly string[] Scraps =
    [
        "{", "}", "[", "]", "\"", ",", ":", "\\", "\\u", "\\ud800", "null", "true", "NaN", "-", "1e400", "1e-400", "99999999999999999999", "\"t\":", "\"stage_m\":",
        "\"2025-02-30T00:00:00Z\"", "/*", "\0", "\uFEFF", "0.", "e", "//", "\"seq\":", "-0",
    ];

    static readonly string[] Topics =
    [
        "canhlu/v1/tk-01/up", "canhlu/v1/tk-01/up", "canhlu/v1/tk-01/up", "canhlu/v1/tk-01/up", "canhlu/v1/ap-1/up", "canhlu/v1/tk-01/status",
        "canhlu/v1/tk-01/status", "canhlu/v1/nobody/up", "canhlu/v1/\u0000/up", "x",
    ];

    static readonly string[] Names = ["t", "t", "stage_m", "battery_v", "level_ft", "clients", "online", "seq", "x", "st\\u0061ge_m", ""];

    static readonly string[] Values =
    [
        "1761746400000", "1761746400000", "\"2025-10-29T21:00:00+07:00\"", "\"2025-10-29T21:00:00\"", "4102444800000", "4102444799999", "2.68", "1e400", "-0.0", "1e308",
        "2147483.6475", "2147483.647", "9.2e18", "123456789012345678", "1234567890123456789012345678901234567890", "0.0005", "-1e-400", "1e-99999", "1e2147483648",
        "null", "true", "false", "\"wet\"", "\"\\ud800\"",
    ];

    [Fact]
    public void No_payload_crashes_the_decoder_and_each_is_a_reading_or_a_named_rejection()
    {
        var seed = Environment.GetEnvironmentVariable("CANHLU_SEED") is { } given ? int.Parse(given, System.Globalization.CultureInfo.InvariantCulture) : Random.Shared.Next();
        output.WriteLine($"CANHLU_SEED={seed}");
        var random = new Random(seed);
        var river = new River();
        var batch = new ReadingBatch();
        var readings = 0;
        for (var i = 0; i < Payloads; i++)
        {
            var payload = Next(random);
            var topic = Encoding.UTF8.GetBytes(Topics[random.Next(Topics.Length)]);
            var before = Rejections(river.Log);
            int taken;
            try
            {
                taken = river.Intake.Take(topic, payload, River.Now, batch);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Seed {seed}, payload {i}: {Convert.ToHexString(payload)}", exception);
            }
            if (taken == 0)
                Assert.True(Rejections(river.Log) > before, $"Seed {seed}, payload {i} is neither: {Convert.ToHexString(payload)}");
            Assert.Equal(batch.Count, taken);
            foreach (var reading in batch.Readings)
            {
                Assert.True(double.IsFinite(reading.Value));
                Assert.InRange(reading.MeasuredAt, NodaTime.Instant.FromUtc(2000, 1, 1, 0, 0), River.Now + NodaTime.Duration.FromMinutes(2));
            }
            readings += taken;
            batch.Truncate(0);
        }
        output.WriteLine($"{readings} readings; " + string.Join(", ", Enum.GetValues<RejectionReason>().Select(reason => $"{reason} {river.Log.Total(reason)}")));
        Assert.True(readings > 1000);
    }

    static long Rejections(RejectionLog log) => Enum.GetValues<RejectionReason>().Sum(log.Total);

    static byte[] Next(Random random)
    {
        if (random.Next(10) == 0)
        {
            var noise = new byte[random.Next(200)];
            random.NextBytes(noise);
            return noise;
        }
        if (random.Next(3) == 0)
            return Encoding.UTF8.GetBytes(Json(random, 0));
        var bytes = Encoding.UTF8.GetBytes(Seeds[random.Next(Seeds.Length)]).ToList();
        for (var changes = random.Next(4); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(5))
            {
                case 0:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Scraps[random.Next(Scraps.Length)]));
                    break;
                case 1 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(random.Next(8), bytes.Count - at));
                    break;
                case 3:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    bytes.InsertRange(at, bytes[..Math.Min(bytes.Count, random.Next(1, 60))]);
                    break;
            }
        }
        return [.. bytes];
    }

    static string Json(Random random, int depth) => random.Next(depth > 0 ? 8 : 2) switch
    {
        0 => $"{{{string.Join(',', Enumerable.Range(0, random.Next(6)).Select(_ => $"\"{Names[random.Next(Names.Length)]}\":{Json(random, depth + 1)}"))}}}",
        1 => $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Json(random, depth + 1)))}]",
        _ => Values[random.Next(Values.Length)],
    };
}
