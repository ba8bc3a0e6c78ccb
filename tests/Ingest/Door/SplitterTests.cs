using Xunit;
using static CanhLu.Tests.Ingest.Doors.Payloads;

namespace CanhLu.Tests.Ingest.Doors;

public sealed class SplitterTests
{
    [Fact]
    public async Task A_packet_that_begins_a_segment_is_not_left_behind()
    {
        await using var door = await OpenDoor.Open();
        using var client = await door.Enter();
        // Kestrel reads into blocks of 4,096 bytes: the first message ends exactly with one.
        var first = Packet.Publish(4, Up, Level[..^1] + new string(' ', 4_096 - 100) + "}", 1, 1);
        var exact = Packet.Publish(4, Up, Level[..^1] + new string(' ', 4_096 - 100 + 4_096 - first.Length) + "}", 1, 1);
        Assert.Equal(4_096, exact.Length);
        for (var i = 0; i < 50; i++)
        {
            await client.Send(Packet.Join(exact, Packet.Publish(4, Up, Numbered(i), 1, 2)));
            Assert.Equal(1, (await client.Receive())!.Id);
            Assert.Equal(2, (await client.Receive())!.Id);
        }
    }
}
