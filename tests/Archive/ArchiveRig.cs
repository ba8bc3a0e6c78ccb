using System.Diagnostics.Metrics;
using System.Threading.Channels;
using CanhLu.Archive;
using CanhLu.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Archive;

/// <summary>A whole archive in a folder, between its two channels.</summary>
sealed class ArchiveRig : IAsyncDisposable
{
    public const string File = "readings.duckdb";

    readonly ServiceProvider _services;
    readonly IReadOnlyList<IHostedService> _loops;
    bool _stopped;

    ArchiveRig(
        string folder, Action<ArchiveOptions>? configure, TimeProvider time, IClock clock, int pages, IQualityControl? quality, Action<IServiceCollection>? beside)
    {
        Batches = Channel.CreateBounded<ReadingBatch>(64);
        Pages = Channel.CreateBounded<ReadingPage>(pages);
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddMetrics();
        services.AddLogging(logging => logging.AddProvider(Said));
        services.AddSingleton(time);
        services.AddSingleton(clock);
        if (quality is not null)
            services.AddSingleton(quality);
        services.AddArchive(Batches, Pages.Writer);
        services.Configure<ArchiveOptions>(options =>
        {
            options.Folder = folder;
            options.Reserve = 0;
            configure?.Invoke(options);
        });
        beside?.Invoke(services);
        _services = services.BuildServiceProvider();
        _loops = [.. _services.GetServices<IHostedService>()];
    }

    public Channel<ReadingBatch> Batches { get; }

    public Channel<ReadingPage> Pages { get; }

    public Said Said { get; } = new();

    public SeriesBook Book => _services.GetRequiredService<SeriesBook>();

    public History History => _services.GetRequiredService<History>();

    public IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    public ArchiveState State => _services.GetRequiredService<ArchiveState>();

    /// <summary>What is composed beside it.</summary>
    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public static async Task<ArchiveRig> Start(
        string folder, Action<ArchiveOptions>? configure = null, TimeProvider? time = null, IClock? clock = null, int pages = 1_000,
        IQualityControl? quality = null, Action<IServiceCollection>? beside = null)
    {
        var rig = new ArchiveRig(folder, configure, time ?? RealTime.Provider, clock ?? RealTime.Clock, pages, quality, beside);
        foreach (var loop in rig._loops)
            await loop.StartAsync(CancellationToken.None);
        return rig;
    }

    /// <summary>Stores readings in one batch and waits for the answer.</summary>
    public async Task<bool> Store(params IEnumerable<Reading> readings)
    {
        var batch = new ReadingBatch();
        foreach (var reading in readings)
            batch.Add(reading);
        await Batches.Writer.WriteAsync(batch);
        return await batch.Stored;
    }

    /// <summary>The readings of the pages that are waiting.</summary>
    public List<Reading> TakePages()
    {
        var readings = new List<Reading>();
        while (Pages.Reader.TryRead(out var page))
        {
            using (page)
                readings.AddRange(page.Readings);
        }
        return readings;
    }

    /// <summary>The readings of all pages of what is stored: an answer comes before its page, and the next answer after it.</summary>
    public async Task<List<Reading>> PagesOfTheStored()
    {
        Assert.True(await Store());
        return TakePages();
    }

    public async Task<List<Reading>> Everything()
    {
        var all = new List<Reading>();
        await History.Replay([], Instant.FromUtc(1970, 1, 1, 0, 0), page => all.AddRange(page));
        return all;
    }

    /// <summary>Stops it as a host would, which gives up after some seconds.</summary>
    public async Task Stop(double seconds = 10)
    {
        _stopped = true;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        foreach (var loop in _loops.Reverse())
            await loop.StopAsync(patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_stopped)
            await Stop();
        await _services.DisposeAsync();
    }
}
