using System.Collections.Immutable;

namespace CanhLu;

/// <summary>What sort of box a device is.</summary>
public enum DeviceKind
{
    /// <summary>A water-level gauge.</summary>
    Gauge,

    /// <summary>A public Wi-Fi access point.</summary>
    AccessPoint,

    /// <summary>A camera.</summary>
    Camera,
}

/// <summary>One field of a payload, and the series that it becomes.</summary>
/// <param name="Name">The field's name on the wire, <c>stage_m</c>.</param>
/// <param name="Quantity">The series' quantity, <c>stage</c>.</param>
/// <param name="Unit">The series' unit, UCUM; <c>mm</c> for a stage.</param>
/// <param name="Scale">What the wire's number is multiplied by to give the series' unit; 1000 from metres to millimetres.</param>
/// <param name="Min">The least value that the sensor can give, in the wire's unit.</param>
/// <param name="Max">The greatest value that the sensor can give, in the wire's unit.</param>
public sealed record Field(string Name, string Quantity, string Unit, double Scale, double Min, double Max);

/// <summary>A make of device: what it sends.</summary>
/// <param name="Id">Its id in the site.</param>
/// <param name="Kind">What sort of box it is.</param>
/// <param name="Fields">The fields that are read; others are ignored and counted.</param>
public sealed record DeviceModel(string Id, DeviceKind Kind, ImmutableArray<Field> Fields);

/// <summary>The box that speaks MQTT.</summary>
/// <param name="Id">Its id on the wire: <c>canhlu/v1/{id}/up</c>; letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, at most 64.</param>
/// <param name="Model">What it sends.</param>
/// <param name="Station">The station that it measures or stands at; null for none.</param>
/// <param name="Name">What people call it.</param>
public sealed record Device(string Id, DeviceModel Model, string? Station, string Name)
{
    /// <summary>The quantity that every device has: 1 while it is connected, 0 when its last will said otherwise. Its unit is <c>1</c>.</summary>
    public const string Online = "online";

    /// <summary>The quantity of a gauge that is the station's stage, in mm.</summary>
    public const string StageQuantity = "stage";

    /// <summary>The names that it has on foreign topics beside its id: a DevEUI, the id at a LoRaWAN server, a camera's name. Nobody else has one of them.</summary>
    public ImmutableArray<string> Also { get; init; } = [];
}
