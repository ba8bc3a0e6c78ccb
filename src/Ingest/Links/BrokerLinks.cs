using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace CanhLu.Ingest.Links;

/// <summary>The way in from an outside broker: as many links as the site asks for, each with a session of its own that the broker keeps while we are away.</summary>
public sealed class BrokerLinks : BackgroundService
{
    readonly BrokerLink[] _links;

    /// <summary>Makes the links; they connect when the service starts.</summary>
    /// <exception cref="ArgumentException">The broker's URL is none that we know.</exception>
    public BrokerLinks(
        Broker broker, ImmutableArray<Decoder> decoders, IOptions<IngestOptions> options, Intake intake, ChannelWriter<ReadingBatch> readings, IngestMetrics metrics, IClock clock,
        TimeProvider time, ILogger<BrokerLinks> logger)
    {
        var voice = new BrokerVoice(broker.Url, metrics, time, logger);
        _links =
        [
            .. Enumerable.Range(1, broker.Links).Select(number => new BrokerLink(
                new LinkOptions(broker, options.Value.Broker, number, decoders), options.Value.Broker, intake, readings, metrics, voice, clock, time, logger)),
        ];
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(_links.Select(link => link.Run(stoppingToken)));
}
