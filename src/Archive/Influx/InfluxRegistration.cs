using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CanhLu.Archive.Influx;

/// <summary>Puts the copy to InfluxDB into the composition.</summary>
public static class InfluxRegistration
{
    /// <summary>Adds the follower of the archive, after <see cref="ArchiveRegistration.AddArchive"/>; options come from the section <c>Influx</c>. Every <see cref="ILineSource"/> of the
    /// composition is copied; without <see cref="InfluxOptions.Url"/> nothing is.</summary>
    public static IServiceCollection AddInflux(this IServiceCollection services)
    {
        services.AddOptions<InfluxOptions>().BindConfiguration(InfluxOptions.Section).ValidateOnStart();
        services.TryAddSingleton<IValidateOptions<InfluxOptions>, InfluxOptionsValidator>();
        services.AddSingleton<InfluxState>();
        services.AddSingleton<InfluxMetrics>();
        services.AddSingleton<InfluxLink>();
        services.AddSingleton<Positions>();
        services.AddSingleton<ParkedLines>();
        services.AddSingleton<ILineSource, ReadingLines>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<IOptions<InfluxOptions>>().Value.Url is null
            ? new Nothing()
            : ActivatorUtilities.CreateInstance<InfluxFollower>(provider));
        return services;
    }

    sealed class Nothing : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
