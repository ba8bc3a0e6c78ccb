using System.Diagnostics.CodeAnalysis;
using System.Text;
using CanhLu.Ingest.Decoders;
using CanhLu.Ingest.Native;
using NodaTime;

namespace CanhLu.Ingest;

/// <summary>The devices of a site as the intake needs them: found by the bytes of their id, their fields by the bytes of their names; and its decoders. Immutable.</summary>
public sealed class DeviceTable
{
    readonly NameTable _ids;
    readonly NameTable _foreign;
    readonly KnownDevice[] _devices;
    readonly Decoding[] _decodings;

    DeviceTable(KnownDevice[] devices, Site site)
    {
        _devices = devices;
        FutureTolerance = site.FutureTolerance;
        (byte[], KnownDevice)[] ids = [.. devices.Select(device => (device.IdBytes, device))];
        _ids = new NameTable(ids);
        _foreign = site.Decoders.IsEmpty ? _ids
            : new NameTable([.. ids, .. devices.SelectMany(device => site.Devices[device.Id].Also.Select(name => (Encoding.UTF8.GetBytes(name), device)))]);
        _decodings = [.. site.Decoders.Select(decoder => new Decoding(decoder, devices))];
    }

    /// <summary>How many devices it knows.</summary>
    public int Count => _devices.Length;

    /// <summary>How far ahead of ours a device's clock may be.</summary>
    public Duration FutureTolerance { get; }

    internal ReadOnlySpan<KnownDevice> Devices => _devices;

    /// <summary>The table of a site.</summary>
    /// <param name="site">The site.</param>
    /// <param name="seriesOf">The series of a device's id, a quantity and a unit: asked for every field of every device, and for <see cref="Device.Online"/>.</param>
    public static DeviceTable Of(Site site, Func<string, string, string, SeriesId> seriesOf)
    {
        var devices = site.Devices.Values
            .OrderBy(device => device.Id, StringComparer.Ordinal)
            .Select((device, index) => new KnownDevice(device, index, seriesOf));
        return new DeviceTable([.. devices], site);
    }

    internal bool TryFind(ReadOnlySpan<byte> id, [NotNullWhen(true)] out KnownDevice? device) => _ids.TryFind(id, out device);

    /// <summary>The device of a name on foreign topics: its id, or one that it also has there.</summary>
    internal bool TryFindForeign(ReadOnlySpan<byte> name, [NotNullWhen(true)] out KnownDevice? device) => _foreign.TryFind(name, out device);

    /// <summary>The decoder of a topic that is not native.</summary>
    internal bool TryDecode(ReadOnlySpan<byte> topic, [NotNullWhen(true)] out Decoding? decoding, out ReadOnlySpan<byte> device, out ReadOnlySpan<byte> rest)
    {
        foreach (var one in _decodings)
        {
            if (!one.Pattern.Matches(topic, out device, out rest))
                continue;
            decoding = one;
            return true;
        }
        decoding = null;
        device = rest = default;
        return false;
    }
}
