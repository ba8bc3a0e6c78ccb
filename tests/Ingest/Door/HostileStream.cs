using static CanhLu.Tests.Ingest.Doors.Payloads;

namespace CanhLu.Tests.Ingest.Doors;

/// <summary>Makes streams of packets after CONNECT, whole, mutated or random.</summary>
static class HostileStream
{
    public static byte[] Of(Random random, int version)
    {
        if (random.Next(10) == 0)
            return Noise(random, random.Next(200));
        var stream = Packet.Join([.. Enumerable.Range(1, random.Next(1, 7)).Select(_ => Any(random, version))]).ToList();
        for (var mutations = random.Next(5); mutations > 0; mutations--)
            Mutate(random, stream);
        return [.. stream];
    }

    static byte[] Any(Random random, int version) => random.Next(13) switch
    {
        0 => Packet.Pingreq,
        1 => Packet.Pubrel(random.Next(1, 4)),
        2 => Packet.Puback(random.Next(1, 4)),
        3 => Packet.Subscribe(version, random.Next(1, 9), (Cmd, random.Next(3)), ("#", 0)),
        4 => Packet.Unsubscribe(version, 3, Cmd),
        5 when random.Next(4) == 0 => Packet.Disconnect,
        6 => Packet.Publish(version, Foreign, Level, 1, 7),
        7 => Packet.Publish(version, Status, random.Next(2) == 0 ? "online" : "", random.Next(3), 8, retain: true),
        8 when version == 5 => Packet.Join(
            Packet.Publish(5, Up, Numbered(random.Next(1_000)), 1, 5, properties: Packet.Properties([0x23, 0, 3], [0x01, 1])),
            Packet.Publish(5, "", Numbered(random.Next(1_000)), 1, 6, properties: Packet.Properties([0x23, 0, 3]))),
        9 when version == 5 => Packet.Publish(5, Up, Numbered(random.Next(1_000)), 2, 9, properties: Packet.Properties(
            [0x02, 0, 0, 0, 9], [0x03, .. Packet.Text("json")], [0x08, .. Packet.Text("a/b")], [0x09, .. Packet.Binary([0])],
            [0x26, .. Packet.Text("k"), .. Packet.Text("v")])),
        _ => Packet.Publish(version, Up, Numbered(random.Next(1_000)), random.Next(3), random.Next(1, 30)),
    };

    static void Mutate(Random random, List<byte> stream)
    {
        if (stream.Count == 0)
            return;
        var at = random.Next(stream.Count);
        switch (random.Next(7))
        {
            case 0:
                stream[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                stream[at] = (byte)random.Next(256);
                break;
            case 2:
                stream.Insert(at, (byte)random.Next(256));
                break;
            case 3:
                stream.RemoveAt(at);
                break;
            case 4:
                stream.InsertRange(random.Next(stream.Count), stream.GetRange(at, random.Next(stream.Count - at)));
                break;
            case 5:
                stream.RemoveRange(at, random.Next(Math.Min(20, stream.Count - at)));
                break;
            default:
                stream.InsertRange(at, Noise(random, random.Next(8)));
                break;
        }
    }

    static byte[] Noise(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
