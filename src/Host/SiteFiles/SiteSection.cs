using System.Collections.Frozen;
using CanhLu.Host.SiteFiles.Yaml;
using NodaTime;

namespace CanhLu.Host.SiteFiles;

/// <summary><c>site.yaml</c> as a whole.</summary>
static class SiteSection
{
    static readonly Duration LongestTolerance = Duration.FromDays(1);
    static readonly Duration ShortestValidity = Duration.FromMinutes(1);
    static readonly Duration LongestValidity = Duration.FromDays(7);

    /// <summary>Reads the file; null when something in it is wrong. Rules and wordings are still missing from what it returns.</summary>
    public static Site? Read(Section section, Draft draft)
    {
        if (!section.Readable)
            return null;
        var ids = new Names("site", SiteFolder.SiteFile, Names.IdForm(), Names.IdInWords);
        var id = ids.Take(section);
        var name = section.Text("name");
        var zone = Zone(section);
        var tolerance = section.Length("future_tolerance", Duration.Zero, LongestTolerance);
        var (warning, allClear) = Validity(section);
        var broker = BrokerSection.Read(section, draft);
        var sender = PublicSenderSection.Read(section);
        TellingList.Read(section, draft);
        DecidingList.Read(section, draft);

        // In the order in which they refer to each other; a list that is not there refers nobody.
        AreaList.Read(section, draft);
        draft.AreaCodes.Listed = section.Optional("areas") is Node.List;
        StationList.Read(section, draft);
        ModelList.Read(section, draft);
        draft.ModelIds.Listed = section.Optional("models") is Node.List;
        DeviceList.Read(section, draft);
        draft.DeviceIds.Listed = section.Optional("devices") is Node.List;
        var decoders = DecoderList.Read(section, draft, section.Has("broker"));
        var sirens = SirenList.Read(section, draft);
        var canary = CanarySection.Read(section, draft);
        QualityList.Read(section, draft);
        foreach (var key in (ReadOnlySpan<string>)["areas", "stations"])
            if (section.Optional(key) is Node.List { Items.IsEmpty: true } empty)
                section.Wrong(empty, $"{key} is an empty list", "a site has at least one");
        section.Done();

        draft.SiteSound = section.Sound;
        return !section.Sound ? null : new()
        {
            Id = id!,
            Name = name!,
            Zone = zone!,
            Broker = broker,
            PublicSender = sender,
            Areas = draft.Areas.ToFrozenDictionary(area => area.Area.Code, area => area.Area, StringComparer.Ordinal),
            Stations = [.. draft.Stations],
            Devices = (canary is null ? draft.Devices : [.. draft.Devices, Canary.Device]).ToFrozenDictionary(device => device.Id, StringComparer.Ordinal),
            Decoders = decoders,
            Sirens = sirens,
            Canary = canary,
            Quality = [.. draft.Quality],
            Rules = [],
            Templates = [],
            Tellings = draft.Tellings,
            Deciding = draft.Deciding,
            WarningValidFor = warning!.Value,
            AllClearValidFor = allClear!.Value,
            FutureTolerance = tolerance!.Value,
        };
    }

    static (Duration? Warning, Duration? AllClear) Validity(Section site)
    {
        if (site.Within("validity", "validity") is not { } section)
            return (null, null);
        var warning = section.Length("warning", ShortestValidity, LongestValidity);
        var allClear = section.Length("all_clear", ShortestValidity, LongestValidity);
        section.Done();
        return (warning, allClear);
    }

    static DateTimeZone? Zone(Section site)
    {
        if (site.Single("zone") is not { } written)
            return null;
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(written.Text) is { } zone)
            return zone;
        var near = Nearest.Of(written.Text, DateTimeZoneProviders.Tzdb.Ids);
        site.Wrong(written, "zone is no time zone", near is null ? "write an id of the tz database: Asia/Ho_Chi_Minh" : $"did you mean {near}?");
        return null;
    }
}
