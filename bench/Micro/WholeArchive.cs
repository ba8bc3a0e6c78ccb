using System.Threading.Channels;
using CanhLu.Archive;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NodaTime;

namespace CanhLu.Bench;

/// <summary>The archive as the engine composes it, in a folder of its own, between its two channels; what it passes on to the rules is taken and let go.</summary>
sealed class WholeArchive : IDisposable
{
    readonly Channel<ReadingBatch> _batches = Channel.CreateBounded<ReadingBatch>(64);
    readonly Channel<ReadingPage> _pages = Channel.CreateBounded<ReadingPage>(8);
    readonly ServiceProvider _services;
    readonly IReadOnlyList<IHostedService> _loops;
    readonly Task _passing;
    readonly ReadingBatch _batch = new(1 << 16);

    public WholeArchive(string folder)
    {
        var services = new ServiceCollection().AddLogging().AddMetrics();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton(RealTime.Provider).AddSingleton<IClock>(new Ours());
        services.AddArchive(_batches, _pages.Writer);
        // What stands alone does not wait for others: one batch is one commit.
        services.Configure<ArchiveOptions>(options => (options.Folder, options.CommitDelay) = (folder, TimeSpan.Zero));
        _services = services.BuildServiceProvider();
        _loops = [.. _services.GetServices<IHostedService>()];
        foreach (var loop in _loops)
            loop.StartAsync(default).GetAwaiter().GetResult();
        _passing = Task.Run(async () =>
        {
            await foreach (var page in _pages.Reader.ReadAllAsync())
                page.Dispose();
        });
    }

    public SeriesBook Book => _services.GetRequiredService<SeriesBook>();

    public History History => _services.GetRequiredService<History>();

    /// <summary>Stores readings in one commit; they are on disk when it returns.</summary>
    public async Task Store(Reading[] readings)
    {
        foreach (ref readonly var reading in readings.AsSpan())
            _batch.Add(reading);
        await _batches.Writer.WriteAsync(_batch);
        if (!await _batch.Stored)
            throw new InvalidOperationException("Not stored.");
        _batch.Clear();
    }

    public void Dispose()
    {
        foreach (var loop in _loops.Reverse())
            loop.StopAsync(default).GetAwaiter().GetResult();
        _passing.GetAwaiter().GetResult();
        _services.Dispose();
    }

    sealed class Ours : IClock
    {
        public Instant GetCurrentInstant() => Instant.FromDateTimeOffset(RealTime.Provider.GetUtcNow());
    }
}
