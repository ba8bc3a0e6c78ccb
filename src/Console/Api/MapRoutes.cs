using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CanhLu.Console.Page;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CanhLu.Console.Api;

/// <summary>Where the site's stations, areas and reservoirs lie.</summary>
static class MapRoutes
{
    const string GeoJson = "application/geo+json";

    /// <summary>Tiles are a member of our own, which RFC 7946 allows.</summary>
    sealed record Features(
        string Type, [property: JsonPropertyName("features")] ImmutableArray<Feature> All,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Tiles? Tiles);

    sealed record Tiles(string Url, string Attribution, int Closest);

    sealed record Feature(string Type, string Id, Geometry? Geometry, Properties Properties);

    /// <summary>A point is one position, a polygon of several parts four deep: only the type says which.</summary>
    sealed record Geometry(string Type, object Coordinates);

    sealed record Properties(
        string Kind, string Name,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? River = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Code = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImmutableArray<string>? Areas = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImmutableArray<string>? Stations = null);

    public static void MapMap(this IEndpointRouteBuilder api) =>
        api.MapGet("/map", (Func<Site> site, MapGround ground) => Results.Json(Of(site(), ground), contentType: GeoJson))
            .WithSummary("The site as GeoJSON (RFC 7946): stations in the order along the river, areas with their boundaries, reservoirs.")
            .WithDescription(
                "kind is station, area or reservoir. A station names the areas that its bulletins are for, a reservoir the stations below it. What the site does not " +
                "place has no geometry: an area without a boundary, and every reservoir. tiles says where the pictures under the wards come from, when the operator has set a server.");

    static Features Of(Site site, MapGround ground) => new(
        "FeatureCollection",
        [
            .. site.Stations.Select(station => Placed(
                station.Id, new Geometry("Point", Pair(new Position(station.Latitude, station.Longitude))),
                new Properties("station", station.Name, River: station.River, Areas: station.Areas))),
            .. site.Areas.Values.OrderBy(area => area.Code, StringComparer.Ordinal).Select(area => Placed(
                area.Code, site.Outlines.GetValueOrDefault(area.Code) is { } outline ? Shape(outline) : null, new Properties("area", area.Name, Code: area.Code))),
            .. site.Rules.OfType<Rule.Release>().GroupBy(rule => rule.Source).Select(rules => Placed(
                rules.Key, null, new Properties("reservoir", rules.First().Reservoir, Stations: [.. rules.SelectMany(rule => rule.Stations).Distinct()]))),
        ],
        ground.TileUrl is { } url ? new Tiles(url, ground.TileAttribution, ground.Closest) : null);

    static Feature Placed(string id, Geometry? geometry, Properties properties) => new("Feature", id, geometry, properties);

    static Geometry Shape(Outline outline) => new("MultiPolygon", outline.Parts.Select(ring => new[] { ring.Select(Pair).ToArray() }).ToArray());

    static double[] Pair(Position at) => [at.Longitude, at.Latitude];
}
