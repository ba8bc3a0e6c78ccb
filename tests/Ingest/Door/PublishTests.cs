using Xunit;
using static CanhLu.Tests.Ingest.Doors.Payloads;

namespace CanhLu.Tests.Ingest.Doors;

public sealed class PublishTests
{
    public static TheoryData<int> Versions => [4, 5];

    [Theory, MemberData(nameof(Versions))]
    public async Task A_stored_message_is_acknowledged(int version)
    {
        await using var door = await OpenDoor.Open();
        using var client = await door.Enter(version: version);
        await client.Publish(Up, Level, qos: 1, id: 7);
        var answer = await client.Receive();
        Assert.Equal((0x40, 7, 0), (answer!.First, answer.Id, answer.Reason));
        Assert.Equal(2680, Assert.Single(door.Archive.Readings).Value);
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task QoS_0_is_taken_in_and_not_answered(int version)
    {
        await using var door = await OpenDoor.Open();
        using var client = await door.Enter(version: version);
        await client.Publish(Up, Level);
        await client.Settle();
        Assert.Single(door.Archive.Readings);
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task QoS_2_is_received_once_and_released(int version)
    {
        await using var door = await OpenDoor.Open();
        using var client = await door.Enter(version: version);
        for (var i = 0; i < 2; i++)
        {
            await client.Send(Packet.Publish(version, Up, Numbered(i), qos: 2, id: 9, dup: i > 0));
            var received = await client.Receive();
            Assert.Equal((0x50, 9, 0), (received!.First, received.Id, received.Reason));
        }
        // The second was a repeat: whatever it holds, it is not taken in again.
        Assert.Single(door.Archive.Readings);
        await client.Send(Packet.Pubrel(9));
        var completed = await client.Receive();
        Assert.Equal((0x70, 9, 0), (completed!.First, completed.Id, completed.Reason));
        await client.Publish(Up, Numbered(2), qos: 2, id: 9);
        Assert.Equal(0x50, (await client.Receive())!.First);
        Assert.Equal(2, door.Archive.Readings.Length);
    }

    [Fact]
    public async Task PUBREL_of_an_unknown_identifier_is_answered_so()
    {
        await using var door = await OpenDoor.Open();
        using var five = await door.Enter(version: 5);
        await five.Send(Packet.Pubrel(3));
        var answer = await five.Receive();
        Assert.Equal((0x70, 0x92), (answer!.First, answer.Reason));
        using var four = await door.Enter(OpenDoor.OtherGauge);
        await four.Send(Packet.Pubrel(3));
        Assert.Equal([0, 3], (await four.Receive())!.Body);
    }

    [Fact]
    public async Task PUBREL_before_its_PUBREC_ends_the_connection()
    {
        await using var door = await OpenDoor.Open();
        door.Archive.Stall();
        using var client = await door.Enter(version: 5);
        await client.Send(Packet.Join(Packet.Publish(5, Up, Level, 2, 1), Packet.Pubrel(1)));
        await Soon.True(() => door.Archive.Held == 1);
        door.Archive.Commit();
        Assert.Equal(0x50, (await client.Receive())!.First);
        await client.Ends(0x82);
    }

    [Fact]
    public async Task PUBREC_of_an_unknown_identifier_is_answered_by_PUBREL_with_the_reason()
    {
        await using var door = await OpenDoor.Open();
        using var client = await door.Enter(version: 5);
        await client.Send(Packet.Of(0x50, Packet.Two(3)), Packet.Of(0x70, Packet.Two(3)));
        var answer = await client.Receive();
        Assert.Equal((0x62, 0x92), (answer!.First, answer.Reason));
        await client.Settle();
    }

    [Fact]
    public async Task A_repeat_marked_DUP_is_acknowledged_like_the_first()
    {
        await using var door = await OpenDoor.Open();
        using var client = await door.Enter();
        await client.Send(Packet.Publish(4, Up, Level, 1, 7), Packet.Publish(4, Up, Level, 1, 7, dup: true));
        Assert.Equal(7, (await client.Receive())!.Id);
        Assert.Equal(7, (await client.Receive())!.Id);
    }

    [Fact]
    public async Task A_message_that_is_no_reading_is_acknowledged_and_kept_as_a_rejection()
    {
        await using var door = await OpenDoor.Open();
        using var client = await door.Enter();
        await client.Publish(Up, "no JSON", qos: 1, id: 1);
        Assert.Equal(0x40, (await client.Receive())!.First);
        Assert.Empty(door.Archive.Readings);
        Assert.Equal([RejectionReason.NotJson], door.River.Reasons());
    }

    [Fact]
    public async Task Many_in_flight_are_acknowledged_in_their_order()
    {
        await using var door = await OpenDoor.Open();
        using var client = await door.Enter();
        var packets = Enumerable.Range(1, 3_000).Select(i => Packet.Publish(4, Up, Numbered(i), 1 + i % 2, i)).ToArray();
        var sending = client.Send(packets);
        for (var i = 1; i <= 3_000; i++)
        {
            var answer = await client.Receive();
            Assert.Equal((i % 2 == 0 ? 0x40 : 0x50, i), (answer!.First, answer.Id));
        }
        await sending;
        Assert.Equal(Enumerable.Range(1, 3_000).Select(i => (double)i), door.Archive.Readings.Select(reading => reading.Value));
    }

    [Fact]
    public async Task A_packet_may_come_byte_by_byte()
    {
        await using var door = await OpenDoor.Open();
        using var client = await door.Enter();
        foreach (var one in Packet.Publish(4, Up, Level, 1, 5))
            await client.Send([one]);
        Assert.Equal(5, (await client.Receive())!.Id);
        Assert.Single(door.Archive.Readings);
    }

    [Fact]
    public async Task A_payload_of_64_KiB_goes_through()
    {
        await using var door = await OpenDoor.Open();
        using var client = await door.Enter();
        var filler = new string('x', 64 * 1024 - Level.Length - 7);
        await client.Publish(Up, $$"""{"f":"{{filler}}",{{Level[1..]}}""", qos: 1, id: 1);
        Assert.Equal(1, (await client.Receive())!.Id);
        Assert.Single(door.Archive.Readings);
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_packet_above_the_maximum_ends_the_connection(int version)
    {
        await using var door = await OpenDoor.Open();
        using var client = await door.Enter(version: version);
        // The header alone says it: the body need not come.
        await client.Send([0x32, 0xFF, 0xFF, 0xFF, 0x7F, 0, 1]);
        await client.Ends(0x95);
    }

    [Fact]
    public async Task More_in_flight_than_the_receive_maximum_ends_the_connection_in_5()
    {
        await using var door = await OpenDoor.Open(options => options.ReceiveMaximum = 3);
        door.Archive.Stall();
        using var client = await door.Enter(version: 5);
        // In one write, so that the door has all four at once.
        await client.Send([.. Enumerable.Range(1, 4).Select(i => Packet.Publish(5, Up, Numbered(i), 1, i))]);
        await Soon.True(() => door.Archive.Held == 1);
        door.Archive.Commit();
        Packet? last;
        do
            last = await client.Receive();
        while (last is { Type: 4 });
        Assert.Equal((0xE0, 0x93), (last!.First, last.Body[0]));
    }

    [Fact]
    public async Task The_receive_maximum_counts_what_is_acknowledged_as_free_again()
    {
        await using var door = await OpenDoor.Open(options => options.ReceiveMaximum = 3);
        using var client = await door.Enter(version: 5);
        for (var i = 1; i <= 20; i++)
        {
            await client.Publish(Up, Numbered(i), qos: 1 + i % 2, id: i);
            Assert.Equal(i, (await client.Receive())!.Id);
            if (i % 2 == 0)
                continue;
            await client.Send(Packet.Pubrel(i));
            Assert.Equal(0x70, (await client.Receive())!.First);
        }
    }

    [Fact]
    public async Task A_foreign_topic_is_refused_by_its_reason_code_in_5()
    {
        await using var door = await OpenDoor.Open();
        using var client = await door.Enter(version: 5);
        await client.Publish(Foreign, Level, qos: 1, id: 1);
        await client.Publish(Foreign, Level, qos: 2, id: 2);
        await client.Publish("other/topic", Level, qos: 1, id: 3);
        await client.Publish("canhlu/v1/tk-01/", Level, qos: 1, id: 4);
        foreach (var (first, id) in new[] { (0x40, 1), (0x50, 2), (0x40, 3), (0x40, 4) })
        {
            var answer = await client.Receive();
            Assert.Equal((first, id, 0x87), (answer!.First, answer.Id, answer.Reason));
        }
        Assert.Empty(door.Archive.Readings);
        // QoS 0 has no answer; the end of the connection is one.
        await client.Publish(Foreign, Level);
        await client.Ends(0x87);
        await Soon.True(() => door.Said.Times(1230) == 1);
    }

    [Fact]
    public async Task A_foreign_topic_ends_the_connection_in_3_1_1_after_what_came_before_is_acknowledged()
    {
        await using var door = await OpenDoor.Open();
        using var client = await door.Enter();
        await client.Send(Packet.Publish(4, Up, Level, 1, 1), Packet.Publish(4, Foreign, Level, 1, 2));
        Assert.Equal(1, (await client.Receive())!.Id);
        await client.Ends(0x87);
        Assert.Single(door.Archive.Readings);
    }

    [Fact]
    public async Task A_technician_publishes_nothing()
    {
        await using var door = await OpenDoor.Open();
        using var client = await door.Enter(OpenDoor.Technician, version: 5);
        await client.Publish(Up, Level, qos: 1, id: 1);
        Assert.Equal(0x87, (await client.Receive())!.Reason);
        Assert.Empty(door.Archive.Readings);
    }

    [Fact]
    public async Task A_topic_alias_stands_for_its_topic()
    {
        await using var door = await OpenDoor.Open();
        using var client = await door.Enter(version: 5);
        var alias = Packet.Properties([0x23, 0, 16]);
        await client.Send(
            Packet.Publish(5, Up, Numbered(1), 1, 1, properties: alias),
            Packet.Publish(5, "", Numbered(2), 1, 2, properties: alias),
            Packet.Publish(5, Status, "online", 1, 3, properties: alias),
            Packet.Publish(5, "", "offline", 1, 4, properties: alias));
        for (var i = 1; i <= 4; i++)
            Assert.Equal(i, (await client.Receive())!.Id);
        Assert.Equal([1, 2, 1, 0], door.Archive.Readings.Select(reading => reading.Value));
    }

    [Theory]
    [InlineData(0, Up, 0x94)]
    [InlineData(17, Up, 0x94)]
    [InlineData(3, "", 0x82)]
    public async Task A_wrong_topic_alias_ends_the_connection(int alias, string topic, int reason)
    {
        await using var door = await OpenDoor.Open();
        using var client = await door.Enter(version: 5);
        await client.Send(Packet.Publish(5, topic, Level, 1, 1, properties: Packet.Properties([0x23, .. Packet.Two(alias)])));
        await client.Ends(reason);
    }

    [Fact]
    public async Task Properties_of_a_message_are_read_over()
    {
        await using var door = await OpenDoor.Open();
        using var client = await door.Enter(version: 5);
        var properties = Packet.Properties(
            [0x01, 1], [0x02, 0, 0, 0, 60], [0x03, .. Packet.Text("application/json")], [0x08, .. Packet.Text("answer/here")],
            [0x09, .. Packet.Binary([1, 2, 0])], [0x26, .. Packet.Text("a"), .. Packet.Text("b")], [0x26, .. Packet.Text("a"), .. Packet.Text("b")]);
        await client.Send(Packet.Publish(5, Up, Level, 1, 1, properties: properties));
        Assert.Equal(0x40, (await client.Receive())!.First);
        Assert.Single(door.Archive.Readings);
    }

    [Fact]
    public async Task The_readings_of_two_gauges_do_not_mix()
    {
        await using var door = await OpenDoor.Open();
        using var one = await door.Enter();
        using var two = await door.Enter(OpenDoor.OtherGauge, version: 5);
        await one.Publish(Up, Numbered(1), 1, 1);
        await two.Publish(Foreign, Numbered(2), 1, 1);
        Assert.Equal(0x40, (await one.Receive())!.First);
        Assert.Equal(0x40, (await two.Receive())!.First);
        Assert.Equal(2, door.Archive.Readings.Select(reading => reading.Series).Distinct().Count());
    }
}
