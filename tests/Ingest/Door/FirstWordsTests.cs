using Xunit;

namespace CanhLu.Tests.Ingest.Doors;

public sealed class FirstWordsTests
{
    public const string Level = """{"t":"2025-10-29T21:00:00+07:00","stage_m":2.68}""";

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_stored_message_is_acknowledged(int version)
    {
        await using var door = await OpenDoor.Open();
        using var client = await door.Enter(version: version);
        await client.Publish("canhlu/v1/tk-01/up", Level, qos: 1, id: 7);
        var answer = await client.Receive();
        Assert.Equal((0x40, 7), (answer!.First, answer.Id));
        Assert.Equal(2680, Assert.Single(door.Archive.Readings).Value);
    }
}
