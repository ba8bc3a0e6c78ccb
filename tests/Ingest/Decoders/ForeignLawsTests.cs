using System.Text;
using Xunit;

namespace CanhLu.Tests.Ingest.Decoders;

public sealed class ForeignLawsTests
{
    readonly Abroad _abroad = new();

    [Fact]
    public void Good_messages_of_each_language_allocate_nothing()
    {
        var messages = new (string Topic, string Payload, int Readings)[]
        {
            (Abroad.ChirpStack, UplinkTests.Event, 3),
            (Abroad.TheThings, UplinkTests.Message, 3),
            (Abroad.SenML, """[{"bn":"urn:dev:ow:10e2073a01080063:","bt":1761746400,"bv":0.5,"n":"stage","u":"m","v":2.18},{"n":"batt\u0065ry","u":"V","v":3.4}]""", 2),
            (Abroad.NetJson, NetJsonTests.State, 7),
            ("frigate/bach_dang/person", "3", 1),
            ("frigate/available", "online", 1),
        }.Select(one => (Topic: Encoding.UTF8.GetBytes(one.Topic), Payload: Encoding.UTF8.GetBytes(one.Payload), one.Readings)).ToArray();
        var batch = new ReadingBatch(64);
        long Run(int times)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < times; i++)
            {
                foreach (var (topic, payload, readings) in messages)
                    if (_abroad.River.Intake.Take(topic, payload, River.Now, batch) != readings)
                        throw new InvalidOperationException(Encoding.UTF8.GetString(topic));
                batch.Truncate(0);
            }
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Run(100);
        // As in MessageTests: what allocates for each message shows in every run.
        Assert.Equal(0, Enumerable.Range(0, 5).Min(_ => Run(2_000)));
    }

    [Fact]
    public void What_was_in_the_batch_before_a_bad_message_stays_and_of_the_bad_one_nothing()
    {
        Assert.Equal(3, _abroad.Take(Abroad.ChirpStack, UplinkTests.Event));
        foreach (var (topic, payload) in ((string, string)[])[(Abroad.ChirpStack, UplinkTests.Event), (Abroad.TheThings, UplinkTests.Message), (Abroad.NetJson, NetJsonTests.State),
            (Abroad.SenML, """[{"n":"stage","v":1},{"n":"stage","t":-1,"v":1}]""")])
        {
            Assert.Equal(0, _abroad.Take(topic, payload.TrimEnd()[..^1]));
            Assert.Equal(0, _abroad.Take(topic, payload + "x"));
        }
        Assert.Equal(3, _abroad.River.Batch.Count);
        Assert.Equal(8, _abroad.River.Log.Total(RejectionReason.NotJson));
    }

    [Fact]
    public void Bytes_that_are_no_UTF_8_are_no_JSON_even_where_nobody_looks()
    {
        byte[] payload = [.. """{"time":"2025-10-29T14:00:00Z","object":{"level":{"value":2.5}},"devAddr":" """u8, 0xC3, 0x28, .. "\"}"u8];
        Assert.Equal(0, _abroad.River.Take(Abroad.ChirpStack, payload));
        Assert.Equal([RejectionReason.NotJson], _abroad.River.Reasons(Abroad.Gauge));
    }

    [Fact]
    public void What_is_refused_of_a_gauge_is_kept_as_it_came()
    {
        _abroad.Take(Abroad.ChirpStack, "{\"time\":\"2025-10-29T14:00:00Z\",\"object\":{\"level\":{\"value\":\"2.68 m\"}}}");
        Assert.Contains("2.68 m", Encoding.UTF8.GetString(Assert.Single(_abroad.River.Log.Of(Abroad.Gauge)).Bytes.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_decoder_holds_from_the_next_message_on()
    {
        Assert.Equal(3, _abroad.Take(Abroad.ChirpStack, UplinkTests.Event));
        _abroad.River.Intake.Adopt(new River().Devices);
        Assert.Equal(0, _abroad.Take(Abroad.ChirpStack, UplinkTests.Event));
        Assert.Equal([RejectionReason.UnknownTopic], _abroad.River.Reasons(""));
    }
}
