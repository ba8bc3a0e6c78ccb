using System.Collections.Immutable;
using CanhLu.Host.SiteFiles.Yaml;

namespace CanhLu.Host.SiteFiles;

/// <summary>The site so far, while its files are read: what later parts look up, and what makes the <see cref="Site"/> when nothing is wrong.</summary>
/// <param name="findings">Where errors go.</param>
/// <param name="folder">The site's folder.</param>
sealed class Draft(Findings findings, string folder)
{
    /// <summary>Where errors go.</summary>
    public Findings Findings { get; } = findings;

    /// <summary>The site's folder: paths in the site are relative to it.</summary>
    public string Folder { get; } = folder;

    /// <summary>The codes of areas.</summary>
    public Names AreaCodes { get; } = new("area", SiteFolder.SiteFile, Names.AreaForm(), Names.AreaInWords);

    /// <summary>The ids of stations.</summary>
    public Names StationIds { get; } = new("station", SiteFolder.SiteFile, Names.IdForm(), Names.IdInWords);

    /// <summary>The ids of models.</summary>
    public Names ModelIds { get; } = new("model", SiteFolder.SiteFile, Names.IdForm(), Names.IdInWords);

    /// <summary>The ids of devices.</summary>
    public Names DeviceIds { get; } = new("device", SiteFolder.SiteFile, Names.DeviceForm(), Names.DeviceInWords);

    /// <summary>The ids of rules.</summary>
    public Names RuleIds { get; } = new("rule", SiteFolder.RulesFile, Names.IdForm(), Names.IdInWords);

    /// <summary>Areas, each with its code's node.</summary>
    public List<(Area Area, Node Code)> Areas { get; } = [];

    /// <summary>The boundaries of areas by code.</summary>
    public Dictionary<string, Outline> Outlines { get; } = new(StringComparer.Ordinal);

    /// <summary>Stations in which nothing is wrong.</summary>
    public List<Station> Stations { get; } = [];

    /// <summary>Where each station's heights of beginning are written.</summary>
    public List<(string Station, Stage Raise, Section Written)> Raises { get; } = [];

    /// <summary>Models in which nothing is wrong.</summary>
    public List<DeviceModel> Models { get; } = [];

    /// <summary>Devices in which nothing is wrong.</summary>
    public List<Device> Devices { get; } = [];

    /// <summary>Quality tests in which nothing is wrong.</summary>
    public List<SeriesQuality> Quality { get; } = [];

    /// <summary>Rules in which nothing is wrong.</summary>
    public List<Rule> Rules { get; } = [];

    /// <summary>Whether every rule is known, so that what none of them needs is really needless.</summary>
    public bool RulesSound { get; set; }

    /// <summary>Whether stations, models and devices are all known.</summary>
    public bool SiteSound { get; set; }

    /// <summary>Which carriers tell which level.</summary>
    public ImmutableArray<Telling> Tellings { get; set; } = [];

    /// <summary>Who decides on what is asked.</summary>
    public ImmutableArray<Deciding> Deciding { get; set; } = [];

    /// <summary>Wordings in which nothing is wrong.</summary>
    public List<BulletinTemplate> Templates { get; } = [];

    /// <summary>The station of an id; null when it is not there or something is wrong in it.</summary>
    public Station? StationOf(string id) => Stations.Find(station => station.Id == id);
}
