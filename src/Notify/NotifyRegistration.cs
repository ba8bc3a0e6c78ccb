using CanhLu.Database;
using CanhLu.Notify.Cap;
using CanhLu.Notify.Carriers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace CanhLu.Notify;

/// <summary>Registers this part.</summary>
public static class NotifyRegistration
{
    /// <summary>Adds the roster, the outbox, the couriers of the carriers that are configured, and the hosted <see cref="Dispatch"/>.</summary>
    /// <param name="services">Must have (or get) <see cref="Operations"/>, <see cref="Func{Site}"/> of <see cref="Site"/> (the site in force),
    /// <see cref="BulletinSignal"/>, <see cref="IClock"/> and <see cref="TimeProvider"/>.</param>
    /// <param name="configuration">Section <c>Notify</c> and those under <c>Carriers</c>; a carrier without a section does not exist.</param>
    public static IServiceCollection AddNotify(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<NotifyOptions>().Bind(configuration.GetSection(NotifyOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<NotifyOptions>, NotifyOptionsValidator>();
        services.TryAddSingleton<Func<double>>(_ => Random.Shared.NextDouble);
        services.AddSingleton<NotifyMetrics>();
        services.TryAddSingleton<ChangeSignal>();
        services.AddSingleton(_ => SmsTerms.Of(configuration));
        services.AddSingleton<Roster>();
        services.AddSingleton<OptOuts>();
        services.AddSingleton<ReplyBook>();
        services.AddSingleton<ReplyReader>();
        services.AddSingleton<Replies>();
        services.AddSingleton(got => new Reaches(
            got.GetRequiredService<Operations>(), got.GetRequiredService<Func<Site>>(), got.GetServices<ICarrier>(), got.GetRequiredService<Routes>(), got.GetRequiredService<Governor>(),
            got.GetRequiredService<SmsTerms>(), got.GetRequiredService<IOptions<NotifyOptions>>(), got.GetRequiredService<IClock>()));
        services.AddSingleton<Ledger>();
        services.AddSingleton<Outcomes>();
        services.AddSingleton<DeliveryMinutes>();
        services.AddSingleton<Ways>();
        services.AddSingleton(got => new Quiet(
            got.GetRequiredService<Operations>(), got.GetRequiredService<Plans>(), got.GetRequiredService<Governor>(), got.GetRequiredService<ChangeSignal>(),
            got.GetRequiredService<TimeProvider>()));
        services.AddSingleton<DueClock>();
        services.AddSingleton<Governor>();
        services.AddSingleton<Bulletins>();
        services.AddSingleton<Routes>();
        services.AddSingleton<Outbox>();
        services.AddSingleton<Plans>();
        services.AddSingleton<Silences>();
        services.AddSingleton(got => new BackOff(Knobs(got).BackOff, Knobs(got).LongestBackOff, got.GetRequiredService<Func<double>>()));
        services.AddSingleton(got => new Settling(
            got.GetRequiredService<Outbox>(), Knobs(got), got.GetRequiredService<NotifyMetrics>(), got.GetRequiredService<ChangeSignal>(),
            got.GetRequiredService<TimeProvider>(), got.GetRequiredService<ILogger<Settling>>()));
        services.AddSingleton(got => new Planner(
            got.GetRequiredService<Plans>(), got.GetRequiredService<Governor>(), got.GetRequiredService<Outbox>(), got.GetRequiredService<Silences>(),
            got.GetRequiredService<ReplyReader>(), Knobs(got), got.GetRequiredService<NotifyMetrics>(), got.GetRequiredService<ChangeSignal>(),
            got.GetRequiredService<TimeProvider>(), got.GetRequiredService<ILogger<Planner>>()));
        services.AddSingleton(got => new Callbacks(
            got.GetServices<ICarrier>(), got.GetRequiredService<Settling>(), got.GetRequiredService<ReplyBook>(), got.GetRequiredService<NotifyMetrics>(),
            got.GetRequiredService<TimeProvider>(), got.GetRequiredService<ILogger<Callbacks>>()));
        services.AddSingleton(got => new Dispatch(
            got.GetServices<ICarrier>(), got.GetRequiredService<Outbox>(), got.GetRequiredService<Planner>(), got.GetRequiredService<Settling>(),
            got.GetRequiredService<Bulletins>(), got.GetRequiredService<AllowanceWatch>(), got.GetRequiredService<BackOff>(),
            got.GetRequiredService<NotifyMetrics>(), got.GetRequiredService<ChangeSignal>(), got.GetRequiredService<BulletinSignal>(), got.GetRequiredService<IOptions<NotifyOptions>>(),
            got.GetRequiredService<IClock>(), got.GetRequiredService<TimeProvider>(), got.GetRequiredService<ILogger<Dispatch>>()));
        services.AddSingleton(got => new CostBook(got.GetRequiredService<Operations>(), got.GetRequiredService<Bulletins>(), got.GetRequiredService<IOptions<NotifyOptions>>()));
        services.AddSingleton<AllowanceWatch>();
        services.AddHostedService(got => got.GetRequiredService<AllowanceWatch>());
        services.AddHostedService(got => got.GetRequiredService<Dispatch>());
        services.AddCap(configuration);
        services.AddCarriers(configuration);
        return services;
    }

    static NotifyOptions Knobs(IServiceProvider services) => services.GetRequiredService<IOptions<NotifyOptions>>().Value;
}
