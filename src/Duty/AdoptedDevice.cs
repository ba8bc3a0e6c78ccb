using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;

namespace CanhLu.Duty;

/// <summary>A device that a person took in beside those of the site's files, in force until it is let go.</summary>
public sealed record AdoptedDevice
{
    const int LongestId = 64;

    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>The device's id on the wire.</summary>
    public required string Device { get; init; }

    /// <summary>What sort of box it is.</summary>
    public required DeviceKind Kind { get; init; }

    /// <summary>The model whose fields it sends.</summary>
    public required string Model { get; init; }

    /// <summary>The model's fields as they were when it was taken in, JSON: for when the files name no device of that model any more.</summary>
    public required string Fields { get; init; }

    /// <summary>The station at which it stands; null for none.</summary>
    public string? Station { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>When it was taken in, by our clock.</summary>
    public required Instant AdoptedAt { get; init; }

    /// <summary>Who took it in.</summary>
    public required string AdoptedBy { get; init; }

    /// <summary>When it was let go; null while it is in force.</summary>
    public Instant? UntilAt { get; init; }

    /// <summary>Who let it go.</summary>
    public string? UntilBy { get; init; }

    /// <summary>A site of files, and the devices beside it that may be in it.</summary>
    public static Site Into(Site files, IEnumerable<AdoptedDevice> adopted)
    {
        var devices = adopted.Where(one => one.StandingIn(files) == AdoptionStanding.InForce).Select(one => one.In(files)).ToList();
        return devices.Count == 0 ? files : files with { Devices = files.Devices.Values.Concat(devices).ToFrozenDictionary(device => device.Id, StringComparer.Ordinal) };
    }

    /// <summary>How it stands beside a site of files.</summary>
    public AdoptionStanding StandingIn(Site files) =>
        UntilAt is not null ? AdoptionStanding.LetGo
        : files.Devices.ContainsKey(Device) || files.Sirens.ContainsKey(Device) || Other(files, Device) is not null ? AdoptionStanding.NamedByFiles
        : Station is not null && files.StationOf(Station) is null ? AdoptionStanding.StationGone
        : WhyNot(files, In(files)) is null ? AdoptionStanding.InForce
        : AdoptionStanding.NotPossible;

    /// <summary>Why a device cannot be taken into a site, in one sentence; null when it can. What a site's files are checked for when they are read holds for it too.</summary>
    public static string? WhyNot(Site site, Device device)
    {
        if (device.Id.Length is 0 or > LongestId || !device.Id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
            return "device is part of an MQTT topic: write letters without marks, digits, '-', '_' and '.', at most 64.";
        if (device.Id == Canary.Id || site.Sirens.ContainsKey(device.Id))
            return $"{device.Id} is the name of something else: a siren's, or the canary's.";
        if (Other(site, device.Id) is { } other)
            return $"{device.Id} is a name that {other} has on foreign topics.";
        if (device.Station is { } station && site.StationOf(station) is null)
            return $"station is none of the site: {station}";
        if (device.Station is not null)
            return null;
        if (device.Model.Kind == DeviceKind.Gauge)
            return "station is missing: a gauge measures the river at one.";
        if (site.Quality.Any(one => one.Model == device.Model.Id && one.Stations.IsEmpty && one.Tests is { Every: null } tests && (tests.FlatLine ?? (object?)tests.Attenuation) is not null))
            return "station is missing: the quality tests of this model ask how often a device reports, and the station says so.";
        return site.Rules.OfType<Rule.Limit>().FirstOrDefault(rule =>
                rule.Policy != Policy.Desk && rule.Devices.IsEmpty && (rule.Kind is null || rule.Kind == device.Model.Kind)
                && device.Model.Fields.Any(field => field.Quantity == rule.Quantity)) is { } told
            ? $"station is missing: the rule {told.Id} tells people of such a device, and nobody lives nowhere."
            : null;
    }

    /// <summary>The device that has a name on foreign topics beside its id.</summary>
    static string? Other(Site site, string name) => site.Devices.Values.FirstOrDefault(one => one.Also.Contains(name))?.Id;

    /// <summary>The device of a site; by the site's own model while it has it.</summary>
    Device In(Site site) => new(
        Device,
        site.Devices.Values.FirstOrDefault(one => one.Model.Id == Model && one.Model.Kind == Kind)?.Model ?? new DeviceModel(Model, Kind, Read(Fields)),
        Station, Name);

    internal static string Write(ImmutableArray<Field> fields) => JsonSerializer.Serialize(fields, FieldsJson.Default.ImmutableArrayField);

    static ImmutableArray<Field> Read(string fields) => JsonSerializer.Deserialize(fields, FieldsJson.Default.ImmutableArrayField);
}

/// <summary>How an adopted device stands beside the site's files.</summary>
public enum AdoptionStanding
{
    /// <summary>It is one of the devices in force.</summary>
    InForce,

    /// <summary>The files name it themselves now, and are right.</summary>
    NamedByFiles,

    /// <summary>The files do not know its station any more.</summary>
    StationGone,

    /// <summary>The files ask something of such a device that it cannot do.</summary>
    NotPossible,

    /// <summary>It was let go.</summary>
    LetGo,
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ImmutableArray<Field>))]
sealed partial class FieldsJson : JsonSerializerContext;
