using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;

namespace CanhLu.Host.Heartbeats;

/// <summary>Tells systemd that the engine is ready, that it stops, and in between that it lives, twice as often as its <c>WatchdogSec</c> wants it: one that hangs is killed and started again.</summary>
/// <remarks>Nothing where systemd did not start it. Source: systemd, sd_notify(3) and sd_watchdog_enabled(3).</remarks>
sealed class SystemdPulse(ISystemdNotifier notifier, IHostApplicationLifetime lifetime, TimeProvider time) : BackgroundService
{
    static readonly ServiceState Alive = new("WATCHDOG=1");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!notifier.IsEnabled)
            return;
        using var ready = lifetime.ApplicationStarted.Register(() => notifier.Notify(ServiceState.Ready));
        using var stopping = lifetime.ApplicationStopping.Register(() => notifier.Notify(ServiceState.Stopping));
        if (!long.TryParse(Environment.GetEnvironmentVariable("WATCHDOG_USEC"), CultureInfo.InvariantCulture, out var microseconds) || microseconds <= 0)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }
        using var timer = new PeriodicTimer(TimeSpan.FromMicroseconds(microseconds / 2), time);
        try
        {
            do
                notifier.Notify(Alive);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Told to stop.
        }
    }
}
