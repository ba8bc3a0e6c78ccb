using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace CanhLu.Console.SensorThings;

/// <summary>The kinds of entity of the SensorThings API, as their sets are called in addresses.</summary>
enum EntitySet
{
    /// <summary>Stations.</summary>
    Things,

    /// <summary>Where they stand.</summary>
    Locations,

    /// <summary>Where they stood: a station does not move, so there are none.</summary>
    HistoricalLocations,

    /// <summary>Series of the devices at a station.</summary>
    Datastreams,

    /// <summary>The devices.</summary>
    Sensors,

    /// <summary>Quantities.</summary>
    ObservedProperties,

    /// <summary>Readings.</summary>
    Observations,

    /// <summary>The river at a station.</summary>
    FeaturesOfInterest,
}

/// <summary>A way from an entity to others.</summary>
/// <param name="Name">Its name in addresses.</param>
/// <param name="To">Where it leads.</param>
/// <param name="IsMany">Whether to a set, not to one.</param>
sealed record Navigation(string Name, EntitySet To, bool IsMany);

/// <summary>What the entities of each set have. Source: OGC 18-088, chapter 8, the sensing entities.</summary>
static class Shape
{
    static readonly FrozenDictionary<EntitySet, Navigation[]> Ways = new Dictionary<EntitySet, Navigation[]>
    {
        [EntitySet.Things] = [Many(EntitySet.Locations), Many(EntitySet.HistoricalLocations), Many(EntitySet.Datastreams)],
        [EntitySet.Locations] = [Many(EntitySet.Things), Many(EntitySet.HistoricalLocations)],
        [EntitySet.HistoricalLocations] = [One("Thing", EntitySet.Things), Many(EntitySet.Locations)],
        [EntitySet.Datastreams] = [One("Thing", EntitySet.Things), One("Sensor", EntitySet.Sensors), One("ObservedProperty", EntitySet.ObservedProperties), Many(EntitySet.Observations)],
        [EntitySet.Sensors] = [Many(EntitySet.Datastreams)],
        [EntitySet.ObservedProperties] = [Many(EntitySet.Datastreams)],
        [EntitySet.Observations] = [One("Datastream", EntitySet.Datastreams), One("FeatureOfInterest", EntitySet.FeaturesOfInterest)],
        [EntitySet.FeaturesOfInterest] = [Many(EntitySet.Observations)],
    }.ToFrozenDictionary();

    static readonly FrozenDictionary<EntitySet, string[]> Names = new Dictionary<EntitySet, string[]>
    {
        [EntitySet.Things] = ["name", "description", "properties"],
        [EntitySet.Locations] = ["name", "description", "encodingType", "location", "properties"],
        [EntitySet.HistoricalLocations] = ["time"],
        [EntitySet.Datastreams] = ["name", "description", "observationType", "unitOfMeasurement", "observedArea", "phenomenonTime", "resultTime", "properties"],
        [EntitySet.Sensors] = ["name", "description", "encodingType", "metadata", "properties"],
        [EntitySet.ObservedProperties] = ["name", "definition", "description", "properties"],
        [EntitySet.Observations] = ["phenomenonTime", "result", "resultTime", "resultQuality", "validTime", "parameters"],
        [EntitySet.FeaturesOfInterest] = ["name", "description", "encodingType", "feature", "properties"],
    }.ToFrozenDictionary();

    public static IReadOnlyList<Navigation> WaysOf(EntitySet set) => Ways[set];

    public static IReadOnlyList<string> PropertiesOf(EntitySet set) => Names[set];

    public static Navigation? Way(EntitySet from, string name) => Array.Find(Ways[from], way => way.Name == name);

    public static bool HasProperty(EntitySet set, string name) => name is "id" or "@iot.id" or "@iot.selfLink" or "selfLink" || Names[set].Contains(name);

    public static bool TryRead(string name, [NotNullWhen(true)] out EntitySet? set)
    {
        set = Enum.TryParse<EntitySet>(name, out var read) && read.ToString() == name ? read : null;
        return set is not null;
    }

    static Navigation Many(EntitySet to) => new(to.ToString(), to, IsMany: true);

    static Navigation One(string name, EntitySet to) => new(name, to, IsMany: false);
}
