using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CanhLu.Duty;

/// <summary>Puts the part into a host.</summary>
public static class DutyRegistration
{
    /// <summary>Adds the desk (a hosted service), the decisions, the log and the changes.</summary>
    /// <remarks>The host gives an <c>Operations</c>, a <c>ChannelReader&lt;Alarm&gt;</c>, a <c>Func&lt;Site&gt;</c> that returns the site in force, an
    /// <c>IClock</c> and a <c>TimeProvider</c>. <see cref="BulletinSignal"/> is added unless another part has.</remarks>
    public static IServiceCollection AddDuty(this IServiceCollection services)
    {
        services.AddOptions<DutyOptions>().BindConfiguration(DutyOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DutyOptions>, DutyOptionsValidator>();
        services.TryAddSingleton<BulletinSignal>();
        services.TryAddSingleton<ChangeSignal>();
        services.AddSingleton<DutyMetrics>();
        services.AddSingleton<DutyLog>();
        services.AddSingleton<Decisions>();
        services.AddSingleton<Drafting>();
        services.AddSingleton<DutyList>();
        services.AddSingleton<AlarmsInHand>();
        services.AddSingleton<Handovers>();
        services.AddSingleton<Adoptions>();
        services.AddSingleton<DeviceOrders>();
        services.AddSingleton<StaffReadings>();
        services.AddSingleton<Calibrations>();
        services.AddSingleton<SiteTakeOver>();
        services.AddSingleton<Releases>();
        services.AddSingleton<CanaryCalls>();
        services.AddSingleton<DutyDesk>();
        services.AddHostedService(provider => provider.GetRequiredService<DutyDesk>());
        return services;
    }
}
