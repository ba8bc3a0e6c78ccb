using System.Threading.Channels;
using CanhLu.Ingest;
using CanhLu.Ingest.Links;
using CanhLu.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Xunit;

namespace CanhLu.Tests.Ingest;

public sealed class CompositionTests
{
    [Fact]
    public void The_registrations_give_one_intake_and_the_links_of_the_sites_broker()
    {
        using var services = Services(new() { ["Ingest:Broker:Password"] = "river-7", ["Ingest:Broker:SessionExpiry"] = "1.00:00:00" });
        Assert.Same(services.GetRequiredService<Intake>(), services.GetRequiredService<Intake>());
        Assert.Single(services.GetServices<IHostedService>().OfType<BrokerLinks>());
        var options = services.GetRequiredService<IOptions<IngestOptions>>().Value.Broker;
        Assert.Equal(("river-7", TimeSpan.FromDays(1)), (options.Password!.Reveal(), options.SessionExpiry));
    }

    [Fact]
    public void Wrong_knobs_are_told_all_at_once()
    {
        using var services = Services(new() { ["Ingest:Broker:KeepAlive"] = "00:00:00", ["Ingest:Broker:SessionExpiry"] = "-1" });
        var refused = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<IngestOptions>>().Value);
        Assert.Contains("KeepAlive", refused.Message, StringComparison.Ordinal);
        Assert.Contains("SessionExpiry", refused.Message, StringComparison.Ordinal);
    }

    static ServiceProvider Services(Dictionary<string, string?> knobs)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(knobs).Build());
        services.AddLogging();
        services.AddMetrics();
        services.AddSingleton(RealTime.Clock);
        services.AddSingleton(RealTime.Provider);
        services.AddSingleton(_ => new River().Devices);
        services.AddIngest();
        services.AddBrokerLinks(new Broker("mqtt://127.0.0.1", "x", null, 2, 10, null, null), [], Channel.CreateBounded<ReadingBatch>(1).Writer);
        return services.BuildServiceProvider();
    }
}
