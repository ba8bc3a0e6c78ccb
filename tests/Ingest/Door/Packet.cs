using System.Text;

namespace CanhLu.Tests.Ingest.Doors;

/// <summary>A packet as it came: its first byte and what follows the Remaining Length.</summary>
sealed record Packet(int First, byte[] Body)
{
    public int Type => First >> 4;

    public int Id => Body[0] << 8 | Body[1];

    /// <summary>The reason of a PUBACK, PUBREC, PUBREL or PUBCOMP.</summary>
    public int Reason => Body.Length > 2 ? Body[2] : 0;

    /// <summary>Of a PUBLISH: topic, identifier and payload.</summary>
    public (string Topic, int Id, string Payload) Message(int version)
    {
        var topic = Encoding.UTF8.GetString(Body, 2, Id);
        var at = 2 + Id;
        var id = 0;
        if ((First & 6) != 0)
        {
            id = Body[at] << 8 | Body[at + 1];
            at += 2;
        }
        if (version == 5)
            at += 1 + Body[at];
        return (topic, id, Encoding.UTF8.GetString(Body, at, Body.Length - at));
    }

    // Encoders of the tests' own, so that they cannot share a fault with the door's.

    public static byte[] Of(int first, params byte[][] parts)
    {
        var body = Join(parts);
        var length = body.Length;
        var head = new List<byte> { (byte)first };
        do
        {
            head.Add((byte)(length % 128 + (length >= 128 ? 128 : 0)));
            length /= 128;
        }
        while (length > 0);
        return [.. head, .. body];
    }

    public static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(part => part)];

    public static byte[] Text(string text) => Binary(Encoding.UTF8.GetBytes(text));

    public static byte[] Binary(byte[] bytes) => [(byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];

    public static byte[] Two(int number) => [(byte)(number >> 8), (byte)number];

    public static byte[] Four(uint number) => [(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number];

    /// <summary>Properties with their length before them.</summary>
    public static byte[] Properties(params byte[][] properties)
    {
        var all = Join(properties);
        return all.Length < 128 ? [(byte)all.Length, .. all] : [(byte)(all.Length % 128 + 128), (byte)(all.Length / 128), .. all];
    }

    public static byte[] Connect(
        int version, string clientId, string? user, string? password, bool clean = true, ushort keepAlive = 60, byte[]? properties = null,
        RawWill? will = null)
    {
        var flags = (clean ? 2 : 0) | (user is null ? 0 : 0x80) | (password is null ? 0 : 0x40)
            | (will is null ? 0 : 4 | will.Qos << 3 | (will.Retain ? 0x20 : 0));
        return Of(
            0x10, Text("MQTT"), [(byte)version, (byte)flags], Two(keepAlive), version == 5 ? properties ?? [0] : [], Text(clientId),
            will is null ? [] : Join(version == 5 ? will.Properties ?? [0] : [], Text(will.Topic), Text(will.Payload)),
            user is null ? [] : Text(user), password is null ? [] : Text(password));
    }

    public static byte[] Publish(
        int version, string topic, string payload, int qos = 0, int id = 0, bool retain = false, bool dup = false, byte[]? properties = null) =>
        Of(
            0x30 | (dup ? 8 : 0) | qos << 1 | (retain ? 1 : 0), Text(topic), qos > 0 ? Two(id) : [], version == 5 ? properties ?? [0] : [],
            Encoding.UTF8.GetBytes(payload));

    public static byte[] Subscribe(int version, int id, params (string Filter, int Options)[] filters) =>
        Of(0x82, Two(id), version == 5 ? [0] : [], Join([.. filters.Select(filter => Join(Text(filter.Filter), [(byte)filter.Options]))]));

    public static byte[] Unsubscribe(int version, int id, params string[] filters) =>
        Of(0xA2, Two(id), version == 5 ? [0] : [], Join([.. filters.Select(Text)]));

    public static byte[] Puback(int id) => Of(0x40, Two(id));

    public static byte[] Pubrel(int id) => Of(0x62, Two(id));

    public static byte[] Disconnect { get; } = [0xE0, 0];

    public static byte[] Pingreq { get; } = [0xC0, 0];
}

/// <summary>A last will as a test writes it.</summary>
sealed record RawWill(string Topic, string Payload, int Qos = 0, bool Retain = false, byte[]? Properties = null);
