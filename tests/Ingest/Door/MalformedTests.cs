using Xunit;
using static CanhLu.Tests.Ingest.Doors.Payloads;

namespace CanhLu.Tests.Ingest.Doors;

public sealed class MalformedTests
{
    public static TheoryData<int, string, byte[], int> Packets
    {
        get
        {
            var data = new TheoryData<int, string, byte[], int>();
            foreach (var version in new[] { 4, 5 })
            {
                byte[] none = version == 5 ? [0] : [];
                data.Add(version, "packet type 0", [0x00, 0], 0x81);
                data.Add(version, "CONNACK from a client", [0x20, 2, 0, 0], 0x82);
                data.Add(version, "SUBACK from a client", [0x90, 3, 0, 1, 0], 0x82);
                data.Add(version, "UNSUBACK from a client", [0xB0, 2, 0, 1], 0x82);
                data.Add(version, "PINGRESP from a client", [0xD0, 0], 0x82);
                data.Add(version, "AUTH", [0xF0, 0], version == 5 ? 0x82 : 0x81);
                data.Add(version, "PINGREQ with flags", [0xC1, 0], 0x81);
                data.Add(version, "PINGREQ with a body", [0xC0, 1, 0], 0x81);
                data.Add(version, "DISCONNECT with flags", [0xE1, 0], 0x81);
                data.Add(version, "PUBACK with flags", [0x41, 2, 0, 1], 0x81);
                data.Add(version, "PUBACK of identifier 0", [0x40, 2, 0, 0], 0x81);
                data.Add(version, "PUBACK too short", [0x40, 1, 0], 0x81);
                data.Add(version, "PUBREC with flags", [0x52, 2, 0, 1], 0x81);
                data.Add(version, "PUBREL without its flags", [0x60, 2, 0, 1], 0x81);
                data.Add(version, "PUBCOMP with flags", [0x72, 2, 0, 1], 0x81);
                data.Add(version, "QoS 3", Packet.Of(0x36, Packet.Text(Up), [0, 1], none, "{}"u8.ToArray()), 0x81);
                data.Add(version, "DUP with QoS 0", Packet.Of(0x38, Packet.Text(Up), none, "{}"u8.ToArray()), 0x81);
                data.Add(version, "identifier 0", Packet.Publish(version, Up, Level, 1, 0), 0x81);
                data.Add(version, "no identifier", Packet.Of(0x32, Packet.Text(Up)), 0x81);
                data.Add(version, "a topic longer than the packet", Packet.Of(0x30, [0, 200], "canhlu"u8.ToArray()), 0x81);
                data.Add(version, "PUBLISH without a body", [0x30, 0], 0x81);
                data.Add(version, "a topic with +", Packet.Publish(version, "canhlu/v1/tk-01/+", Level, 1, 1), 0x81);
                data.Add(version, "a topic with #", Packet.Publish(version, "canhlu/v1/tk-01/#", Level, 1, 1), 0x81);
                data.Add(version, "a topic with U+0000", Packet.Publish(version, "canhlu/v1/tk-01/\0", Level, 1, 1), 0x81);
                data.Add(version, "a topic that is no UTF-8", Packet.Of(0x30, Packet.Binary([0x63, 0xC0, 0xAF]), none, "{}"u8.ToArray()), 0x81);
                data.Add(version, "an empty topic", Packet.Publish(version, "", Level, 1, 1), version == 5 ? 0x82 : 0x81);
                data.Add(version, "a Remaining Length of five bytes", [0x30, 0x80, 0x80, 0x80, 0x80, 0x01], 0x81);
            }
            data.Add(4, "a reason in PUBACK of 3.1.1", [0x40, 3, 0, 1, 0], 0x81);
            data.Add(4, "a body of DISCONNECT in 3.1.1", [0xE0, 1, 0], 0x81);
            data.Add(5, "a Remaining Length longer than needed", [0xC0, 0x80, 0x00], 0x81);
            data.Add(5, "no property length", Packet.Of(0x30, Packet.Text(Up)), 0x81);
            data.Add(5, "properties longer than the packet", Packet.Of(0x30, Packet.Text(Up), [50, 1, 1]), 0x81);
            data.Add(5, "a property length longer than needed", Packet.Of(0x30, Packet.Text(Up), [0x80, 0x00], "{}"u8.ToArray()), 0x81);
            data.Add(5, "a property that does not exist", Packet.Of(0x30, Packet.Text(Up), [2, 0x04, 1]), 0x81);
            data.Add(5, "a property of another packet", Packet.Of(0x30, Packet.Text(Up), [5, 0x11, 0, 0, 0, 1]), 0x81);
            data.Add(5, "a property cut off", Packet.Of(0x30, Packet.Text(Up), [2, 0x23, 0]), 0x81);
            data.Add(5, "a user property that is no UTF-8", Packet.Of(0x30, Packet.Text(Up), [7, 0x26, 0, 1, 0xFF, 0, 1, 0x61]), 0x81);
            data.Add(5, "a property twice", Packet.Of(0x30, Packet.Text(Up), [4, 0x01, 0, 0x01, 0]), 0x82);
            data.Add(5, "payload format 2", Packet.Of(0x30, Packet.Text(Up), [2, 0x01, 2]), 0x82);
            data.Add(5, "a wildcard in the response topic", Packet.Of(0x30, Packet.Text(Up), [4, 0x08, 0, 1, (byte)'#']), 0x82);
            data.Add(5, "a subscription identifier from a client", Packet.Of(0x30, Packet.Text(Up), [2, 0x0B, 1]), 0x82);
            data.Add(5, "properties of PUBACK cut off", [0x40, 4, 0, 1, 0, 5], 0x81);
            data.Add(5, "bytes after the properties of PUBREL", [0x62, 5, 0, 1, 0, 0, 9], 0x81);
            data.Add(5, "a wrong property of DISCONNECT", [0xE0, 4, 0, 2, 0x01, 0], 0x81);
            return data;
        }
    }

    [Theory, MemberData(nameof(Packets))]
    public async Task A_malformed_packet_ends_the_connection_and_becomes_no_reading(int version, string what, byte[] packet, int reason)
    {
        Assert.NotEmpty(what);
        await using var door = await OpenDoor.Open();
        using var client = await door.Enter(version: version);
        // What came before it is stored and acknowledged; what comes after it is not looked at.
        await client.Send(Packet.Publish(version, Up, Numbered(1), 1, 1), packet, Packet.Publish(version, Up, Numbered(2), 1, 2));
        var answer = await client.Receive();
        Assert.Equal((0x40, 1), (answer!.First, answer.Id));
        // Where it is told nothing, a client that does not go by itself is closed after its farewell: once is enough to wait for that.
        if (version == 4 && packet is not [0x00, ..])
            client.Finish();
        await client.Ends(reason);
        Assert.Single(door.Archive.Readings);
        Assert.Empty(door.River.Reasons());
        Assert.Equal(0, door.Said.Times(1250));
    }

    [Fact]
    public async Task A_longer_Remaining_Length_than_needed_is_no_fault_in_3_1_1()
    {
        await using var door = await OpenDoor.Open();
        using var client = await door.Enter();
        await client.Send([0xC0, 0x80, 0x80, 0x00]);
        Assert.Equal(0xD0, (await client.Receive())!.First);
    }

    [Fact]
    public async Task A_packet_cut_off_by_the_end_of_the_connection_is_nothing()
    {
        await using var door = await OpenDoor.Open();
        using var client = await door.Enter();
        await client.Send(Packet.Publish(4, Up, Level, 1, 1)[..^1]);
        client.Finish();
        Assert.Null(await client.Receive());
        Assert.Empty(door.Archive.Readings);
        Assert.Empty(door.River.Reasons());
    }
}
