using System.Text;

namespace CanhLu.Ingest.Native;

/// <summary>A device as the decoder needs it.</summary>
sealed class KnownDevice
{
    public KnownDevice(Device device, int index, Func<string, string, string, SeriesId> seriesOf)
    {
        Id = device.Id;
        IdBytes = Encoding.UTF8.GetBytes(device.Id);
        Index = index;
        Kind = device.Model.Kind;
        Online = seriesOf(device.Id, Device.Online, "1");
        Fields = [.. device.Model.Fields.Select(field => new WireField(field, seriesOf(device.Id, field.Quantity, field.Unit)))];
    }

    public string Id { get; }

    public byte[] IdBytes { get; }

    public DeviceKind Kind { get; }

    /// <summary>Whether residents' addresses, names or faces may be in what it sends: of everything but a gauge.</summary>
    public bool IsPrivate => Kind != DeviceKind.Gauge;

    /// <summary>Its place in its table.</summary>
    public int Index { get; }

    /// <summary>The series of its status.</summary>
    public SeriesId Online { get; }

    public WireField[] Fields { get; }

    /// <summary>The place of a field; −1 when the model has none of that name. A device writes its fields in the same order every time: the search begins
    /// where the last one ended.</summary>
    public int FieldAt(ReadOnlySpan<byte> name, int from)
    {
        var fields = Fields;
        for (var i = from; i < fields.Length; i++)
            if (name.SequenceEqual(fields[i].Name))
                return i;
        for (var i = 0; i < from && i < fields.Length; i++)
            if (name.SequenceEqual(fields[i].Name))
                return i;
        return -1;
    }
}
