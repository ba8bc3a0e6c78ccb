using CanhLu.Ingest;
using CanhLu.Ingest.Links;
using CanhLu.Notify.Sirens;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CanhLu.Host.Sirens;

/// <summary>Joins what stands for sirens with the way to them.</summary>
static class SirenRegistration
{
    /// <summary>Adds the publisher, and the line that the site has: its broker, or the door. A broker is connected to for sirens only where the site starts with some.</summary>
    public static void AddSirens(this IServiceCollection services, Site site, IConfiguration configuration)
    {
        services.AddOptions<SirenOptions>().Bind(configuration.GetSection(SirenOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SirenOptions>, SirenOptionsValidator>();
        services.AddSingleton<SirenBook>().AddSingleton<SirenMetrics>().AddSingleton<SirenPublisher>();
        services.AddHostedService(provider => provider.GetRequiredService<SirenPublisher>());
        services.TryAddSingleton<Noticeboard>();
        if (site.Broker is not { } broker)
        {
            services.AddSingleton<ISirenLine, DoorSirenLine>();
            return;
        }
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<BrokerNotices>(provider, broker, site.Id));
        services.AddSingleton<ISirenLine, BrokerSirenLine>();
        if (site.Sirens.Count > 0)
            services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<BrokerNotices>());
    }
}
