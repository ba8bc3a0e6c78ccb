using Microsoft.Extensions.DependencyInjection;

namespace CanhLu.Console.SensorThings;

/// <summary>The SensorThings API, section <c>SensorThings</c>.</summary>
public sealed class SensorThingsOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "SensorThings";

    /// <summary>Whether everybody may read it, signed in or not; else whoever may look at the page. What it shows are stations, their devices and readings, and nobody's name.</summary>
    public bool Public { get; set; }

    /// <summary>The address by which others reach the engine, <c>https://lu.tamky.example</c>, for the links in answers; null: the address that was asked.</summary>
    public Uri? PublicUrl { get; set; }
}

/// <summary>Puts its options into a host.</summary>
static class SensorThingsRegistration
{
    public static void AddSensorThings(this IServiceCollection services) => services.AddOptions<SensorThingsOptions>().BindConfiguration(SensorThingsOptions.Section)
        .Validate(
            options => options.PublicUrl is not { } url || (url.IsAbsoluteUri && url.Scheme is "http" or "https"), "SensorThings:PublicUrl is an address, as https://lu.tamky.example")
        .ValidateOnStart();
}
