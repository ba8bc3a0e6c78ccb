using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CanhLu.Archive;

/// <summary>Puts the archive into the composition.</summary>
public static class ArchiveRegistration
{
    /// <summary>Adds the archive between the two channels; options come from the section <c>Archive</c>. Needs an <see cref="NodaTime.IClock"/> and a
    /// <see cref="TimeProvider"/>. When its start is over the file is open, and <see cref="SeriesBook"/> and <see cref="History"/> answer.</summary>
    /// <param name="services">The composition.</param>
    /// <param name="batches">Readings come in here. Completed by the archive at its stop, if its writers have not done so: later writes fail.</param>
    /// <param name="pages">Fresh readings go out here, after their commit; bounded. Completed when the last batch is answered.</param>
    public static IServiceCollection AddArchive(this IServiceCollection services, Channel<ReadingBatch> batches, ChannelWriter<ReadingPage> pages)
    {
        services.AddOptions<ArchiveOptions>().BindConfiguration(ArchiveOptions.Section).ValidateOnStart();
        services.TryAddSingleton<IValidateOptions<ArchiveOptions>, ArchiveOptionsValidator>();
        services.AddSingleton<ArchiveState>();
        services.AddSingleton<ArchiveMetrics>();
        services.AddSingleton<ArchiveFile>();
        services.AddSingleton<LatestReadings>();
        services.AddSingleton<OffsetChanges>();
        services.AddSingleton<Ledger>();
        services.AddSingleton<Retention>();
        services.AddSingleton<Thinning>();
        services.AddSingleton(provider => new SeriesBook(provider.GetRequiredService<ArchiveFile>()));
        services.AddSingleton(provider => new History(provider.GetRequiredService<ArchiveFile>(), provider.GetRequiredService<LatestReadings>()));
        services.AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<Archivist>(provider, batches, pages));
        return services;
    }
}
