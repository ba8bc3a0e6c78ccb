using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CanhLu.Console.Page;

/// <summary>What lies under the wards on the map, section <c>Map</c>. Nothing is set: plain ground, and a page that asks nobody else for anything.</summary>
public sealed class MapGround
{
    /// <summary>The section's name.</summary>
    public const string Section = "Map";

    const string Anywhere = "{s}.";

    static readonly string[] Placed = ["{z}", "{x}", "{y}"];

    /// <summary>Where tiles come from, <c>https://tiles.example.vn/{z}/{x}/{y}.png</c>; a host that begins with <c>{s}.</c> stands for a., b. and c. Not set: no tiles.
    /// Whoever opens the page reads it, a key in it too.</summary>
    public string? TileUrl { get; set; }

    /// <summary>Whose the map is, as its licence wants it said; plain text.</summary>
    public string TileAttribution { get; set; } = "";

    /// <summary>The closest zoom that the server has; closer, its tiles are stretched.</summary>
    [Range(1, 24)]
    public int Closest { get; set; } = 18;

    /// <summary>The one origin from which tiles come, as a content security policy names it; null when none is set, or what is set is no address of tiles.</summary>
    public string? Origin
    {
        get
        {
            if (TileUrl is not { } template || !Placed.All(part => template.Contains(part, StringComparison.Ordinal)))
                return null;
            var isAnywhere = template.Contains("://" + Anywhere, StringComparison.Ordinal);
            var plain = isAnywhere ? template.Replace("://" + Anywhere, "://", StringComparison.Ordinal) : template;
            // Only what a policy may be made of: a scheme, a name or an address, a port.
            return Uri.TryCreate(plain, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" && url is { UserInfo: "", HostNameType: UriHostNameType.Dns or UriHostNameType.IPv4 }
                ? $"{url.Scheme}://{(isAnywhere ? "*." : "")}{url.IdnHost}{(url.IsDefaultPort ? "" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $":{url.Port}"))}"
                : null;
        }
    }
}

/// <summary>Checks the section at start.</summary>
[OptionsValidator]
sealed partial class MapGroundValidator : IValidateOptions<MapGround>;

/// <summary>Puts what lies under the map into a host.</summary>
static class MapGroundRegistration
{
    public static void AddMapGround(this IServiceCollection services)
    {
        services.AddOptions<MapGround>().BindConfiguration(MapGround.Section)
            .Validate(
                ground => ground.TileUrl is null || ground.Origin is not null,
                "Map:TileUrl is an address with {z}, {x} and {y}, as in https://tiles.example.vn/{z}/{x}/{y}.png")
            .Validate(ground => ground.TileUrl is null || ground.TileAttribution.Length > 0, "Map:TileAttribution says whose the map is: a map without it may not be shown")
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<MapGround>, MapGroundValidator>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<MapGround>>().Value);
    }
}
