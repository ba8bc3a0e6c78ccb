using Microsoft.Extensions.Options;

namespace CanhLu.Ingest.Links;

/// <summary>Commands by an outside broker: published there at QoS 1 with the engine's own user, which must have the right to (BROKER.md). Whether a device hears them it does not say.</summary>
/// <param name="broker">The site's broker.</param>
/// <param name="options">The knobs of the links; they hold here too.</param>
/// <param name="time">Real time.</param>
public sealed class BrokerCommands(Broker broker, IOptions<IngestOptions> options, TimeProvider time) : ICommandWay, IDisposable
{
    readonly FrontPublisher _publisher = FrontPublisher.ToBroker(broker, options.Value.Broker, "commands");

    // Two connections by one client identifier would end each other.
    readonly SemaphoreSlim _one = new(1);

    /// <inheritdoc/>
    public bool IsTold => false;

    /// <inheritdoc/>
    public async Task<(CommandFate Fate, string? Why)> Send(string device, byte[] payload, long order, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            using var patience = new CancellationTokenSource(options.Value.Broker.ConnectTimeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
            var why = await _publisher.Publish($"canhlu/v1/{device}/cmd", payload, either.Token);
            return (why is null ? CommandFate.HandedOver : CommandFate.Failed, why);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();
}
