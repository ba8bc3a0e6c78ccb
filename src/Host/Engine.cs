using System.Collections.Frozen;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using CanhLu.Archive;
using CanhLu.Archive.Influx;
using CanhLu.Console;
using CanhLu.Console.Accounts;
using CanhLu.Console.Trying;
using CanhLu.Database;
using CanhLu.Duty;
using CanhLu.Host.Annotations;
using CanhLu.Host.Backtesting;
using CanhLu.Host.Canaries;
using CanhLu.Host.Sirens;
using CanhLu.Host.Heartbeats;
using CanhLu.Host.Traces;
using CanhLu.Host.Watching;
using CanhLu.Ingest;
using CanhLu.Ingest.Links;
using CanhLu.Notify;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using OpenTelemetry.Metrics;

namespace CanhLu.Host;

/// <summary>Joins the parts: who holds which end of which channel, and in which order they start.</summary>
/// <remarks>
/// <code>
///  door / broker links ──batches──▶ Archive ──pages──▶ Watch ──alarms──▶ Duty ──bell──▶ Notify
/// </code>
/// They start from the river's mouth upwards (Notify first, the way in last) and stop in reverse, so that a stop drains.
/// </remarks>
static class Engine
{
    /// <summary>A batch is what one connection read at once, some hundreds of readings: the archive's next commit waits here, not more.</summary>
    const int Batches = 256;

    /// <summary>Commits that the rules have not seen: a hundredth of a second of work each.</summary>
    const int Pages = 8;

    /// <summary>A storm of every station at once fits; when Duty is slower still, the watch waits.</summary>
    const int Alarms = 1024;

    static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(20);

    /// <summary>Builds an engine that has not started.</summary>
    /// <exception cref="NewerSchemaException">The operations store was written by a newer version.</exception>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The operations store cannot be opened.</exception>
    public static WebApplication Build(Site site, EngineOptions options, IClock clock, TimeProvider time)
    {
        Directory.CreateDirectory(options.DataFolder);
        if (site.IsDrill != (options.Mode == StoreMode.Drill))
            throw new ArgumentException("A drill's words belong to a drill's store, and no other's.", nameof(site));
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration
            .AddJsonFile("appsettings.json", optional: true)
            .AddEnvironmentVariables("CANHLU_")
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Archive:Folder"] = options.DataFolder })
            .AddInMemoryCollection(options.Settings);
        if (options.Mode == StoreMode.Drill)
            KeepToTheDrill(builder.Configuration);
        var started = false;
        Say(builder.Logging, options.Quiet, () => Volatile.Read(ref started));

        var services = builder.Services;
        services.Configure<HostOptions>(host => host.ShutdownTimeout = StopWithin);
        services.AddSingleton(clock).AddSingleton(time);
        var inForce = new SiteInForce(site);
        services.AddSingleton(inForce).AddSingleton<Func<Site>>(() => inForce.Site).AddSingleton<FilesSite>(() => inForce.Files);
        services.AddSingleton(_ => Operations.Open(Path.Combine(options.DataFolder, "operations.db"), options.Mode));

        var batches = Channel.CreateBounded<ReadingBatch>(Batches);
        var pages = Channel.CreateBounded<ReadingPage>(Pages);
        var alarms = Channel.CreateBounded<Alarm>(Alarms);
        services.AddSingleton(batches.Writer).AddSingleton(pages.Reader).AddSingleton(alarms.Writer).AddSingleton(alarms.Reader);

        services.AddNotify(builder.Configuration);
        services.AddSirens(site, builder.Configuration);
        services.AddDuty();
        services.AddSingleton<RiverNow>();
        services.AddSingleton<WatchMetrics>();
        services.AddSingleton<Watch>().AddHostedService(provider => provider.GetRequiredService<Watch>());
        services.AddSingleton<QualityNow>().AddSingleton<IQualityControl>(provider => provider.GetRequiredService<QualityNow>());
        services.AddArchive(batches, pages.Writer);
        // A drill's river is not the city's.
        if (options.Mode == StoreMode.Real)
            services.AddInflux().AddSingleton<ILineSource, DeedLines>().AddSingleton<ILineSource, DeliveryLines>().AddSingleton<ILineSource, LadderLines>();
        services.AddSingleton<MemoryRebuild>().AddHostedService(provider => provider.GetRequiredService<MemoryRebuild>());
        services.AddIngest();
        // Until the archive has numbered the series, nobody is known; MemoryRebuild hands over the site's devices before the way in opens.
        services.AddSingleton(DeviceTable.Of(site with { Devices = FrozenDictionary<string, Device>.Empty }, (_, _, _) => default));
        services.AddSingleton<IDoorMemory, DoorMemory>();
        if (site.Broker is { } broker)
        {
            services.AddSingleton<Accounts>();
            services.AddBrokerLinks(broker, site.Decoders, batches.Writer);
            services.AddSingleton<ICommandWay>(provider => ActivatorUtilities.CreateInstance<BrokerCommands>(provider, broker));
        }
        else
        {
            services.AddDoor(door => builder.Configuration.GetSection("Door").Bind(door));
            services.AddSingleton<ICommandWay, DoorCommands>();
        }

        services.AddCanary(site, options);
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<SiteFollower>(provider, options));

        services.AddSingleton(provider => new Readiness(
            [
                () => provider.GetRequiredService<ArchiveState>().Trouble,
                () => TroubleOf(provider.GetRequiredService<DutyDesk>()),
            ],
            () => inForce.Refused is { } refused
                ? ($"Cấu hình mới chưa được áp dụng: {refused}", $"The changed site is not in force: {refused}")
                : (options.NoteVi, options.NoteEn)));
        services.AddHeartbeat(builder.Configuration, site);
        services.AddAccounts(builder.Configuration, IsOnLoopback(options.Urls));
        services.AddSingleton<IBacktests, OwnBacktests>();
        services.AddConsole(provider => () => provider.GetRequiredService<RiverNow>().Stations);
        services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter("CanhLu.*").AddPrometheusExporter(exporter =>
            // Whoever asks twice in a moment is told what is so now.
            exporter.ScrapeResponseCacheDurationMilliseconds = 0)).AddOtlp(builder.Configuration, site.Id);

        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => Listen(kestrel, site, options));
        var app = builder.Build();
        inForce.Site = app.Services.GetRequiredService<Calibrations>().Into(AdoptedDevice.Into(site, app.Services.GetRequiredService<Adoptions>().InForce()));
        app.Lifetime.ApplicationStarted.Register(() => Volatile.Write(ref started, true));
        // An officer's answer to a reminder comes in by the same way as a resident's no.
        app.Services.GetRequiredService<ReplyReader>().IsTaken = (phone, text) =>
            app.Services.GetRequiredService<DutyList>().Acknowledge(text, phone) is Answer.Done or Answer.AlreadyDone;
        app.MapConsole();
        app.MapPrometheusScrapingEndpoint("/metrics");
        return app;
    }

    /// <summary>A drill has settings of its own where they are given (<c>CANHLU_DRILL_…</c>), and one message a second of every carrier: what was agreed stays the real engine's.</summary>
    static void KeepToTheDrill(ConfigurationManager configuration)
    {
        configuration.AddEnvironmentVariables("CANHLU_DRILL_");
        configuration.AddInMemoryCollection(configuration.GetSection("Carriers").GetChildren().SelectMany(carrier => new Dictionary<string, string?>
        {
            [$"{carrier.Path}:RatePerSecond"] = "1",
            [$"{carrier.Path}:Concurrency"] = "1",
        }).ToList());
    }

    static void Say(ILoggingBuilder logging, bool quiet, Func<bool> started)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-dd HH:mm:ss ";
        });
        logging.SetMinimumLevel(quiet ? LogLevel.Warning : LogLevel.Information);
        // Kestrel and the router say something for every request; what matters of them is a metric.
        // What stops a start is thrown to whoever starts it, who says it in one sentence; the framework would print it as well, three times, with its stack.
        logging.AddFilter("Microsoft", level => level >= LogLevel.Warning && started()).AddFilter("System.Net.Http", LogLevel.Warning).AddFilter("Polly", LogLevel.Error);
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
    }

    static string? TroubleOf(DutyDesk desk) =>
        desk.IsStoring ? null : "The operations store cannot be written: alarms are held, nothing is decided or sent. Make room on its disk.";

    static bool IsOnLoopback(string urls) => urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).All(url =>
        BindingAddress.Parse(url).Host is var host && (host == "localhost" || (IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(ip))));

    static void Listen(KestrelServerOptions kestrel, Site site, EngineOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = ConsoleRegistration.LargestRequest;
        foreach (var url in options.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var address = BindingAddress.Parse(url);
            if (IPAddress.TryParse(address.Host, out var ip))
                kestrel.Listen(ip, address.Port);
            else if (address.Host == "localhost")
                kestrel.ListenLocalhost(address.Port);
            else
                kestrel.ListenAnyIP(address.Port);
        }
        if (site.Broker is not null)
            return;
        kestrel.ListenDoor(options.Door);
        if (options.DoorTls is { } tls)
            kestrel.ListenDoor(tls, X509Certificate2.CreateFromPemFile(options.CertificateFile!, options.KeyFile), Authority(options.DeviceAuthorityFile));
    }

    static X509Certificate2? Authority(string? file) => file is null ? null : X509CertificateLoader.LoadCertificateFromFile(file);
}
