using CanhLu.Notify;
using CanhLu.Notify.Carriers;
using CanhLu.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Testing;
using Xunit;

namespace CanhLu.Tests.Notify;

/// <summary>The notify part as Host composes it, over a river's store, with carriers of the test's choice.</summary>
sealed class Engine : IAsyncDisposable, IDisposable
{
    readonly ServiceProvider _services;

    /// <param name="river">The store and the site.</param>
    /// <param name="carriers">Carriers that are not in the configuration.</param>
    /// <param name="settings">The configuration; waits are short unless it says otherwise.</param>
    /// <param name="clock">The engine's clock; null: it stands at <see cref="River.Now"/>.</param>
    public Engine(River river, ICarrier[] carriers, Dictionary<string, string?>? settings = null, IClock? clock = null)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Notify:LookEvery"] = "00:00:00.005",
                ["Notify:BackOff"] = "00:00:00.002",
                ["Notify:LongestBackOff"] = "00:00:00.020",
                ["Notify:ProbeAfter"] = "00:00:00.020",
                ["Notify:SetbackLimit"] = "1000",
            })
            .AddInMemoryCollection(settings ?? [])
            .Build();
        var services = new ServiceCollection().AddLogging().AddMetrics();
        services.AddSingleton(river.Operations);
        services.AddSingleton<Func<Site>>(() => river.Site);
        services.AddSingleton<BulletinSignal>();
        services.AddSingleton(clock ?? new FakeClock(River.Now));
        services.AddSingleton(RealTime.Provider);
        foreach (var carrier in carriers)
            services.AddSingleton(carrier);
        services.AddNotify(configuration);
        _services = services.BuildServiceProvider();
    }

    public Dispatch Dispatch => Get<Dispatch>();

    public Quiet Quiet => Get<Quiet>();

    public Ledger Ledger => Get<Ledger>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async Task<Engine> Start()
    {
        await Dispatch.StartAsync(TestContext.Current.CancellationToken);
        return this;
    }

    /// <summary>Rings the bell and waits until nothing is left to tell.</summary>
    public async Task Settle(int seconds = 30)
    {
        Get<BulletinSignal>().Ring();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), RealTime.Provider);
        await Quiet.Wait(patience.Token);
    }

    /// <summary>Waits until something is so.</summary>
    public static async Task Until(Func<bool> isSo, int seconds = 30)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), RealTime.Provider);
        while (!isSo())
            await Task.Delay(TimeSpan.FromMilliseconds(2), RealTime.Provider, patience.Token);
    }

    /// <summary>Waits for the end of an engine whose store was taken from under it.</summary>
    public async Task Die()
    {
        try
        {
            await Dispatch.StopAsync(CancellationToken.None);
            await (Dispatch.ExecuteTask ?? Task.CompletedTask);
        }
        catch (Exception)
        {
            // It died, as it was to.
        }
        await _services.DisposeAsync();
    }

    /// <summary>For an engine that was never started.</summary>
    public void Dispose() => _services.Dispose();

    public async ValueTask DisposeAsync()
    {
        await Dispatch.StopAsync(CancellationToken.None);
        if (Dispatch.ExecuteTask is { IsFaulted: true } failed)
            await failed;
        await _services.DisposeAsync();
    }
}
