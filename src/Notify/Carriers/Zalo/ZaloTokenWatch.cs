using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace CanhLu.Notify.Carriers.Zalo;

/// <summary>Keeps the chain of tokens alive through the dry season, when nothing is sent for longer than a refresh token lasts; and says so in time when it cannot.</summary>
sealed class ZaloTokenWatch(ZaloTokens tokens, IOptions<ZaloOptions> options, IClock clock, TimeProvider time, ILogger<ZaloTokenWatch> log) : BackgroundService
{
    static readonly TimeSpan LookEvery = TimeSpan.FromHours(1);
    static readonly Duration SayEvery = Duration.FromDays(1);

    (string Code, Instant At)? _said;

    /// <summary>Looks once: renews what is old, and says what must be said, once a day.</summary>
    public async Task Look(CancellationToken stopping)
    {
        var now = clock.GetCurrentInstant();
        if (now - tokens.RenewedAt >= Duration.FromTimeSpan(options.Value.RenewEvery))
            await tokens.RenewInTime(stopping).ConfigureAwait(false);
        if (tokens.Concern is not { } concern)
            _said = null;
        else if (_said is not { } said || said.Code != concern.Code || now - said.At >= SayEvery)
        {
            Log.TokenConcern(log, ZaloCarrier.Name, concern.Code, concern.Reason, concern.By, concern.Remedy);
            _said = (concern.Code, now);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ticks = new PeriodicTimer(LookEvery, time);
        do
            await Look(stoppingToken).ConfigureAwait(false);
        while (await ticks.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }
}
