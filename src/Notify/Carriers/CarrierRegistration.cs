using CanhLu.Notify.Carriers.Esms;
using CanhLu.Notify.Carriers.Kannel;
using CanhLu.Notify.Carriers.SpeedSms;
using CanhLu.Notify.Carriers.Webhook;
using CanhLu.Notify.Carriers.Zalo;
using CanhLu.Notify.Carriers.ZaloOa;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CanhLu.Notify.Carriers;

/// <summary>Registers the carriers that are configured: one without a section does not exist.</summary>
public static class CarrierRegistration
{
    internal static void AddCarriers(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddCarriersWithoutStore(configuration);
        services.Add<SpeedSmsCarrier, SpeedSmsOptions, SpeedSmsOptionsValidator>(configuration.GetSection(SpeedSmsOptions.Section), SpeedSmsCarrier.Name);
        services.Add<WebhookCarrier, WebhookOptions, WebhookOptionsValidator>(configuration.GetSection(WebhookOptions.Section), WebhookCarrier.Name);
        if (configuration.GetSection(ZaloOaOptions.Section).Exists() && !configuration.GetSection(ZaloOptions.Section).Exists())
            throw new InvalidOperationException($"{ZaloOaOptions.Section} needs {ZaloOptions.Section}: app, account and tokens are the same.");
        services.Add<ZaloOaCarrier, ZaloOaOptions, ZaloOaOptionsValidator>(configuration.GetSection(ZaloOaOptions.Section), ZaloOaCarrier.Name);
        if (services.Add<ZaloCarrier, ZaloOptions, ZaloOptionsValidator>(configuration.GetSection(ZaloOptions.Section), ZaloCarrier.Name))
        {
            services.AddSingleton<ZaloTokens>();
            services.AddSingleton<ZaloTokenWatch>();
            services.AddHostedService(got => got.GetRequiredService<ZaloTokenWatch>());
        }
    }

    /// <summary>Those of them that need nothing of an engine's store: eSMS and Kannel.</summary>
    public static void AddCarriersWithoutStore(this IServiceCollection services, IConfiguration configuration)
    {
        services.Add<EsmsCarrier, EsmsOptions, EsmsOptionsValidator>(configuration.GetSection(EsmsOptions.Section), EsmsCarrier.Name);
        services.Add<KannelCarrier, KannelOptions, KannelOptionsValidator>(configuration.GetSection(KannelOptions.Section), KannelCarrier.Name);
    }

    static bool Add<TCarrier, TOptions, TValidator>(
        this IServiceCollection services, IConfigurationSection section, string carrier)
        where TCarrier : class, ICarrier
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        if (!section.Exists())
            return false;
        services.AddOptions<TOptions>().Bind(section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TOptions>, TValidator>();
        services.AddSingleton<ICarrier, TCarrier>();
        AddLink(services, carrier);
        return true;
    }

    /// <summary>The time-out is the pipeline's; the handlers' own logging would write a line per delivery, and some carriers want secrets in the address.</summary>
    static void AddLink(IServiceCollection services, string carrier) => services
        .AddHttpClient(carrier, client =>
        {
            client.Timeout = Timeout.InfiniteTimeSpan;
            client.MaxResponseContentBufferSize = 64 * 1024;
        })
        .RemoveAllLoggers()
        .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        });
}
