using System.Text;
using CanhLu.Ingest;
using CanhLu.Ingest.Links;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Options;

namespace CanhLu.Host.Heartbeats;

/// <summary>Lets the engine say that it lives: to systemd where that started it, to an address and over MQTT where that is set.</summary>
static class HeartbeatRegistration
{
    public static void AddHeartbeat(this IServiceCollection services, IConfiguration configuration, Site site)
    {
        services.AddOptions<HeartbeatOptions>().Bind(configuration.GetSection(HeartbeatOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<HeartbeatOptions>, HeartbeatOptionsValidator>();
        services.AddHttpClient(HttpBeat.Client, client => client.Timeout = Timeout.InfiniteTimeSpan).RemoveAllLoggers();
        services.AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<Heartbeat>(provider, Beats(provider, site)));
        services.AddSingleton<ISystemdNotifier, SystemdNotifier>();
        services.AddHostedService<SystemdPulse>();
    }

    static IEnumerable<Beat> Beats(IServiceProvider provider, Site site)
    {
        var options = provider.GetRequiredService<IOptions<HeartbeatOptions>>().Value;
        if (options.Url is { } url)
            yield return new Beat(ActivatorUtilities.CreateInstance<HttpBeat>(provider, url).Tell);
        if (options.Mqtt)
            yield return new Beat(ActivatorUtilities.CreateInstance<MqttBeat>(provider, Publisher(provider, site), site.Id).Tell);
    }

    static Func<string, byte[], CancellationToken, Task<string?>> Publisher(IServiceProvider provider, Site site)
    {
        if (site.Broker is { } broker)
            return FrontPublisher.ToBroker(broker, provider.GetRequiredService<IOptions<IngestOptions>>().Value.Broker, "heartbeat").Publish;
        var door = provider.GetRequiredService<Door>();
        return (topic, payload, _) =>
        {
            door.Tell(Encoding.UTF8.GetBytes(topic), payload);
            return Task.FromResult<string?>(null);
        };
    }
}
