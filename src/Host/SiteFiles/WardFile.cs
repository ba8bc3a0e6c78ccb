using System.Text.Json;

namespace CanhLu.Host.SiteFiles;

/// <summary><c>wards.geojson</c>: a polygon for every area, where the file is there.</summary>
static class WardFile
{
    /// <summary>Checks that the file is GeoJSON and has every area's polygon.</summary>
    public static void Check(byte[] bytes, Draft draft)
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
            var codes = features.EnumerateArray().Select(Code).OfType<string>().ToHashSet(StringComparer.Ordinal);
            foreach (var (area, code) in draft.Areas.Where(area => !codes.Contains(area.Area.Code)))
                draft.Findings.Add(code, $"area {area.Code}: {SiteFolder.WardsFile} has no polygon with this code",
                    Nearest.Remedy(area.Code, [.. codes.Order(StringComparer.Ordinal)], "codes there"));
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

    static string? Code(JsonElement feature) =>
        Of(feature, "geometry") is { ValueKind: JsonValueKind.Object } && Of(Of(feature, "properties"), "code") is { ValueKind: JsonValueKind.String } code
            ? code.GetString()
            : null;

    static JsonElement Of(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) ? value : default;
}
