using CanhLu.Console.Accounts;
using CanhLu.Console.Keeping;
using CanhLu.Console.Page;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CanhLu.Console.Api;

/// <summary>What is installed here.</summary>
static class InstallationRoutes
{
    sealed record InstallationView(
        string Version, string Site, string Name, string Zone, bool Drill, bool AccountsOpen, string? Broker, string? Tiles, int Stations, int Devices, int Sirens, int Areas, int Rules, int Templates);

    public static void MapInstallation(this IEndpointRouteBuilder api) => api
        .MapGet("/installation", (Func<Site> site, AccountMode mode, MapGround ground) =>
        {
            var current = site();
            return new InstallationView(
                Installed.Version, current.Id, current.Name, current.Zone.Id, current.IsDrill, mode.IsOpen, current.Broker?.Url, ground.Origin, current.Stations.Length, current.Devices.Count, current.Sirens.Count, current.Areas.Count, current.Rules.Length,
                current.Templates.Length);
        })
        .WithSummary("The program's version, and the size of the site that it watches.");
}
