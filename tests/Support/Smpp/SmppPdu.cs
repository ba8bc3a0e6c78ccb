using System.Buffers.Binary;
using System.Text;

namespace CanhLu.Tests.Support.Smpp;

/// <summary>A packet of SMPP 3.4: four big-endian numbers, and a body.</summary>
/// <param name="Command">What it is; the highest bit marks an answer.</param>
/// <param name="Status">0 in requests and good answers.</param>
/// <param name="Sequence">Ties an answer to its request.</param>
/// <param name="Body">The rest.</param>
sealed record SmppPdu(uint Command, uint Status, uint Sequence, byte[] Body)
{
    public const uint GenericNack = 0x80000000;
    public const uint BindReceiver = 1;
    public const uint BindTransmitter = 2;
    public const uint SubmitSm = 4;
    public const uint DeliverSm = 5;
    public const uint Unbind = 6;
    public const uint BindTransceiver = 9;
    public const uint EnquireLink = 0x15;
    public const uint Answer = 0x80000000;

    public const uint InvalidCommand = 0x03;
    public const uint InvalidDestination = 0x0B;
    public const uint BindFailed = 0x0D;
    public const uint Throttled = 0x58;

    const int Header = 16;
    const int Longest = 64 * 1024;

    /// <summary>The next packet; null at the end of the connection.</summary>
    /// <exception cref="InvalidDataException">It is not SMPP.</exception>
    public static async Task<SmppPdu?> Read(Stream stream, CancellationToken cancellation)
    {
        var header = new byte[Header];
        if (await stream.ReadAtLeastAsync(header, Header, throwOnEndOfStream: false, cancellation) < Header)
            return null;
        var length = BinaryPrimitives.ReadUInt32BigEndian(header);
        if (length is < Header or > Longest)
            throw new InvalidDataException($"A packet of {length} bytes.");
        var body = new byte[length - Header];
        await stream.ReadExactlyAsync(body, cancellation);
        return new SmppPdu(Word(1), Word(2), Word(3), body);

        uint Word(int index) => BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4 * index));
    }

    /// <summary>The packet as bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Header + Body.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)bytes.Length);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), Command);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(8), Status);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(12), Sequence);
        Body.CopyTo(bytes, Header);
        return bytes;
    }

    /// <summary>The answer to it.</summary>
    public SmppPdu Reply(uint status = 0, byte[]? body = null) => new(Command | Answer, status, Sequence, body ?? []);

    /// <summary>A text with its closing zero.</summary>
    public static byte[] CString(string text) => [.. Encoding.ASCII.GetBytes(text), 0];
}
