using System.Text.Json;
using System.Text.Json.Serialization;
using CanhLu.Archive;
using CanhLu.Console.Accounts;
using CanhLu.Console.Api;
using CanhLu.Console.Live;
using CanhLu.Console.Page;
using CanhLu.Console.SensorThings;
using CanhLu.Duty;
using CanhLu.Ingest;
using CanhLu.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CanhLu.Console;

/// <summary>Puts the part into a host: the page, the API, the live stream.</summary>
public static class ConsoleRegistration
{
    /// <summary>The largest request that is read, bytes: people send sentences, carriers send receipts.</summary>
    public const long LargestRequest = 64 * 1024;

    /// <summary>Adds the live view and how answers are written.</summary>
    /// <remarks>The host gives a <see cref="Readiness"/>, an <see cref="Trying.IBacktests"/>, a <c>Func&lt;Site&gt;</c>, a <see cref="FilesSite"/>, an <c>IClock</c>, a <c>TimeProvider</c> and the parts it shows.</remarks>
    /// <param name="services">Where to.</param>
    /// <param name="river">The stations as the rules last saw them.</param>
    public static IServiceCollection AddConsole(this IServiceCollection services, Func<IServiceProvider, Func<IReadOnlyList<StationNow>>> river)
    {
        services.AddProblemDetails();
        services.AddSingleton<LateLog>();
        services.AddSingleton(provider => river(provider));
        services.AddMapGround();
        services.AddPressing();
        services.AddSensorThings();
        services.AddOpenApi();
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter());
            options.SerializerOptions.Converters.Add(new InstantJson());
        });
        // A view for requests and one for the stream: each belongs to one reader at a time.
        services.AddScoped(View);
        services.AddSingleton(provider => new LiveFeed(
            View(provider), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<Microsoft.Extensions.Logging.ILogger<LiveFeed>>()));
        services.AddHostedService(provider => provider.GetRequiredService<LiveFeed>());
        return services;

        DeskView View(IServiceProvider provider) => new(
            provider.GetRequiredService<Func<Site>>(), river(provider), provider.GetRequiredService<DutyLog>(), provider.GetRequiredService<DutyList>(), provider.GetRequiredService<CanhLu.Notify.Reaches>(), provider.GetRequiredService<Releases>(), provider.GetRequiredService<CanhLu.Notify.Ledger>(),
            provider.GetRequiredService<History>(), provider.GetRequiredService<SeriesBook>(), provider.GetRequiredService<RejectionLog>(),
            provider.GetRequiredService<Readiness>(), provider.GetRequiredService<IClock>(), provider.GetRequiredService<TimeProvider>());
    }

    /// <summary>Maps every address of the part.</summary>
    public static void MapConsole(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseAccounts();
        app.UsePressing();
        var api = app.MapGroup("/api").WithTags("Canh Lũ");
        api.MapStations();
        api.MapReadingFiles();
        api.MapTides();
        api.MapExplain();
        api.MapMap();
        api.MapMaintenance();
        api.MapDuty();
        api.MapAlarms();
        api.MapHandovers();
        api.MapRules();
        api.MapTrials();
        api.MapBacktests();
        api.MapInstallation();
        api.MapBackups();
        api.MapDrafting();
        api.MapDutyList();
        api.MapReleases();
        api.MapTelling();
        api.MapOutcomes();
        api.MapCarriers();
        api.MapSirens();
        api.MapCanary();
        api.MapRoster();
        api.MapSms();
        api.MapDevices();
        api.MapDeviceAccounts();
        api.MapAdoptions();
        api.MapDeviceOrders();
        api.MapDeviceMessages();
        api.MapStaff();
        api.MapCalibrations();
        api.MapLive();
        api.MapAccounts();
        app.MapCap(app.Services.GetRequiredService<IClock>().GetCurrentInstant());
        app.MapSensorThings();
        app.MapCallbacks();
        app.MapHealth();
        app.MapOpenApi("/openapi/v1.json");
        app.MapWebPage(app.Services.GetRequiredService<MapGround>());
    }
}
