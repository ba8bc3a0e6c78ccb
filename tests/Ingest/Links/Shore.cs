using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using CanhLu.Ingest;
using CanhLu.Ingest.Links;
using CanhLu.Tests.Support;
using Microsoft.Extensions.Options;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using NodaTime;
using NodaTime.Testing;
using Xunit;

namespace CanhLu.Tests.Ingest.Links;

/// <summary>An engine's side of a broker, and gauges on the other side of it.</summary>
sealed class Shore(Mosquitto mosquitto, River? river = null) : IAsyncDisposable
{
    readonly River _river = river ?? new River();
    readonly List<BrokerLinks> _running = [];
    long _next = 1_700_000_000_000;

    public HeldArchive Archive { get; private set; } = new();

    public Lines<BrokerLinks> Log { get; } = new();

    public Meters Meters => _river.Meters;

    public BrokerOptions Knobs { get; } = new() { RetryFirst = TimeSpan.FromMilliseconds(20), RetryAtMost = TimeSpan.FromMilliseconds(200) };

    public Broker Broker { get; set; } = new(mosquitto.Url, "canhlu-test", null, 1, 1000, null, null);

    /// <summary>When the last reading that was published was measured.</summary>
    public Instant LastPublished => Instant.FromUnixTimeMilliseconds(_next - 1);

    /// <summary>What a gauge shows at a broker that wants certificates.</summary>
    public string? GaugeCertificate { get; set; }

    public SeriesId Online => _river.SeriesOf(River.Gauge, Device.Online, "1");

    public async Task<BrokerLinks> Open(bool awaitLinks = true)
    {
        var up = Log.Of(1000).Length;
        var links = new BrokerLinks(
            Broker, _river.Decoders, Options.Create(new IngestOptions { Broker = Knobs }), _river.Intake, Archive.Writer, _river.Metrics, new FakeClock(River.Now),
            RealTime.Provider, Log);
        await links.StartAsync(TestContext.Current.CancellationToken);
        _running.Add(links);
        if (awaitLinks)
            await Eventually.True(() => Log.Of(1000).Length == up + Broker.Links, "the links stand");
        return links;
    }

    public async Task Close(BrokerLinks links)
    {
        await links.StopAsync(CancellationToken.None);
        links.Dispose();
        _running.Remove(links);
    }

    /// <summary>Another archive with the same memory of nothing, for an engine that starts anew.</summary>
    public async Task NewArchive()
    {
        await Archive.DisposeAsync();
        Archive = new HeldArchive();
    }

    /// <summary>A gauge that publishes readings, each at a time of its own, and has the broker's word for all of them.</summary>
    public async Task Publish(int count, MqttQualityOfServiceLevel qos = MqttQualityOfServiceLevel.AtLeastOnce)
    {
        using var gauge = await Connect();
        foreach (var some in Enumerable.Range(0, count).Chunk(500))
            await Task.WhenAll(some.Select(_ => gauge.PublishStringAsync(
                "canhlu/v1/tk-01/up", string.Create(CultureInfo.InvariantCulture, $"{{\"t\":{_next++},\"stage_m\":2.5}}"), qos)));
        await gauge.DisconnectAsync();
    }

    public async Task Say(string topic, string payload, bool retain = false)
    {
        using var gauge = await Connect();
        await gauge.PublishStringAsync(topic, payload, MqttQualityOfServiceLevel.AtLeastOnce, retain);
        await gauge.DisconnectAsync();
    }

    public async ValueTask DisposeAsync()
    {
        var stops = _running.Select(links => links.StopAsync(CancellationToken.None)).ToArray();
        await Archive.DisposeAsync();
        await Task.WhenAll(stops);
        Meters.Dispose();
    }

    async Task<IMqttClient> Connect()
    {
        var gauge = new MqttClientFactory().CreateMqttClient();
        var options = new MqttClientOptionsBuilder().WithTcpServer("localhost", mosquitto.Port).WithProtocolVersion(MqttProtocolVersion.V500);
        if (GaugeCertificate is { } file)
            options.WithTlsOptions(tls => tls
                .UseTls()
                .WithCertificateValidationHandler(_ => true)
                .WithClientCertificates([X509Certificate2.CreateFromPemFile(file, file)]));
        await gauge.ConnectAsync(options.Build());
        return gauge;
    }
}
