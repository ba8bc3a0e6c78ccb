using System.Buffers.Binary;
using System.Text;

namespace CanhLu.Tests.Support.Smpp;

/// <summary>The body of submit_sm, as section 4.4.1 of SMPP 3.4 has it.</summary>
/// <param name="From">The sender.</param>
/// <param name="To">The recipient.</param>
/// <param name="EsmClass">Bit 0x40: the text begins with a header.</param>
/// <param name="Validity">Until when; empty for the telephone company's own limit.</param>
/// <param name="RegisteredDelivery">Bit 1: a receipt is wanted.</param>
/// <param name="Coding">0 GSM 03.38, 8 UCS-2.</param>
/// <param name="Content">The text as it came.</param>
sealed record SubmitSm(string From, string To, byte EsmClass, string Validity, byte RegisteredDelivery, byte Coding, byte[] Content)
{
    const ushort MessagePayload = 0x0424;
    const string Gsm =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    /// <summary>Which part of which longer message it is; null when it is whole.</summary>
    public (int Reference, int Parts, int Part)? Concatenation =>
        (EsmClass & 0x40) != 0 && Content is [5, 0, 3, var reference, var parts, var part, ..] ? (reference, parts, part) : null;

    /// <summary>What is read on the handset.</summary>
    public string Text
    {
        get
        {
            var text = Content.AsSpan((EsmClass & 0x40) != 0 ? Content[0] + 1 : 0);
            return Coding == 8 ? Encoding.BigEndianUnicode.GetString(text) : Septets(text);
        }
    }

    public static SubmitSm Of(byte[] body)
    {
        var at = 0;
        CString(); // service_type
        at += 2;
        var from = CString();
        at += 2;
        var to = CString();
        var esmClass = body[at];
        at += 3; // protocol_id, priority_flag
        CString(); // schedule_delivery_time
        var validity = CString();
        var registered = body[at];
        var coding = body[at + 2];
        int length = body[at + 4];
        at += 5;
        var content = body[at..(at + length)];
        for (at += length; at + 4 <= body.Length;)
        {
            var tag = BinaryPrimitives.ReadUInt16BigEndian(body.AsSpan(at));
            int size = BinaryPrimitives.ReadUInt16BigEndian(body.AsSpan(at + 2));
            if (tag == MessagePayload)
                content = body[(at + 4)..(at + 4 + size)];
            at += 4 + size;
        }
        return new SubmitSm(from, to, esmClass, validity, registered, coding, content);

        string CString()
        {
            var end = Array.IndexOf(body, (byte)0, at);
            var text = Encoding.ASCII.GetString(body, at, end - at);
            at = end + 1;
            return text;
        }
    }

    static string Septets(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        for (var i = 0; i < bytes.Length; i++)
        {
            text.Append(bytes[i] != 0x1b || i + 1 == bytes.Length ? Gsm[bytes[i] & 0x7f] : bytes[++i] switch
            {
                0x14 => '^',
                0x28 => '{',
                0x29 => '}',
                0x2f => '\\',
                0x3c => '[',
                0x3d => '~',
                0x3e => ']',
                0x40 => '|',
                0x65 => '€',
                _ => '?',
            });
        }
        return text.ToString();
    }
}
