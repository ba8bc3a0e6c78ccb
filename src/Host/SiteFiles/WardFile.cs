using System.Collections.Immutable;
using System.Text.Json;
using CanhLu.Host.SiteFiles.Yaml;
using CanhLu.Notify.Cap;

namespace CanhLu.Host.SiteFiles;

/// <summary><c>wards.geojson</c>: a polygon for every area, where the file is there.</summary>
/// <remarks>GeoJSON (RFC 7946): longitude before latitude, WGS 84. Of a polygon the outer ring is read.</remarks>
static class WardFile
{
    /// <summary>Checks that the file is GeoJSON and has every area's polygon, and reads them.</summary>
    public static void Read(byte[] bytes, Draft draft)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("features", out var features) ||
                features.ValueKind != JsonValueKind.Array)
            {
                Wrong(1, 1, "the file has no list of features", "write a GeoJSON FeatureCollection");
                return;
            }
            var geometries = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
            foreach (var feature in features.EnumerateArray())
                if (Code(feature) is { } found)
                    geometries.TryAdd(found, feature.GetProperty("geometry"));
            var codes = geometries.Keys;
            foreach (var (area, code) in draft.Areas.Where(area => !codes.Contains(area.Area.Code)))
                draft.Findings.Add(code, $"area {area.Code}: {SiteFolder.WardsFile} has no polygon with this code",
                    Nearest.Remedy(area.Code, [.. codes.Order(StringComparer.Ordinal)], "codes there"));
            foreach (var (area, code) in draft.Areas)
                if (geometries.TryGetValue(area.Code, out var geometry))
                    Take(area.Code, code, geometry, draft);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            var json = wrong as JsonException;
            var (line, column) = ((int)(json?.LineNumber ?? 0) + 1, (int)(json?.BytePositionInLine ?? 0) + 1);
            Wrong(line, column, "the file is not JSON", "write a GeoJSON FeatureCollection");
        }

        void Wrong(int line, int column, string message, string remedy) =>
            draft.Findings.Add(new(SiteFolder.WardsFile, line, column), "", message, remedy);
    }

    static void Take(string code, Node at, JsonElement geometry, Draft draft)
    {
        try
        {
            var coordinates = geometry.GetProperty("coordinates");
            ImmutableArray<ImmutableArray<Position>> parts = geometry.GetProperty("type").GetString() switch
            {
                "Polygon" => [Ring(coordinates)],
                "MultiPolygon" => [.. coordinates.EnumerateArray().Select(Ring)],
                _ => [],
            };
            var outline = new Outline(parts);
            if (parts.IsEmpty || AreaShape.Trouble(outline) is not null)
                Wrong(AreaShape.Trouble(outline) ?? "is no polygon");
            else
                draft.Outlines[code] = outline;
        }
        catch (Exception wrong) when (wrong is KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            Wrong("is no polygon");
        }

        void Wrong(string what) => draft.Findings.Add(at, $"area {code}: its boundary in {SiteFolder.WardsFile} {what}",
            "write a Polygon or MultiPolygon of [longitude, latitude] pairs, WGS 84, each ring ending where it began");
    }

    static ImmutableArray<Position> Ring(JsonElement polygon) =>
        [.. polygon.EnumerateArray().First().EnumerateArray().Select(pair => new Position(pair[1].GetDouble(), pair[0].GetDouble()))];

    static string? Code(JsonElement feature) =>
        Of(feature, "geometry") is { ValueKind: JsonValueKind.Object } && Of(Of(feature, "properties"), "code") is { ValueKind: JsonValueKind.String } code
            ? code.GetString()
            : null;

    static JsonElement Of(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) ? value : default;
}
