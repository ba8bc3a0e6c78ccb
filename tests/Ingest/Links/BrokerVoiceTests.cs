using System.Buffers;
using System.Text;
using CanhLu.Ingest.Links;
using CanhLu.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CanhLu.Tests.Ingest.Links;

public sealed class BrokerVoiceTests
{
    readonly River _river = new();
    readonly FakeTimeProvider _time = new();
    readonly Lines<BrokerVoice> _log = new();
    readonly BrokerVoice _voice;

    public BrokerVoiceTests() => _voice = new BrokerVoice("mqtt://x", _river.Metrics, _time, _log);

    [Fact]
    public void Drops_are_told_once_a_minute_with_all_that_came_together_since()
    {
        Hear(BrokerVoice.Dropped, "0");
        Assert.Empty(_log.Of(1004));
        Hear(BrokerVoice.Dropped, "7");
        Hear(BrokerVoice.Dropped, "9");
        Hear(BrokerVoice.Dropped, "20");
        Assert.Contains("dropped 7 messages since it last told", Assert.Single(_log.Of(1004)), StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromMinutes(1));
        Hear(BrokerVoice.Dropped, "21");
        Assert.Contains("dropped 14 messages", _log.Of(1004)[1], StringComparison.Ordinal);
        Assert.Equal(21, _river.Meters["canhlu.ingest.broker.dropped"]);
    }

    [Fact]
    public void A_count_that_falls_is_that_of_a_broker_started_anew()
    {
        Hear(BrokerVoice.Dropped, "500");
        Hear(BrokerVoice.Dropped, "3");
        Assert.Equal(503, _river.Meters["canhlu.ingest.broker.dropped"]);
        Assert.Contains("500 messages since it was started", Assert.Single(_log.Of(1004)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_is_told_when_it_changes_and_nonsense_is_not_told()
    {
        Hear(BrokerVoice.Version, "mosquitto version 2.0.11");
        Hear(BrokerVoice.Version, "mosquitto version 2.0.11");
        Hear(BrokerVoice.Dropped, "many");
        Hear(BrokerVoice.Dropped, "");
        Hear("$SYS/broker/uptime", "5 seconds");
        Assert.Single(_log.Of(1005));
        Assert.Empty(_log.Of(1004));
    }

    void Hear(string topic, string payload) => _voice.Hear(topic, new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(payload)));
}
