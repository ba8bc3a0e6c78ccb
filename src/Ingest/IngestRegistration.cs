using CanhLu.Ingest.Links;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CanhLu.Ingest;

/// <summary>Puts Ingest together.</summary>
public static class IngestRegistration
{
    /// <summary>Adds the intake with its log and counters. Needs a <see cref="DeviceTable"/> and an <c>IMeterFactory</c>.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="configuration">The whole configuration; its section <c>Ingest</c> is read.</param>
    public static IServiceCollection AddIngest(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<IngestOptions>().Bind(configuration.GetSection(IngestOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<IngestOptions>, IngestOptionsValidator>();
        services.AddSingleton<RejectionLog>();
        services.AddSingleton<IngestMetrics>();
        services.AddSingleton<Intake>();
        return services;
    }

    /// <summary>Adds the links to an outside broker, for a site that names one. Needs <see cref="AddIngest"/>, a <c>ChannelWriter&lt;ReadingBatch&gt;</c>, an
    /// <c>IClock</c> and a <c>TimeProvider</c>.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="broker">The site's broker.</param>
    public static IServiceCollection AddBrokerLinks(this IServiceCollection services, Broker broker)
    {
        services.AddSingleton(broker);
        services.AddHostedService<BrokerLinks>();
        return services;
    }
}
