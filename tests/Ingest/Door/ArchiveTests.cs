using Xunit;
using static CanhLu.Tests.Ingest.Doors.Payloads;

namespace CanhLu.Tests.Ingest.Doors;

public sealed class ArchiveTests
{
    [Fact]
    public async Task Nothing_is_acknowledged_before_it_is_stored()
    {
        await using var door = await OpenDoor.Open();
        door.Archive.Stall();
        using var client = await door.Enter();
        await client.Publish(Up, Level, 1, 1);
        await Soon.True(() => door.Archive.Held == 1);
        var answer = client.Receive();
        Assert.False(answer.IsCompleted);
        Assert.Empty(door.Archive.Readings);
        door.Archive.Commit();
        Assert.Equal(1, (await answer)!.Id);
    }

    [Fact]
    public async Task All_acknowledgements_of_a_commit_go_out_in_one_write()
    {
        await using var door = await OpenDoor.Open();
        door.Archive.Stall();
        using var client = await door.Enter();
        await client.Send([.. Enumerable.Range(1, 500).Select(i => Packet.Publish(4, Up, Numbered(i), 1, i))]);
        await Soon.True(() => door.Archive.Held >= 1);
        var committed = door.Archive.Commit();
        // What came meanwhile may be among them; of the commit none is missing.
        Assert.InRange((await client.ReceiveOnce()).Length, committed * 4, 500 * 4);
    }

    [Fact]
    public async Task A_client_whose_readings_wait_is_not_read_from()
    {
        await using var door = await OpenDoor.Open();
        door.Archive.Stall();
        using var client = await door.Enter();
        var sent = 0;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            // Sends until TCP says that nobody reads.
            while (true)
            {
                await client.Stream.WriteAsync(Packet.Publish(4, Up, Numbered(sent), 1, 1 + sent % 60_000), patience.Token);
                sent++;
            }
        }
        catch (OperationCanceledException)
        {
        }
        // What is decoded is bounded by two fillings, whatever the client sends.
        Assert.InRange(door.Archive.HeldReadings, 1, 2 * 4_096 + 2);
        Assert.True(sent > door.Archive.HeldReadings, $"{sent} sent, {door.Archive.HeldReadings} decoded");
    }

    [Fact]
    public async Task What_is_not_stored_is_not_acknowledged_and_the_connection_ends()
    {
        await using var door = await OpenDoor.Open();
        door.Archive.Stall();
        using var four = await door.Enter();
        using var five = await door.Enter(OpenDoor.OtherGauge, version: 5);
        await four.Publish(Up, Level, 1, 1);
        await five.Publish(Foreign, Level, 1, 1);
        await Soon.True(() => door.Archive.Held == 2);
        door.Archive.Refuse();
        await four.Ends(0x8B);
        await five.Ends(0x8B);
        Assert.Equal(2, door.River.Meters["canhlu.ingest.unanswered door"]);
    }

    [Fact]
    public async Task A_dead_connection_leaves_nothing_behind_that_waits_to_be_written()
    {
        await using var door = await OpenDoor.Open(archive: new ArchiveEnd(capacity: 1));
        door.Archive.Stall(takes: 1);
        // One is taken, one waits in the channel, and the rest have no room.
        var clients = new List<RawClient>();
        for (var i = 0; i < 10; i++)
        {
            var client = await door.Enter(i % 2 == 0 ? OpenDoor.Gauge : OpenDoor.OtherGauge, clientId: $"c{i / 2 % 4}");
            await client.Publish(i % 2 == 0 ? Up : Foreign, Numbered(i), 1, 1);
            clients.Add(client);
            await Soon.True(() => door.Archive.Held + door.Archive.Waiting >= Math.Min(2, clients.Count));
        }
        clients.ForEach(client => client.Break());
        await Soon.True(() => door.Door.Connections == 0);
        Assert.Equal((1, 1), (door.Archive.Held, door.Archive.Waiting));
        door.Archive.Commit();
        await Soon.True(() => door.Archive.Readings.Length == 2);
    }

    [Fact]
    public async Task What_a_client_sent_before_it_closed_is_taken_in()
    {
        await using var door = await OpenDoor.Open();
        for (var i = 0; i < 20; i++)
        {
            using var client = await door.Dial();
            await client.Send(
                Packet.Connect(4, "short", OpenDoor.Gauge, door.Secrets[OpenDoor.Gauge]), Packet.Publish(4, Up, Numbered(i)), Packet.Disconnect);
            client.Finish();
            while (await client.Receive() is not null)
            {
            }
        }
        await Soon.True(() => door.Archive.Readings.Length == 20);
    }

    [Fact]
    public async Task Stopping_tells_every_client_and_no_will()
    {
        await using var door = await OpenDoor.Open();
        using var five = await door.Enter(version: 5, will: new RawWill(Status, "offline"));
        using var four = await door.Enter(OpenDoor.OtherGauge);
        var stop = door.Stop();
        await five.Ends(0x8B);
        await four.Ends(0x8B);
        await stop;
        Assert.Empty(door.Archive.Readings);
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_the_archive()
    {
        await using var door = await OpenDoor.Open();
        door.Archive.Stall();
        using var client = await door.Enter(version: 5);
        await client.Publish(Up, Level, 1, 1);
        await Soon.True(() => door.Archive.Held == 1);
        var stop = door.Stop();
        await client.Ends(0x8B);
        await stop;
        door.Archive.Refuse();
    }
}
