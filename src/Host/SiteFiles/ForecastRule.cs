using NodaTime;

namespace CanhLu.Host.SiteFiles;

/// <summary>A rule of the type <c>forecast</c>.</summary>
static class ForecastRule
{
    static readonly Duration ShortestLook = Duration.FromMinutes(15);
    static readonly Duration LongestLook = Duration.FromHours(48);

    /// <summary>Reads the keys of a forecast; null when something is wrong.</summary>
    public static Rule.Forecast? Read(Section section, Head head, Draft draft)
    {
        var stations = draft.StationIds.ReferAll(section, "stations", required: false);
        foreach (var (id, written) in stations)
            if (draft.StationOf(id) is { Ladders.IsEmpty: true })
                section.Wrong(written, $"station {id} has no alarm levels", $"take it out, or give it ladders in {SiteFolder.SiteFile}");
            else if (draft.SiteSound && !draft.Devices.Exists(device => device.Station == id && device.Model.Kind == DeviceKind.Gauge))
                section.Wrong(written, $"no gauge measures at station {id}", $"take it out, or give it a gauge in {SiteFolder.SiteFile}");
        if (head.Policy == Policy.Auto)
            section.WrongAt("policy", "what is only expected is never told without a person", "write ask or desk");
        var level = section.Word("level", Words.Levels);
        var lead = section.Length("lead", ShortestLook, LongestLook);
        var horizon = section.Length("horizon", ShortestLook, LongestLook);
        var hold = section.Length("hold", Duration.Zero, LongestLook);
        if (lead > horizon)
            section.WrongAt("horizon", "it is shorter than lead", $"write at least {Values.Written(lead.Value)}");
        return section.Sound
            ? new(head.Id, head.Name, head.Policy, [.. stations.Select(station => station.Id)], level!.Value, lead!.Value, horizon!.Value, hold!.Value)
            : null;
    }
}
