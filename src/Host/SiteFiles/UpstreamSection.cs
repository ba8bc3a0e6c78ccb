using CanhLu.Host.SiteFiles.Yaml;
using NodaTime;

namespace CanhLu.Host.SiteFiles;

/// <summary>The section <c>upstream</c> of a station: which station is above it, and how far away in time.</summary>
static class UpstreamSection
{
    const string Learned = "learned";

    static readonly Duration Longest = Duration.FromHours(24);

    /// <summary>Reads the section of a station; null when there is none or something is wrong. Whether the upper station is there is seen when all are known.</summary>
    public static Upstream? Read(Section station)
    {
        if (station.WithinOrNone("upstream", $"{station.What}, upstream") is not { } section)
            return null;
        var above = section.Single("station");
        Duration? travel = section.Single("travel") is null or { Text: Learned } ? null : section.Length("travel", Duration.Zero, Longest);
        section.Done();
        return section.Sound ? new(above!.Text, travel) : null;
    }

    /// <summary>Notes an upper station that is not there, or is the station itself.</summary>
    public static void Check(Section station, string? id, Draft draft)
    {
        if (station.Optional("upstream") is not Node.Map map)
            return;
        var section = new Section(draft.Findings, map, $"{station.What}, upstream");
        if (draft.StationIds.Refer(section, "station", section.SingleOrNone("station")) is { } above && above == id)
            section.WrongAt("station", "a station is not above itself", "name the station above it, or take upstream out");
    }
}
