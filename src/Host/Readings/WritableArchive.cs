using System.Threading.Channels;
using CanhLu.Archive;
using CanhLu.Host.Watching;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using NodaTime;

namespace CanhLu.Host.Readings;

/// <summary>The archive of an engine that is not running, opened to be added to: the engine's own writer, with nobody who judges behind it.</summary>
sealed class WritableArchive : IAsyncDisposable
{
    /// <summary>Batches that wait for the next commit.</summary>
    const int Batches = 4;

    /// <summary>Commits whose readings have not been counted.</summary>
    const int Pages = 8;

    /// <summary>The disk may be slow, and a database opened anew; what lasts longer is trouble.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    readonly ServiceProvider _services;
    readonly IReadOnlyList<IHostedService> _loops;
    readonly Channel<ReadingBatch> _batches = Channel.CreateBounded<ReadingBatch>(Batches);
    readonly ArchiveState _state;
    readonly TimeProvider _time;
    readonly Task<long> _stored;
    long? _troubleSince;
    Task<long>? _closing;

    WritableArchive(string folder, IClock clock, TimeProvider time)
    {
        var pages = Channel.CreateBounded<ReadingPage>(Pages);
        var services = new ServiceCollection();
        services.AddSingleton(ProgramSettings.Read(KeyValuePair.Create<string, string?>("Archive:Folder", folder)));
        services.AddMetrics().AddLogging().AddSingleton(clock).AddSingleton(time);
        services.AddSingleton<QualityNow>().AddSingleton<IQualityControl>(provider => provider.GetRequiredService<QualityNow>());
        services.AddArchive(_batches, pages.Writer);
        _services = services.BuildServiceProvider();
        _loops = [.. _services.GetServices<IHostedService>()];
        _state = _services.GetRequiredService<ArchiveState>();
        _time = time;
        Book = _services.GetRequiredService<SeriesBook>();
        Quality = _services.GetRequiredService<QualityNow>();
        KeepFor = Duration.FromTimeSpan(_services.GetRequiredService<IOptions<ArchiveOptions>>().Value.KeepFor);
        _stored = Counted(pages.Reader);
    }

    /// <summary>Its series.</summary>
    public SeriesBook Book { get; }

    /// <summary>Who flags what is stored; nobody until it has adopted a control.</summary>
    public QualityNow Quality { get; }

    /// <summary>What the writer adds to what it is given.</summary>
    public Offsets Offsets => _services.GetRequiredService<OffsetChanges>().InForce;

    /// <summary>What was received longer ago is deleted by the engine.</summary>
    public Duration KeepFor { get; }

    /// <summary>Opens the archive in a folder; makes it when it is not there.</summary>
    /// <exception cref="ArchiveRefusedException">It cannot be used.</exception>
    public static async Task<WritableArchive> Open(string folder, IClock clock, TimeProvider time, CancellationToken cancellation)
    {
        var archive = new WritableArchive(folder, clock, time);
        try
        {
            foreach (var loop in archive._loops)
                await loop.StartAsync(cancellation);
            return archive;
        }
        catch
        {
            await archive._services.DisposeAsync();
            throw;
        }
    }

    /// <summary>Gives a batch to the writer; it is on disk when this completes.</summary>
    /// <exception cref="ArchiveNotReadyException">The archive cannot be written; the message says why.</exception>
    public async Task Store(ReadingBatch batch, CancellationToken cancellation)
    {
        await _batches.Writer.WriteAsync(batch, cancellation);
        var stored = batch.Stored.AsTask();
        while (await Task.WhenAny(stored, Task.Delay(LookEvery, _time, cancellation)) != stored)
        {
            cancellation.ThrowIfCancellationRequested();
            if (_state.Trouble is not { } trouble)
                _troubleSince = null;
            else if (_time.GetElapsedTime(_troubleSince ??= _time.GetTimestamp()) >= Patience)
                throw new ArchiveNotReadyException(trouble);
        }
        if (!await stored)
            throw new ArchiveNotReadyException(_state.Trouble ?? "The archive was closed.");
        batch.Clear();
    }

    /// <summary>Closes it.</summary>
    /// <returns>How many readings were stored, repeats not counted.</returns>
    public Task<long> Close() => _closing ??= CloseAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Close();
        await _services.DisposeAsync();
    }

    async Task<long> CloseAsync()
    {
        _batches.Writer.TryComplete();
        foreach (var loop in _loops.Reverse())
            await loop.StopAsync(CancellationToken.None);
        return await _stored;
    }

    static async Task<long> Counted(ChannelReader<ReadingPage> pages)
    {
        var count = 0L;
        await foreach (var page in pages.ReadAllAsync())
            using (page)
                count += page.Readings.Length;
        return count;
    }
}
