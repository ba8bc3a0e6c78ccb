using System.Text;
using NodaTime;

namespace CanhLu.Tests.Ingest.Decoders;

/// <summary>A small site with devices that speak other languages, and an intake in front of it.</summary>
sealed class Abroad
{
    public const string Gauge = "lora-1";
    public const string DevEui = "a81758fffe03abcd";
    public const string AccessPoint = "wifi-1";
    public const string Camera = "cam-1";

    public const string ChirpStack = $"application/17c82e96-be03-4f38-aef3-f83d48582d97/device/{DevEui}/event/up";
    public const string TheThings = "v3/tam-ky@ttn/devices/tam-ky-gauge/up";
    public const string SenML = $"senml/{Gauge}";
    public const string NetJson = "openwisp/router-7/monitoring";

    public static readonly Instant Measured = Instant.FromUtc(2025, 10, 29, 14, 0);

    public static readonly DeviceModel WiFiModel = new("ap", DeviceKind.AccessPoint,
    [
        new("clients", "clients", "{clients}", 1, 0, 5000), new("cpu_pct", "cpu", "%", 1, 0, 100), new("mem_pct", "memory", "%", 1, 0, 100), new("uptime_s", "uptime", "s", 1, 0, 1e9),
        new("load_1", "load", "1", 1, 0, 100), new("rx_bytes", "received", "By", 1, 0, 1e15), new("tx_bytes", "sent", "By", 1, 0, 1e15),
    ]);

    public static readonly DeviceModel CameraModel = new("cam", DeviceKind.Camera, [new("people", "people", "{people}", 1, 0, 1000), new("car", "cars", "{cars}", 1, 0, 1000)]);

    public static readonly Decoder[] Decoders =
    [
        new("application/+/device/{device}/event/up", PayloadFormat.ChirpStack, [new("level.value", "stage_m"), new("rxInfo.rssi", "rssi_dbm")], []),
        new("v3/+/devices/{device}/up", PayloadFormat.TheThingsStack, [new("rx_metadata.rssi", "rssi_dbm")], []),
        new("senml/{device}", PayloadFormat.SenML, [new("stage", "stage_m"), new("battery", "battery_v")], []),
        new("canhlu/v1/{device}/senml", PayloadFormat.SenML, [], []),
        new("frigate/{device}/#", PayloadFormat.Frigate, [new("person", "people")], []),
        new("openwisp/{device}/monitoring", PayloadFormat.NetJson, [], []),
        new("lora/{device}/+", PayloadFormat.ChirpStack, [], [Gauge]),
    ];

    static readonly (string Device, DeviceModel Model)[] Known = [(River.Gauge, River.GaugeModel), (Gauge, River.GaugeModel), (AccessPoint, WiFiModel), (Camera, CameraModel)];

    public River River { get; } = new(
        [.. Decoders],
        new Device(Gauge, River.GaugeModel, "tam-ky", "Tam Kỳ") { Also = [DevEui, "tam-ky-gauge"] },
        new Device(AccessPoint, WiFiModel, null, "Chợ") { Also = ["router-7"] },
        new Device(Camera, CameraModel, null, "Cầu") { Also = ["bach_dang"] });

    public int Take(string topic, string payload) => River.Take(topic, Encoding.UTF8.GetBytes(payload));

    /// <summary>The readings of a message as device, quantity, time after <see cref="Measured"/>, value and flag; nothing stays in the batch.</summary>
    public string[] Readings(string topic, string payload)
    {
        Take(topic, payload);
        var names = Known.SelectMany(one => one.Model.Fields.Select(field => (one.Device, field.Quantity, field.Unit)).Append((one.Device, Quantity: Device.Online, Unit: "1")))
            .ToDictionary(one => River.SeriesOf(one.Device, one.Quantity, one.Unit), one => $"{one.Device} {one.Quantity}");
        var readings = River.Batch.Readings.ToArray();
        River.Batch.Truncate(0);
        return [.. readings.Select(one => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{names[one.Series]} {(one.MeasuredAt - Measured).TotalSeconds} {one.Value} {(int)one.Flag}"))];
    }

    /// <summary>Why a message was refused, with the details; nothing when it was not.</summary>
    public string[] Refused(string topic, string payload, string device = Gauge)
    {
        var before = River.Log.Of(device).Count;
        Take(topic, payload);
        River.Batch.Truncate(0);
        return [.. River.Log.Of(device).Take(River.Log.Of(device).Count - before).Reverse().Select(one => $"{one.Reason}: {one.Detail}")];
    }

    public long Ignored(PayloadFormat format) => River.Meters[$"canhlu.ingest.ignored {format}"];
}
