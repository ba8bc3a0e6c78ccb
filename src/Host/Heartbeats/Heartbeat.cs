using CanhLu.Console;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CanhLu.Host.Heartbeats;

/// <summary>Says to somebody outside that the engine keeps what comes in; silent while it does not. Who watches decides what silence means.</summary>
sealed class Heartbeat(IEnumerable<Beat> beats, Readiness readiness, IOptions<HeartbeatOptions> options, TimeProvider time, ILogger<Heartbeat> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(beats.Select(beat => Keep(beat, stoppingToken)));

    async Task Keep(Beat beat, CancellationToken stopping)
    {
        var isLost = false;
        using var timer = new PeriodicTimer(options.Value.Every, time);
        try
        {
            do
            {
                if (readiness.Trouble is not null)
                    continue;
                var trouble = await Tell(beat, stopping);
                if (trouble is not null && !isLost)
                    Log.HeartbeatLost(logger, trouble);
                else if (trouble is null && isLost)
                    Log.HeartbeatAgain(logger);
                isLost = trouble is not null;
            }
            while (await timer.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Told to stop.
        }
    }

    async Task<string?> Tell(Beat beat, CancellationToken stopping)
    {
        using var patience = new CancellationTokenSource(options.Value.Every, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stopping);
        try
        {
            return await beat.Tell(either.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return "no answer in time";
        }
    }
}
