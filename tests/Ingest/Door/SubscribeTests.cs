using System.Globalization;
using Xunit;
using static CanhLu.Tests.Ingest.Doors.Payloads;

namespace CanhLu.Tests.Ingest.Doors;

public sealed class SubscribeTests
{
    public static TheoryData<string, int> RefusedToADevice => new()
    {
        { "canhlu/v1/tk-02/cmd", 0x87 },
        { "canhlu/v1/tk-01/up", 0x87 },
        { "canhlu/v1/+/cmd", 0x87 },
        { "#", 0x87 },
        { "$SYS/#", 0x87 },
        { "$share/group/canhlu/v1/tk-01/cmd", 0x9E },
        { "canhlu/v1/tk-01/cmd#", 0x8F },
        { "a+/b", 0x8F },
        { "#/b", 0x8F },
        { "", 0x8F },
    };

    [Theory, MemberData(nameof(RefusedToADevice))]
    public async Task A_device_hears_its_own_cmd_only(string filter, int reason)
    {
        await using var door = await OpenDoor.Open();
        using var five = await door.Enter(version: 5);
        await five.Send(Packet.Subscribe(5, 10, (filter, 1), (Cmd, 1)));
        Assert.Equal([0, 10, 0, (byte)reason, 1], (await five.Receive())!.Body);
        using var four = await door.Enter(OpenDoor.OtherGauge);
        await four.Send(Packet.Subscribe(4, 10, (filter == "canhlu/v1/tk-02/cmd" ? Cmd : filter, 2)));
        Assert.Equal([0, 10, 0x80], (await four.Receive())!.Body);
    }

    [Fact]
    public async Task UNSUBACK_of_3_1_1_has_no_codes()
    {
        await using var door = await OpenDoor.Open();
        using var client = await door.Enter();
        await client.Send(Packet.Unsubscribe(4, 3, Cmd, "a"));
        Assert.Equal((0xB0, 3), ((await client.Receive()) is { } answer ? (answer.First, answer.Body.Length + 1) : default));
    }

    public static TheoryData<int, string, byte[], int> Wrong => new()
    {
        { 5, "a subscription identifier", Packet.Of(0x82, [0, 1], Packet.Properties([0x0B, 1]), Packet.Text(Cmd), [1]), 0xA1 },
        { 5, "a subscription identifier of 0", Packet.Of(0x82, [0, 1], Packet.Properties([0x0B, 0]), Packet.Text(Cmd), [1]), 0x82 },
        { 5, "No Local of a shared subscription", Packet.Of(0x82, [0, 1], [0], Packet.Text("$share/a/b"), [5]), 0x82 },
        { 5, "retain handling 3", Packet.Of(0x82, [0, 1], [0], Packet.Text(Cmd), [0x31]), 0x81 },
        { 5, "reserved option bits", Packet.Of(0x82, [0, 1], [0], Packet.Text(Cmd), [0x41]), 0x81 },
        { 4, "reserved option bits", Packet.Of(0x82, [0, 1], Packet.Text(Cmd), [5]), 0x81 },
        { 4, "QoS 3", Packet.Of(0x82, [0, 1], Packet.Text(Cmd), [3]), 0x81 },
        { 4, "no filter", Packet.Of(0x82, [0, 1]), 0x82 },
        { 5, "no filter", Packet.Of(0x82, [0, 1], [0]), 0x82 },
        { 5, "no filter to unsubscribe", Packet.Of(0xA2, [0, 1], [0]), 0x82 },
        { 4, "no options", Packet.Of(0x82, [0, 1], Packet.Text(Cmd)), 0x81 },
        { 4, "identifier 0", Packet.Of(0x82, [0, 0], Packet.Text(Cmd), [1]), 0x81 },
        { 4, "flags 0", Packet.Of(0x80, [0, 1], Packet.Text(Cmd), [1]), 0x81 },
        { 4, "flags 0 of UNSUBSCRIBE", Packet.Of(0xA0, [0, 1], Packet.Text(Cmd)), 0x81 },
        { 5, "a filter that is no UTF-8", Packet.Of(0x82, [0, 1], [0], Packet.Binary([0xFF]), [1]), 0x81 },
    };

    [Theory, MemberData(nameof(Wrong))]
    public async Task A_wrong_SUBSCRIBE_ends_the_connection(int version, string what, byte[] packet, int reason)
    {
        Assert.NotEmpty(what);
        await using var door = await OpenDoor.Open();
        using var client = await door.Enter(version: version);
        await client.Send(packet);
        await client.Ends(reason);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_technician_sees_live_what_comes_in(int version)
    {
        await using var door = await OpenDoor.Open();
        using var technician = await door.Enter(OpenDoor.Technician, version);
        await technician.Send(Packet.Subscribe(version, 1, ("canhlu/v1/+/up", 2), ("canhlu/#", 1), ("$share/x/y", 0)));
        Assert.Equal([0, 0, version == 5 ? (byte)0x9E : (byte)0x80], (await technician.Receive())!.Body[^3..]);
        using var client = await door.Enter();
        await client.Publish(Up, "not even JSON", 1, 1);
        await client.Publish(Status, "online");
        var one = await technician.Receive();
        Assert.Equal((0x30, (Up, 0, "not even JSON")), (one!.First, one.Message(version)));
        Assert.Equal((Status, 0, "online"), (await technician.Receive())!.Message(version));
        await technician.Send(Packet.Unsubscribe(version, 2, "canhlu/#", "canhlu/v1/+/up"));
        Assert.Equal(0xB0, (await technician.Receive())!.First);
        await client.Publish(Up, "unseen", 1, 1);
        Assert.Equal((0x40, 0x40), ((await client.Receive())!.First, (await client.Receive())!.First));
        await technician.Settle();
    }

    [Fact]
    public async Task A_slow_technician_is_told_how_much_was_dropped()
    {
        await using var door = await OpenDoor.Open(options => options.TailMessages = 16);
        using var technician = await door.Enter(OpenDoor.Technician);
        await technician.Send(Packet.Subscribe(4, 1, ("#", 0)));
        Assert.Equal(0x90, (await technician.Receive())!.First);
        using var client = await door.Enter();
        var filler = new string('x', 8_000);
        const int Sent = 4_000;
        for (var i = 0; i < Sent; i += 100)
        {
            await client.Send([.. Enumerable.Range(i, 100).Select(n => Packet.Publish(4, Up, $"{n} {filler}"))]);
            await client.Settle();
        }
        var (seen, dropped) = (0, 0);
        while (seen + dropped < Sent)
        {
            var (topic, _, payload) = (await technician.Receive())!.Message(4);
            if (topic == "$canhlu/dropped")
                dropped += int.Parse(payload, CultureInfo.InvariantCulture);
            else
                seen++;
        }
        Assert.True(dropped > 0);
        Assert.Equal((Sent, (long)dropped), (seen + dropped, door.River.Meters["canhlu.ingest.door.tail.dropped"]));
    }

    [Fact]
    public async Task A_technician_that_reads_nothing_is_cut()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var door = await OpenDoor.Open(time: time);
        using var technician = await door.Enter(OpenDoor.Technician);
        await technician.Send(Packet.Subscribe(4, 1, ("#", 0)));
        Assert.Equal(0x90, (await technician.Receive())!.First);
        using var client = await door.Enter();
        var filler = new string('x', 60_000);
        // More than two sockets' buffers hold.
        for (var i = 0; i < 400; i++)
        {
            await client.Publish(Up, filler);
            if (i % 10 == 0)
                await client.Settle();
        }
        await door.Pass(time, TimeSpan.FromSeconds(33));
        await Soon.True(() => door.Door.Connections == 1);
    }

    [Fact]
    public async Task A_technician_has_a_bounded_number_of_filters()
    {
        await using var door = await OpenDoor.Open(options => options.FiltersPerConnection = 2);
        using var technician = await door.Enter(OpenDoor.Technician, version: 5);
        await technician.Send(Packet.Subscribe(5, 1, ("a", 0), ("b", 0), ("c", 0), ("a", 0)));
        Assert.Equal([0, 0, 0x97, 0], (await technician.Receive())!.Body[^4..]);
    }

    [Fact]
    public async Task Retained_messages_come_with_the_subscription_as_its_retain_handling_says()
    {
        await using var door = await OpenDoor.Open();
        using var client = await door.Enter();
        await client.Send(Packet.Publish(4, Status, "offline", retain: true), Packet.Publish(4, Status, "online", retain: true));
        await client.Settle();
        using var technician = await door.Enter(OpenDoor.Technician, version: 5);
        // Retain handling 2: not; 0: yes; 1: only when it is new; 1 and new.
        foreach (var (filter, options, comes) in new[] { ("#", 0x20, false), ("#", 0x00, true), ("#", 0x10, false), ("canhlu/#", 0x10, true) })
        {
            await technician.Send(Packet.Subscribe(5, 1, (filter, options)));
            Assert.Equal(0x90, (await technician.Receive())!.First);
            if (comes)
            {
                var message = await technician.Receive();
                Assert.Equal((0x31, "online"), (message!.First, message.Message(5).Payload));
            }
            await technician.Settle();
        }
        // An empty one takes it away, and is no rejection.
        await client.Send(Packet.Publish(4, Status, "", retain: true));
        await client.Settle();
        Assert.Equal("", (await technician.Receive())!.Message(5).Payload);
        await technician.Send(Packet.Subscribe(5, 1, ("canhlu/v1/#", 0)));
        Assert.Equal(0x90, (await technician.Receive())!.First);
        await technician.Settle();
        Assert.Empty(door.River.Reasons());
    }

    [Fact]
    public async Task RETAIN_is_handed_on_to_those_who_asked_for_it()
    {
        await using var door = await OpenDoor.Open();
        using var technician = await door.Enter(OpenDoor.Technician, version: 5);
        using var other = await door.Enter(OpenDoor.Technician, version: 5, clientId: "other");
        await technician.Send(Packet.Subscribe(5, 1, ("#", 8)));
        await other.Send(Packet.Subscribe(5, 1, ("#", 0)));
        Assert.Equal((0x90, 0x90), ((await technician.Receive())!.First, (await other.Receive())!.First));
        using var client = await door.Enter();
        await client.Send(Packet.Publish(4, Status, "online", retain: true));
        Assert.Equal((0x31, 0x30), ((await technician.Receive())!.First, (await other.Receive())!.First));
    }
}
