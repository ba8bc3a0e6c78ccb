using System.Collections.Immutable;
using System.Threading.Channels;
using CanhLu.Ingest.Links;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CanhLu.Ingest;

/// <summary>Puts Ingest into the composition.</summary>
public static class IngestRegistration
{
    /// <summary>Adds the intake with its log and its counters; options come from the section <c>Ingest</c>. Needs a <see cref="DeviceTable"/> (a site's, with the
    /// Archive's series) and an <c>IMeterFactory</c>.</summary>
    /// <param name="services">The composition.</param>
    public static IServiceCollection AddIngest(this IServiceCollection services)
    {
        services.AddOptions<IngestOptions>().BindConfiguration(IngestOptions.Section).ValidateOnStart();
        services.TryAddSingleton<IValidateOptions<IngestOptions>, IngestOptionsValidator>();
        services.AddSingleton<RejectionLog>();
        services.AddSingleton<IngestMetrics>();
        services.AddSingleton<Intake>();
        return services;
    }

    /// <summary>Adds the links to an outside broker, for a site that names one. Needs <see cref="AddIngest"/>, an <see cref="NodaTime.IClock"/> and a
    /// <see cref="TimeProvider"/>.</summary>
    /// <param name="services">The composition.</param>
    /// <param name="broker">The site's broker.</param>
    /// <param name="decoders">The site's decoders: what they read is subscribed as well.</param>
    /// <param name="readings">The Archive's channel.</param>
    public static IServiceCollection AddBrokerLinks(this IServiceCollection services, Broker broker, ImmutableArray<Decoder> decoders, ChannelWriter<ReadingBatch> readings)
    {
        services.AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<BrokerLinks>(provider, broker, decoders, readings));
        return services;
    }
}
