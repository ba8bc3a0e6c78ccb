using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CanhLu.Notify.Cap;

/// <summary>Registers the publishing of alerts.</summary>
static class CapRegistration
{
    /// <summary>Adds the book of what was published and the hosted <see cref="CapPublisher"/>.</summary>
    public static void AddCap(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<CapOptions>().Bind(configuration.GetSection(CapOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<CapOptions>, CapOptionsCheck>();
        services.AddSingleton<CapBook>();
        services.AddSingleton<CapPublisher>();
        services.AddHostedService(got => got.GetRequiredService<CapPublisher>());
    }
}
