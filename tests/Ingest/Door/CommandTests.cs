using CanhLu.Ingest;
using Xunit;
using static CanhLu.Tests.Ingest.Doors.Payloads;

namespace CanhLu.Tests.Ingest.Doors;

public sealed class CommandTests
{
    static readonly byte[] LongExpiry = Packet.Properties([0x11, .. Packet.Four(1_000)]);

    static async Task Listen(RawClient client, int qos = 1)
    {
        await client.Send(Packet.Subscribe(client.Version, 1, (Cmd, qos)));
        Assert.Equal(Math.Min(qos, 1), (await client.Receive())!.Body[^1]);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_command_reaches_the_device_and_is_forgotten_when_it_is_acknowledged(int version)
    {
        await using var door = await OpenDoor.Open();
        using var client = await door.Enter(version: version, clean: false, properties: LongExpiry);
        await Listen(client, qos: 2);
        Assert.Equal(CommandFate.Kept, await door.Command(OpenDoor.Gauge, "report"u8.ToArray()));
        var command = await client.Receive();
        Assert.Equal(0x32, command!.First);
        var (topic, id, payload) = command.Message(version);
        Assert.Equal((Cmd, "report"), (topic, payload));
        Assert.Single(door.Memory.Sessions().Single().Commands);
        await client.Send(Packet.Puback(id));
        await Soon.True(() => door.Memory.Sessions().Single().Commands.Count == 0);
    }

    [Fact]
    public async Task A_command_waits_for_a_device_that_is_away()
    {
        await using var door = await OpenDoor.Open();
        using (var client = await door.Enter(clean: false))
            await Listen(client);
        await Soon.True(() => door.Door.Connections == 0);
        Assert.Equal(CommandFate.Kept, await door.Command(OpenDoor.Gauge, "one"u8.ToArray()));
        Assert.Equal(CommandFate.Kept, await door.Command(OpenDoor.Gauge, "two"u8.ToArray()));
        using var back = await door.Enter(clean: false);
        foreach (var expected in new[] { "one", "two" })
        {
            var command = await back.Receive();
            Assert.Equal((0x32, expected), (command!.First, command.Message(4).Payload));
        }
    }

    [Fact]
    public async Task What_was_not_acknowledged_comes_again_under_its_identifier_marked_DUP()
    {
        await using var door = await OpenDoor.Open();
        var id = 0;
        using (var client = await door.Enter(clean: false))
        {
            await Listen(client);
            await door.Command(OpenDoor.Gauge, "report"u8.ToArray());
            id = (await client.Receive())!.Message(4).Id;
            client.Break();
        }
        using var back = await door.Enter(clean: false);
        var again = await back.Receive();
        Assert.Equal((0x3A, id, "report"), (again!.First, again.Message(4).Id, again.Message(4).Payload));
        await back.Send(Packet.Puback(id));
        await Soon.True(() => door.Memory.Sessions().Single().Commands.Count == 0);
    }

    [Fact]
    public async Task Commands_survive_a_restart_of_the_door()
    {
        var memory = new PassingMemory();
        IReadOnlyDictionary<string, string> secrets;
        await using (var door = await OpenDoor.Open(memory: memory))
        {
            secrets = door.Secrets;
            using (var client = await door.Enter(clean: false))
            {
                await Listen(client);
                await door.Command(OpenDoor.Gauge, "sent"u8.ToArray());
                Assert.NotNull(await client.Receive());
            }
            await Soon.True(() => door.Door.Connections == 0);
            await door.Command(OpenDoor.Gauge, "not sent"u8.ToArray());
        }
        await using var again = await OpenDoor.Open(memory: memory, secrets: secrets);
        using var back = await again.Enter(clean: false);
        var (first, second) = (await back.Receive(), await back.Receive());
        Assert.Equal((0x3A, "sent"), (first!.First, first.Message(4).Payload));
        Assert.Equal((0x32, "not sent"), (second!.First, second.Message(4).Payload));
    }

    [Fact]
    public async Task No_more_are_in_flight_than_the_device_takes()
    {
        await using var door = await OpenDoor.Open();
        using var client = await door.Enter(version: 5, clean: false, properties: Packet.Properties([0x11, 0, 0, 1, 0], [0x21, 0, 2]));
        await Listen(client);
        for (var i = 0; i < 5; i++)
            await door.Command(OpenDoor.Gauge, new[] { (byte)('0' + i) });
        var first = (await client.Receive())!.Message(5);
        Assert.Equal("1", (await client.Receive())!.Message(5).Payload);
        await client.Settle();
        await client.Send(Packet.Puback(first.Id));
        Assert.Equal("2", (await client.Receive())!.Message(5).Payload);
        await client.Settle();
    }

    [Fact]
    public async Task A_command_that_the_device_cannot_take_is_not_sent()
    {
        await using var door = await OpenDoor.Open();
        using var client = await door.Enter(version: 5, clean: false, properties: Packet.Properties([0x11, 0, 0, 1, 0], [0x27, 0, 0, 0, 100]));
        await Listen(client);
        await door.Command(OpenDoor.Gauge, new byte[100]);
        await door.Command(OpenDoor.Gauge, "short"u8.ToArray());
        Assert.Equal("short", (await client.Receive())!.Message(5).Payload);
        Assert.Single(door.Memory.Sessions().Single().Commands);
    }

    [Fact]
    public async Task Nobody_listens_and_too_many_are_told()
    {
        await using var door = await OpenDoor.Open(options => options.CommandsPerSession = 2);
        Assert.Equal(CommandFate.NobodyListens, await door.Command(OpenDoor.Gauge, new byte[1]));
        using var client = await door.Enter(clean: false);
        Assert.Equal(CommandFate.NobodyListens, await door.Command(OpenDoor.Gauge, new byte[1]));
        await Listen(client);
        Assert.Equal(CommandFate.Kept, await door.Command(OpenDoor.Gauge, new byte[1]));
        Assert.Equal(CommandFate.Kept, await door.Command(OpenDoor.Gauge, new byte[1]));
        Assert.Equal(CommandFate.Full, await door.Command(OpenDoor.Gauge, new byte[1]));
        await Assert.ThrowsAsync<ArgumentException>(() => door.Command(OpenDoor.Gauge, new byte[70_000]));
    }

    [Theory]
    [InlineData(0, 0x30)]
    [InlineData(1, 0x32)]
    public async Task Without_a_persistent_session_a_command_is_sent_and_not_kept(int qos, int first)
    {
        await using var door = await OpenDoor.Open();
        using var client = await door.Enter();
        await Listen(client, qos);
        Assert.Equal(CommandFate.Sent, await door.Command(OpenDoor.Gauge, "now"u8.ToArray()));
        Assert.Equal(first, (await client.Receive())!.First);
        Assert.Empty(door.Memory.Sessions());
    }

    [Fact]
    public async Task After_UNSUBSCRIBE_nothing_is_sent()
    {
        await using var door = await OpenDoor.Open();
        using var client = await door.Enter(version: 5, clean: false, properties: LongExpiry);
        await Listen(client);
        await client.Send(Packet.Unsubscribe(5, 2, Cmd, Cmd, "other"));
        Assert.Equal([0, 2, 0, 0x00, 0x11, 0x11], (await client.Receive())!.Body);
        Assert.Equal(CommandFate.NobodyListens, await door.Command(OpenDoor.Gauge, new byte[1]));
    }
}
