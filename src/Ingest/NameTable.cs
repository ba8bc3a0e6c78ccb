using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using CanhLu.Ingest.Native;

namespace CanhLu.Ingest;

/// <summary>Devices by the bytes of a name. Immutable.</summary>
/// <remarks>Half empty, so that a search for a name that is not there ends after one or two steps. Names come from the site: nobody outside can choose them to
/// collide.</remarks>
sealed class NameTable
{
    readonly (byte[] Name, KnownDevice? Device)[] _slots;

    public NameTable(IReadOnlyCollection<(byte[] Name, KnownDevice Device)> names)
    {
        _slots = new (byte[], KnownDevice?)[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, names.Count * 2))];
        foreach (var (name, device) in names)
        {
            var slot = Hash(name) & (uint)(_slots.Length - 1);
            while (_slots[slot].Device is not null)
                slot = (slot + 1) & (uint)(_slots.Length - 1);
            _slots[slot] = (name, device);
        }
    }

    public bool TryFind(ReadOnlySpan<byte> name, [NotNullWhen(true)] out KnownDevice? device)
    {
        for (var slot = Hash(name) & (uint)(_slots.Length - 1); ; slot = (slot + 1) & (uint)(_slots.Length - 1))
        {
            ref readonly var one = ref _slots[slot];
            device = one.Device;
            if (device is null)
                return false;
            if (name.SequenceEqual(one.Name))
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
