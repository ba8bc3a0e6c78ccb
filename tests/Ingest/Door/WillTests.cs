using Microsoft.Extensions.Time.Testing;
using Xunit;
using static CanhLu.Tests.Ingest.Doors.Payloads;

namespace CanhLu.Tests.Ingest.Doors;

public sealed class WillTests
{
    static readonly RawWill Offline = new(Status, "offline", Qos: 1, Retain: true);

    static RawWill Delayed(uint seconds) => Offline with { Properties = Packet.Properties([0x18, .. Packet.Four(seconds)]) };

    static byte[] Expiry(uint seconds) => Packet.Properties([0x11, .. Packet.Four(seconds)]);

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_connection_that_breaks_tells_the_will(int version)
    {
        await using var door = await OpenDoor.Open();
        using var client = await door.Enter(version: version, will: Offline);
        await client.Publish(Status, "online", 1, 1);
        Assert.Equal(0x40, (await client.Receive())!.First);
        client.Break();
        await Soon.True(() => door.Archive.Readings.Length == 2);
        Assert.Equal([1, 0], door.Archive.Readings.Select(reading => reading.Value));
    }

    [Fact]
    public async Task DISCONNECT_throws_the_will_away_and_reason_4_does_not()
    {
        await using var door = await OpenDoor.Open();
        using (var client = await door.Enter(version: 5, will: Offline))
        {
            await client.Send(Packet.Disconnect);
            Assert.Null(await client.Receive());
        }
        await Soon.True(() => door.Door.Connections == 0);
        Assert.Empty(door.Archive.Readings);
        using (var client = await door.Enter(version: 5, will: Offline))
        {
            await client.Send([0xE0, 1, 4]);
            Assert.Null(await client.Receive());
        }
        await Soon.True(() => door.Archive.Readings.Length == 1);
    }

    [Fact]
    public async Task An_end_by_the_door_tells_the_will()
    {
        await using var door = await OpenDoor.Open();
        using var client = await door.Enter(will: Offline);
        await client.Send([0x00, 0]);
        await client.Ends(0x81);
        await Soon.True(() => door.Archive.Readings.Length == 1);
    }

    [Fact]
    public async Task A_take_over_tells_the_will_before_the_new_connection_speaks()
    {
        await using var door = await OpenDoor.Open();
        using var first = await door.Enter(will: Offline);
        using var second = await door.Enter(will: Offline);
        await second.Publish(Status, "online", 1, 1);
        Assert.Equal(0x40, (await second.Receive())!.First);
        Assert.Equal([0, 1], door.Archive.Readings.OrderBy(reading => reading.MeasuredAt).Select(reading => reading.Value));
    }

    [Fact]
    public async Task A_delayed_will_waits_and_a_client_that_comes_back_withdraws_it()
    {
        var time = new FakeTimeProvider();
        await using var door = await OpenDoor.Open(time: time);
        using (var client = await door.Enter(version: 5, clean: false, properties: Expiry(1_000), will: Delayed(60)))
            client.Break();
        await Soon.True(() => door.Door.Connections == 0);
        await door.Pass(time, TimeSpan.FromSeconds(50));
        Assert.Empty(door.Archive.Readings);
        using (var client = await door.Enter(version: 5, clean: false, properties: Expiry(1_000), will: Delayed(60)))
        {
            await door.Pass(time, TimeSpan.FromSeconds(30));
            Assert.Empty(door.Archive.Readings);
            client.Break();
        }
        await Soon.True(() => door.Door.Connections == 0);
        await door.Pass(time, TimeSpan.FromSeconds(62));
        await Soon.True(() => door.Archive.Readings.Length == 1);
    }

    [Fact]
    public async Task A_delayed_will_is_told_when_its_session_ends()
    {
        var time = new FakeTimeProvider();
        await using var door = await OpenDoor.Open(time: time);
        using (var client = await door.Enter(version: 5, clean: false, properties: Expiry(10), will: Delayed(1_000)))
            client.Break();
        await Soon.True(() => door.Door.Connections == 0);
        await door.Pass(time, TimeSpan.FromSeconds(12));
        await Soon.True(() => door.Archive.Readings.Length == 1);
        using (var client = await door.Enter(version: 5, clean: false, properties: Expiry(500), will: Delayed(1_000)))
            client.Break();
        await Soon.True(() => door.Door.Connections == 0);
        // Beginning anew ends the old session too.
        using var anew = await door.Enter(version: 5, clean: true);
        await Soon.True(() => door.Archive.Readings.Length == 2);
    }

    [Fact]
    public async Task A_will_that_finds_no_room_is_told_later_with_the_moment_at_which_it_was_due()
    {
        var time = new FakeTimeProvider();
        await using var door = await OpenDoor.Open(time: time, archive: new ArchiveEnd(capacity: 1));
        door.Archive.Stall(takes: 1);
        using var first = await door.Enter(OpenDoor.OtherGauge, clientId: "1");
        using var second = await door.Enter(OpenDoor.OtherGauge, clientId: "2");
        for (var i = 1; i <= 2; i++)
        {
            await (i == 1 ? first : second).Publish(Foreign, Numbered(i), 1, i);
            await Soon.True(() => door.Archive.Held + door.Archive.Waiting == i);
        }
        using (var client = await door.Enter(will: Offline))
            client.Break();
        await Soon.True(() => door.Door.Connections == 2);
        var back = door.Door.Now;
        door.Archive.Commit();
        await Soon.True(() => door.Archive.Readings.Length == 2);
        await door.Pass(time, TimeSpan.FromSeconds(2));
        await Soon.True(() => door.Archive.Readings.Length == 3);
        Assert.True(door.Archive.Readings[^1].MeasuredAt <= back);
    }
}
