using CanhLu.Ingest;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using static CanhLu.Tests.Ingest.Doors.Payloads;

namespace CanhLu.Tests.Ingest.Doors;

public sealed class SessionTests
{
    static byte[] Expiry(uint seconds) => Packet.Properties([0x11, .. Packet.Four(seconds)]);

    static bool Present(RawClient client) => client.Connack!.Body[0] == 1;

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task The_same_client_takes_its_session_over(int version)
    {
        await using var door = await OpenDoor.Open();
        using var first = await door.Enter(version: version);
        using var second = await door.Enter(version: version);
        await first.Ends(0x8E);
        await second.Publish(Up, Level, 1, 1);
        Assert.Equal(0x40, (await second.Receive())!.First);
    }

    [Fact]
    public async Task A_take_over_does_not_wait_for_the_archive()
    {
        await using var door = await OpenDoor.Open();
        door.Archive.Stall();
        using var first = await door.Enter(version: 5);
        await first.Publish(Up, Level, 1, 1);
        await Soon.True(() => door.Archive.Held == 1);
        using var second = await door.Enter(version: 5);
        await first.Ends(0x8E);
        door.Archive.Commit();
        await second.Publish(Up, Level, 1, 1);
        Assert.Equal(0x40, (await second.Receive())!.First);
    }

    [Fact]
    public async Task An_account_cannot_take_over_another_accounts_session()
    {
        await using var door = await OpenDoor.Open();
        using var first = await door.Enter(clientId: "same");
        using var second = await door.Enter(OpenDoor.OtherGauge, clientId: "same");
        await first.Settle();
        await second.Settle();
    }

    [Fact]
    public async Task A_device_holds_a_bounded_number_of_connections()
    {
        await using var door = await OpenDoor.Open(options => options.ConnectionsPerDevice = 2);
        using var first = await door.Enter(version: 5, clientId: "1");
        using var second = await door.Enter(version: 5, clientId: "2");
        using var third = await door.Enter(version: 5, clientId: "3");
        await first.Ends(0x8E);
        await second.Settle();
        await third.Settle();
    }

    [Fact]
    public async Task A_persistent_session_is_there_again_and_a_clean_one_is_not()
    {
        await using var door = await OpenDoor.Open();
        using (var client = await door.Enter(clean: false))
            Assert.False(Present(client));
        using (var client = await door.Enter(clean: false))
            Assert.True(Present(client));
        using (var client = await door.Enter(clean: true))
            Assert.False(Present(client));
        using (var client = await door.Enter(clean: false))
            Assert.False(Present(client));
    }

    [Fact]
    public async Task A_session_of_5_lives_as_long_as_it_asks()
    {
        var time = new FakeTimeProvider();
        await using var door = await OpenDoor.Open(time: time);
        using (var client = await door.Enter(version: 5, clean: false, properties: Expiry(100)))
            Assert.False(Present(client));
        await Soon.True(() => door.Door.Connections == 0);
        await door.Pass(time, TimeSpan.FromSeconds(90));
        using (var client = await door.Enter(version: 5, clean: false, properties: Expiry(100)))
            Assert.True(Present(client));
        await Soon.True(() => door.Door.Connections == 0);
        await door.Pass(time, TimeSpan.FromSeconds(110));
        using (var client = await door.Enter(version: 5, clean: false))
            Assert.False(Present(client));
        Assert.Empty(door.Memory.Sessions());
    }

    [Fact]
    public async Task Without_an_expiry_a_session_of_5_ends_with_its_connection()
    {
        await using var door = await OpenDoor.Open();
        using var first = await door.Enter(version: 5, clean: false);
        using var second = await door.Enter(version: 5, clean: false);
        Assert.False(Present(second));
    }

    [Fact]
    public async Task An_endless_expiry_is_shortened_and_told()
    {
        await using var door = await OpenDoor.Open(options => options.MaxSessionSeconds = 1_000);
        using var client = await door.Enter(version: 5, clean: false, properties: Expiry(uint.MaxValue));
        Assert.True(client.Connack!.Body.AsSpan().IndexOf([(byte)0x11, .. Packet.Four(1_000)]) >= 0);
    }

    [Fact]
    public async Task DISCONNECT_can_end_a_session_but_not_begin_one()
    {
        await using var door = await OpenDoor.Open();
        using (var client = await door.Enter(version: 5, clean: false, properties: Expiry(100)))
        {
            await client.Send(Packet.Of(0xE0, [0], Expiry(0)));
            Assert.Null(await client.Receive());
        }
        await Soon.True(() => door.Memory.Sessions().Count == 0);
        using var other = await door.Enter(version: 5, clean: false);
        Assert.False(Present(other));
        await other.Send(Packet.Of(0xE0, [0], Expiry(5)));
        await other.Ends(0x82);
    }

    [Fact]
    public async Task QoS_2_goes_on_where_the_connection_broke()
    {
        await using var door = await OpenDoor.Open();
        using (var client = await door.Enter(clean: false))
        {
            await client.Publish(Up, Numbered(1), qos: 2, id: 5);
            Assert.Equal(0x50, (await client.Receive())!.First);
            client.Break();
        }
        using var again = await door.Enter(clean: false);
        await again.Send(Packet.Publish(4, Up, Numbered(2), 2, 5, dup: true), Packet.Pubrel(5));
        Assert.Equal(0x50, (await again.Receive())!.First);
        Assert.Equal(0x70, (await again.Receive())!.First);
        Assert.Single(door.Archive.Readings);
    }

    [Fact]
    public async Task A_device_keeps_a_bounded_number_of_sessions()
    {
        await using var door = await OpenDoor.Open(options => options.SessionsPerDevice = 3);
        for (var i = 0; i < 10; i++)
        {
            using var client = await door.Enter(clientId: $"c{i}", clean: false);
            await client.Send(Packet.Disconnect);
            Assert.Null(await client.Receive());
            var connected = i;
            await Soon.True(() => door.Door.Connections == 0);
        }
        await Soon.True(() => door.Memory.Sessions().Count == 3);
        using var oldest = await door.Enter(clientId: "c0", clean: false);
        Assert.False(Present(oldest));
    }

    [Fact]
    public async Task A_session_survives_a_restart_of_the_door()
    {
        var memory = new PassingMemory();
        IReadOnlyDictionary<string, string> secrets;
        await using (var door = await OpenDoor.Open(memory: memory))
        {
            secrets = door.Secrets;
            using var client = await door.Enter(clean: false);
        }
        await using var again = await OpenDoor.Open(memory: memory, secrets: secrets);
        using var back = await again.Enter(clean: false);
        Assert.True(Present(back));
    }

    [Fact]
    public async Task A_store_that_cannot_be_written_refuses_persistent_sessions_and_takes_readings_in()
    {
        var memory = new BrokenMemory();
        await using var door = await OpenDoor.Open(memory: memory);
        memory.IsBroken = true;
        using var persistent = await door.Dial();
        await persistent.Send(Packet.Connect(5, "x", OpenDoor.Gauge, door.Secrets[OpenDoor.Gauge], properties: Expiry(100)));
        Assert.Equal(0x88, (await persistent.Receive())!.Body[1]);
        using var client = await door.Enter();
        await client.Publish(Up, Level, 1, 1);
        Assert.Equal(0x40, (await client.Receive())!.First);
        await Soon.True(() => door.Said.Times(1240) == 1);
        memory.IsBroken = false;
        using var later = await door.Enter(version: 5, clientId: "x", properties: Expiry(100));
        Assert.False(Present(later));
        await Soon.True(() => door.Said.Times(1241) == 1);
    }
}
