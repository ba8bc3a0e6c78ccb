namespace CanhLu.Ingest;

/// <summary>The fixed header of a packet (MQTT 5.0, 2.1): what it is, and where it ends.</summary>
/// <param name="First">The first byte: type and flags.</param>
/// <param name="HeaderLength">Bytes before the body, 2 to 5.</param>
/// <param name="BodyLength">The Remaining Length.</param>
readonly record struct Frame(byte First, int HeaderLength, int BodyLength)
{
    public const int LongestHeader = 5;

    public PacketType Type => (PacketType)(First >> 4);

    public int Flags => First & 0x0F;

    public int Length => HeaderLength + BodyLength;

    /// <summary>The Remaining Length is not in its shortest form: 3.1.1 does not forbid it, 5.0 does (1.5.5).</summary>
    public bool IsPadded => BodyLength < 1 << (7 * (HeaderLength - 2)) && HeaderLength > 2;

    /// <summary>Reads a header; <paramref name="malformed"/> when it has no end within its five bytes, otherwise false means "more bytes are needed".</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Frame frame, out bool malformed)
    {
        malformed = false;
        var length = 0;
        for (var i = 1; i < LongestHeader && i < bytes.Length; i++)
        {
            var read = bytes[i];
            length |= (read & 0x7F) << (7 * (i - 1));
            if (read < 0x80)
            {
                frame = new Frame(bytes[0], i + 1, length);
                return true;
            }
        }
        frame = default;
        malformed = bytes.Length >= LongestHeader;
        return false;
    }
}
