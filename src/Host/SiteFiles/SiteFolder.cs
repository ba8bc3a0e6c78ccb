using System.Collections.Immutable;

namespace CanhLu.Host.SiteFiles;

/// <summary>A folder that holds a site.</summary>
static class SiteFolder
{
    /// <summary>Stations, devices, areas, tellings.</summary>
    public const string SiteFile = "site.yaml";

    /// <summary>Rules.</summary>
    public const string RulesFile = "rules.yaml";

    /// <summary>Wordings.</summary>
    public const string BulletinsFile = "bulletins.yaml";

    /// <summary>The areas' polygons; may be left out.</summary>
    public const string WardsFile = "wards.geojson";

    // The shipped site has 12 KB; a site of 1,000 stations with their devices some 600 KB.
    const int LargestFile = 4 << 20;

    /// <summary>The files of a site in the order in which errors list them.</summary>
    public static ImmutableArray<string> Files { get; } = [SiteFile, RulesFile, BulletinsFile, WardsFile];

    /// <summary>The site that is meant when none is named: <c>sites/tam-ky</c> under the current directory, else beside the program.</summary>
    public static string Default()
    {
        var here = Path.Combine("sites", "tam-ky");
        return Directory.Exists(here) ? here : Path.Combine(AppContext.BaseDirectory, here);
    }

    /// <summary>The bytes of a site's file; null when it cannot be read, and then the reason is among the findings.</summary>
    public static byte[]? Read(string folder, string file, bool mayBeMissing, Findings findings)
    {
        var path = Path.Combine(folder, file);
        var place = new Place(file, 1, 1);
        try
        {
            if (!File.Exists(path))
            {
                if (!mayBeMissing)
                    findings.Add(place, "", "the file is missing", $"a site needs {SiteFile}, {RulesFile} and {BulletinsFile}: see sites/tam-ky");
                return null;
            }
            if (new FileInfo(path) is { Length: > LargestFile } large)
            {
                findings.Add(place, $"{large.Length} bytes", $"the file is larger than {LargestFile >> 20} MiB", "look whether this is the right file");
                return null;
            }
            return File.ReadAllBytes(path);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            findings.Add(place, "", $"the file cannot be read: {denied.Message}", "let the engine's account read it");
            return null;
        }
    }
}
