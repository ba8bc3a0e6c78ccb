using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace CanhLu.Backtest.Records;

/// <summary>Finds the number of a series by the bytes of its name and quantity, as they stand in a file.</summary>
/// <remarks>Open addressing; eight bytes of either end and the lengths make the hash, and every byte is compared. Belongs to one parser.</remarks>
sealed class NameTable
{
    Entry[] _entries = new Entry[256];
    int _count;

    public NameTable(SeriesKeys keys)
    {
        foreach (var (name, quantity, id) in keys.All)
            Add(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(quantity), id);
    }

    /// <summary>Whether the table has the name; names that no site knows are in it with the number 0 once they have been added.</summary>
    public bool TryFind(ReadOnlySpan<byte> name, ReadOnlySpan<byte> quantity, out int place)
    {
        var hash = Hash(name, quantity);
        for (place = (int)(hash & (uint)(_entries.Length - 1)); _entries[place].Name is { } known; place = (place + 1) & (_entries.Length - 1))
            if (_entries[place].Hash == hash && name.SequenceEqual(known) && quantity.SequenceEqual(_entries[place].Quantity))
                return true;
        return false;
    }

    /// <summary>The number of what stands at a place.</summary>
    public SeriesId this[int place] => _entries[place].Id;

    /// <summary>Counts a reading of a series that no site knows.</summary>
    public void Pass(int place) => _entries[place].Passed++;

    /// <summary>Adds a name.</summary>
    public void Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> quantity, SeriesId id)
    {
        if (2 * ++_count > _entries.Length)
            Grow();
        if (!TryFind(name, quantity, out var place))
            _entries[place] = new Entry { Name = name.ToArray(), Quantity = quantity.ToArray(), Hash = Hash(name, quantity), Id = id };
    }

    /// <summary>What was passed over.</summary>
    public IEnumerable<UnknownSeries> Unknown() => _entries
        .Where(entry => entry.Passed > 0)
        .Select(entry => new UnknownSeries(Encoding.UTF8.GetString(entry.Name!), Encoding.UTF8.GetString(entry.Quantity!), entry.Passed));

    static uint Hash(ReadOnlySpan<byte> name, ReadOnlySpan<byte> quantity)
    {
        var mixed = (Ends(name) * 0x9E3779B97F4A7C15) ^ BitOperations.RotateLeft(Ends(quantity) * 0xC2B2AE3D27D4EB4F, 31);
        return (uint)((mixed * 0x9E3779B97F4A7C15) >> 32);
    }

    static ulong Ends(ReadOnlySpan<byte> text)
    {
        if (text.Length >= 8)
            return BinaryPrimitives.ReadUInt64LittleEndian(text) ^ BitOperations.RotateLeft(BinaryPrimitives.ReadUInt64LittleEndian(text[^8..]), 17) ^ (ulong)text.Length;
        ulong all = (ulong)text.Length;
        foreach (var one in text)
            all = (all << 8) | one;
        return all;
    }

    void Grow()
    {
        var old = _entries;
        _entries = new Entry[old.Length * 2];
        foreach (var entry in old)
            if (entry.Name is not null)
            {
                TryFind(entry.Name, entry.Quantity, out var place);
                _entries[place] = entry;
            }
    }

    struct Entry
    {
        public byte[]? Name;
        public byte[]? Quantity;
        public uint Hash;
        public SeriesId Id;
        public long Passed;
    }
}
