using System.Collections.Immutable;

namespace CanhLu;

/// <summary>How a payload that is not our own is written.</summary>
public enum PayloadFormat
{
    /// <summary>SenML JSON (RFC 8428): an array of records.</summary>
    SenML,

    /// <summary>The uplink event of ChirpStack v4 (JSON), its payload decoded by the device profile's codec.</summary>
    ChirpStack,

    /// <summary>The uplink message of The Things Stack v3, its payload decoded by the formatter.</summary>
    TheThingsStack,

    /// <summary>The topics of Frigate: how many of what a camera sees, and whether it works. Nothing else of them is read.</summary>
    Frigate,

    /// <summary>NetJSON DeviceMonitoring, as OpenWISP's agents write it: how many clients, load, memory. No address is read.</summary>
    NetJson,
}

/// <summary>The name that a foreign payload has for one of our fields.</summary>
/// <param name="Name">The name there; a dot leads into an object, <c>level.value</c>.</param>
/// <param name="Field">The <see cref="Field.Name"/> of the models.</param>
public sealed record ForeignName(string Name, string Field);

/// <summary>Topics on which devices speak a language that is not ours, and which one it is.</summary>
/// <param name="Topic">Their pattern: levels, <c>+</c> for any one, <c>{device}</c> once for the one that names the device, and for
/// <see cref="PayloadFormat.Frigate"/> <c>#</c> at the end.</param>
/// <param name="Format">What their payloads are.</param>
/// <param name="Names">Where a field has another name there.</param>
/// <param name="Devices">The ids of those whose messages come this way; empty for all of the kind that the format tells of.</param>
public sealed record Decoder(string Topic, PayloadFormat Format, ImmutableArray<ForeignName> Names, ImmutableArray<string> Devices)
{
    /// <summary>The level of a pattern that names the device.</summary>
    public const string DeviceLevel = "{device}";

    /// <summary>The kind of device that a format tells of; null when it may be any.</summary>
    public static DeviceKind? KindOf(PayloadFormat format) => format switch
    {
        PayloadFormat.Frigate => DeviceKind.Camera,
        PayloadFormat.NetJson => DeviceKind.AccessPoint,
        _ => null,
    };
}
