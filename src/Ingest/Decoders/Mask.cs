using System.Text;
using CanhLu.Ingest.Native;

namespace CanhLu.Ingest.Decoders;

/// <summary>Takes out of a refused message what may be a resident's: the address of a telephone, its name, who was recognised, a picture.</summary>
/// <remarks>
/// Not by looking for addresses, of which there are too many ways to write one, and which a broken payload may hold anywhere; but by keeping only what cannot be one: JSON's signs
/// and words, numbers of fewer than twelve digits that stand as numbers do, times, and keys that are known. Every other byte becomes <c>*</c>, so that the length and the place of what was
/// wrong can still be seen.
/// </remarks>
static class Mask
{
    /// <summary>Digits of an address that is written as a number.</summary>
    const int AddressDigits = 12;

    const int LongestKey = 64;

    static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        "t", "seq", "online", "type", "DeviceMonitoring", "general", "local_time", "uptime", "resources", "load", "cpus", "memory", "total", "free", "buffered", "cached", "shared",
        "available", "disk", "swap", "interfaces", "name", "mac", "up", "statistics", "rx_bytes", "tx_bytes", "wireless", "mode", "access_point", "station", "ssid", "channel", "frequency",
        "noise", "tx_power", "country", "clients", "signal", "assoc", "auth", "dhcp_leases", "neighbors", "ip", "hostname", "time", "object", "data", "rxInfo", "rssi", "snr", "fPort", "fCnt",
        "deviceInfo", "devEui", "received_at", "uplink_message", "decoded_payload", "frm_payload", "rx_metadata", "bn", "bt", "bu", "bv", "bver", "n", "u", "v", "vs", "vb", "vd", "s",
    };

    static readonly string[] Literals = ["true", "false", "null", "online", "offline", "stopped", "disabled", "ON", "OFF"];

    /// <summary>A payload without what may be a resident's.</summary>
    /// <param name="payload">What was sent, or its beginning.</param>
    /// <param name="device">Whose fields' names are no secret; null for none.</param>
    public static byte[] Payload(ReadOnlySpan<byte> payload, KnownDevice? device)
    {
        var masked = new byte[payload.Length];
        masked.AsSpan().Fill((byte)'*');
        for (var i = 0; i < payload.Length;)
        {
            var length = payload[i] == '"' ? OfText(payload[i..]) : IsWord(payload[i]) ? OfWord(payload[i..]) : 1;
            var one = payload.Slice(i, length);
            if (payload[i] == '"' ? IsKnown(one, device) : length == 1 && !IsWord(payload[i]) ? IsSign(payload[i]) : IsPlain(one, payload[..i], payload[(i + length)..]))
                one.CopyTo(masked.AsSpan(i));
            else if (payload[i] == '"')
            {
                masked[i] = (byte)'"';
                if (length > 1 && one[^1] == '"')
                    masked[i + length - 1] = (byte)'"';
            }
            i += length;
        }
        return masked;
    }

    /// <summary>A topic without what may be an address: every level in which <see cref="IsAddress"/> finds one.</summary>
    public static byte[] Topic(ReadOnlySpan<byte> topic)
    {
        var masked = topic.ToArray();
        for (var from = 0; from < masked.Length;)
        {
            var slash = masked.AsSpan(from).IndexOf((byte)'/');
            var level = slash < 0 ? masked.AsSpan(from) : masked.AsSpan(from, slash);
            if (IsAddress(level))
                level.Fill((byte)'*');
            from += level.Length + 1;
        }
        return masked;
    }

    /// <summary>Whether the address of a network card may be in a name: twelve hexadecimal digits in a row, with or without signs between them.</summary>
    public static bool IsAddress(ReadOnlySpan<byte> name)
    {
        var digits = 0;
        foreach (var letter in name)
        {
            if (char.IsAsciiHexDigit((char)letter))
                digits++;
            else if (letter is not ((byte)':' or (byte)'-' or (byte)'.' or (byte)'_'))
                digits = 0;
            if (digits >= AddressDigits)
                return true;
        }
        return false;
    }

    /// <summary>How long the text is that begins here, with its quotes; to the end where it has no end.</summary>
    static int OfText(ReadOnlySpan<byte> rest)
    {
        for (var i = 1; i < rest.Length; i++)
        {
            if (rest[i] == '\\')
                i++;
            else if (rest[i] == '"')
                return i + 1;
        }
        return rest.Length;
    }

    static int OfWord(ReadOnlySpan<byte> rest)
    {
        var length = 0;
        while (length < rest.Length && IsWord(rest[length]))
            length++;
        return length;
    }

    // A number may have a sign and a point in it; so may an address.
    static bool IsWord(byte letter) => char.IsAsciiLetterOrDigit((char)letter) || letter is (byte)'+' or (byte)'-' or (byte)'.' or (byte)'_';

    static bool IsSign(byte letter) => letter is (byte)'{' or (byte)'}' or (byte)'[' or (byte)']' or (byte)':' or (byte)',' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    static bool IsKnown(ReadOnlySpan<byte> text, KnownDevice? device)
    {
        if (text.Length is < 2 or > LongestKey || text[^1] != '"')
            return false;
        var key = text[1..^1];
        foreach (var field in device?.Fields ?? [])
            if (key.SequenceEqual(field.Name))
                return true;
        return Words.Contains(Encoding.UTF8.GetString(key)) || WireTime.LooksLikeIso(key);
    }

    static bool IsPlain(ReadOnlySpan<byte> word, ReadOnlySpan<byte> before, ReadOnlySpan<byte> behind)
    {
        // In JSON a colon stands between a key's quote and a value. In an address it stands elsewhere.
        if (behind is [(byte)':', ..] || before is [.., not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)':' or (byte)',' or (byte)'[')]
            || before is [(byte)':'] || before is [.., not ((byte)'"' or (byte)' '), (byte)':'])
            return false;
        foreach (var literal in Literals)
            if (word.Length == literal.Length && Encoding.ASCII.GetString(word) == literal)
                return true;
        var digits = 0;
        for (var i = 0; i < word.Length; i++)
        {
            if (char.IsAsciiDigit((char)word[i]))
                digits++;
            else if (!(word[i] == '-' && (i == 0 || word[i - 1] is (byte)'e' or (byte)'E')) && !(word[i] is (byte)'.' or (byte)'e' or (byte)'E' && i > 0) && word[i] != '+')
                return false;
        }
        return digits is > 0 and < AddressDigits && word.Count((byte)'.') <= 1;
    }
}
