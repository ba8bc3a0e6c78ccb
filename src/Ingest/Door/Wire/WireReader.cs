using System.Buffers.Binary;
using System.Text.Unicode;

namespace CanhLu.Ingest;

/// <summary>Reads the data types of MQTT (5.0, 1.5) out of one packet's bytes. Every read is bounded by the packet; false is "not there" or
/// "not well formed", and nothing was read then.</summary>
ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    ReadOnlySpan<byte> _rest = bytes;

    public readonly ReadOnlySpan<byte> Rest => _rest;

    public readonly bool AtEnd => _rest.IsEmpty;

    public bool TryByte(out byte value)
    {
        if (_rest.IsEmpty)
        {
            value = 0;
            return false;
        }
        value = _rest[0];
        _rest = _rest[1..];
        return true;
    }

    public bool TryUInt16(out ushort value)
    {
        if (!BinaryPrimitives.TryReadUInt16BigEndian(_rest, out value))
            return false;
        _rest = _rest[2..];
        return true;
    }

    public bool TryUInt32(out uint value)
    {
        if (!BinaryPrimitives.TryReadUInt32BigEndian(_rest, out value))
            return false;
        _rest = _rest[4..];
        return true;
    }

    /// <summary>A variable byte integer (1.5.5): one to four bytes, in the shortest form.</summary>
    public bool TryVariable(out int value)
    {
        value = 0;
        for (var i = 0; i < 4 && i < _rest.Length; i++)
        {
            var read = _rest[i];
            value |= (read & 0x7F) << (7 * i);
            if (read >= 0x80)
                continue;
            if (read == 0 && i > 0)
                return false;
            _rest = _rest[(i + 1)..];
            return true;
        }
        return false;
    }

    public bool TryBinary(out ReadOnlySpan<byte> value)
    {
        if (!BinaryPrimitives.TryReadUInt16BigEndian(_rest, out var length) || _rest.Length - 2 < length)
        {
            value = default;
            return false;
        }
        value = _rest.Slice(2, length);
        _rest = _rest[(2 + length)..];
        return true;
    }

    /// <summary>A UTF-8 string (1.5.4): well formed, without U+0000.</summary>
    public bool TryText(out ReadOnlySpan<byte> value) => TryBinary(out value) && IsText(value);

    /// <summary>A length-prefixed block inside the packet, as the properties are.</summary>
    public bool TryBlock(out ReadOnlySpan<byte> value)
    {
        if (!TryVariable(out var length) || _rest.Length < length)
        {
            value = default;
            return false;
        }
        value = _rest[..length];
        _rest = _rest[length..];
        return true;
    }

    public static bool IsText(ReadOnlySpan<byte> bytes) => Utf8.IsValid(bytes) && !bytes.Contains((byte)0);
}
