using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using CanhLu.Ingest.Native;
using NodaTime;

namespace CanhLu.Ingest;

/// <summary>The devices of a site as the intake needs them: found by the bytes of their id, their fields by the bytes of their names. Immutable.</summary>
public sealed class DeviceTable
{
    readonly KnownDevice?[] _slots;
    readonly KnownDevice[] _devices;

    DeviceTable(KnownDevice[] devices, Duration futureTolerance)
    {
        _devices = devices;
        FutureTolerance = futureTolerance;
        // Half empty, so that a search for an id that is not there ends after one or two steps. Ids come from the site: nobody outside can
        // choose them to collide.
        _slots = new KnownDevice?[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, devices.Length * 2))];
        foreach (var device in devices)
        {
            var slot = Hash(device.IdBytes) & (uint)(_slots.Length - 1);
            while (_slots[slot] is not null)
                slot = (slot + 1) & (uint)(_slots.Length - 1);
            _slots[slot] = device;
        }
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
        return new DeviceTable([.. devices], site.FutureTolerance);
    }

    internal bool TryFind(ReadOnlySpan<byte> id, [NotNullWhen(true)] out KnownDevice? device)
    {
        for (var slot = Hash(id) & (uint)(_slots.Length - 1); ; slot = (slot + 1) & (uint)(_slots.Length - 1))
        {
            device = _slots[slot];
            if (device is null)
                return false;
            if (id.SequenceEqual(device.IdBytes))
                return true;
        }
    }

    static uint Hash(ReadOnlySpan<byte> id)
    {
        var hash = (ulong)id.Length;
        for (; id.Length >= 8; id = id[8..])
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(id));
        foreach (var letter in id)
            hash = (hash << 8 | hash >> 56) ^ letter;
        return (uint)(Mix(hash) >> 32);
    }

    static ulong Mix(ulong value)
    {
        value *= 0x9E3779B97F4A7C15;
        return value ^ (value >> 32);
    }
}
