using CanhLu.Ingest;
using CanhLu.Ingest.Links;
using CanhLu.Notify.Canaries;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CanhLu.Host.Canaries;

/// <summary>Joins the canary with the way in that the site has.</summary>
static class CanaryRegistration
{
    static readonly string Topic = $"canhlu/v1/{Canary.Id}/up";

    /// <summary>Adds the watch, which does nothing while the site has no canary.</summary>
    public static void AddCanary(this IServiceCollection services, Site site, EngineOptions options)
    {
        services.AddSingleton<CanaryLetters>().AddSingleton<CanaryState>();
        services.AddSingleton<IHostedService>(provider =>
        {
            var front = site.Broker is { } broker
                ? FrontPublisher.ToBroker(broker, provider.GetRequiredService<IOptions<IngestOptions>>().Value.Broker, Canary.Id)
                : FrontPublisher.ToDoor(options.Door, Canary.Id, Secret(provider.GetRequiredService<Accounts>()));
            Func<byte[], CancellationToken, Task<string?>> publish = (payload, cancellation) => front.Publish(Topic, payload, cancellation);
            var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            provider.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(started.SetResult);
            return ActivatorUtilities.CreateInstance<CanaryWatch>(provider, publish, started.Task);
        });
    }

    /// <summary>The engine's own account at its door: a secret that nobody knows, new with every start.</summary>
    static Func<string> Secret(Accounts accounts)
    {
        string? secret = null;
        return () =>
        {
            if (secret is null)
            {
                accounts.Revoke(Canary.Id, "engine");
                secret = accounts.AddDevice(Canary.Id, "engine");
            }
            return secret;
        };
    }
}
