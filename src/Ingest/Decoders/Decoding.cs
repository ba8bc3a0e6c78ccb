using System.Text;
using CanhLu.Ingest.Native;

namespace CanhLu.Ingest.Decoders;

/// <summary>A decoder as the intake needs it.</summary>
sealed class Decoding
{
    readonly (byte[] Theirs, byte[] Ours)[] _names;
    readonly bool[] _comesThisWay;

    /// <param name="decoder">The site's.</param>
    /// <param name="devices">All of the site, by their index.</param>
    public Decoding(Decoder decoder, KnownDevice[] devices)
    {
        Pattern = new TopicPattern(decoder.Topic);
        Format = decoder.Format;
        Kind = Decoder.KindOf(decoder.Format);
        _names = [.. decoder.Names.Select(name => (Encoding.UTF8.GetBytes(name.Name), Encoding.UTF8.GetBytes(name.Field)))];
        _comesThisWay = [.. devices.Select(device => (Kind is not { } kind || device.Kind == kind) && (decoder.Devices.IsEmpty || decoder.Devices.Contains(device.Id)))];
        Devices = [.. devices.Where(device => _comesThisWay[device.Index])];
    }

    public TopicPattern Pattern { get; }

    public PayloadFormat Format { get; }

    /// <summary>The kind of device that may come by it; null for any.</summary>
    public DeviceKind? Kind { get; }

    /// <summary>Those that may come by it.</summary>
    public KnownDevice[] Devices { get; }

    /// <summary>Whether residents' addresses, names or faces may be in what comes by it.</summary>
    public bool IsPrivate => Kind is not null;

    /// <summary>Whether a device's messages may come by it.</summary>
    public bool Admits(KnownDevice device) => _comesThisWay[device.Index];

    /// <summary>The place of the field that has a name in the foreign payload; −1 when the model has none.</summary>
    public int FieldAt(KnownDevice device, ReadOnlySpan<byte> name)
    {
        foreach (var (theirs, ours) in _names)
            if (name.SequenceEqual(theirs))
                return device.FieldAt(ours, 0);
        return device.FieldAt(name, 0);
    }
}
