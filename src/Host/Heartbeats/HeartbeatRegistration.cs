using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Options;

namespace CanhLu.Host.Heartbeats;

/// <summary>Lets the engine say that it lives: to systemd where that started it, and to an address where one is set.</summary>
static class HeartbeatRegistration
{
    public static void AddHeartbeat(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<HeartbeatOptions>().Bind(configuration.GetSection(HeartbeatOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<HeartbeatOptions>, HeartbeatOptionsValidator>();
        services.AddHttpClient(Heartbeat.Client, client => client.Timeout = Timeout.InfiniteTimeSpan).RemoveAllLoggers();
        services.AddHostedService<Heartbeat>();
        services.AddSingleton<ISystemdNotifier, SystemdNotifier>();
        services.AddHostedService<SystemdPulse>();
    }
}
