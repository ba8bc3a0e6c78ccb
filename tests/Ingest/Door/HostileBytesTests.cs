using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using CanhLu.Ingest;
using CanhLu.Tests.Support;
using Microsoft.AspNetCore.Connections;
using Xunit;

namespace CanhLu.Tests.Ingest.Doors;

public sealed class HostileBytesTests(ITestOutputHelper output)
{
    const int Streams = 100_000;

    [Fact]
    public async Task A_hundred_thousand_hostile_streams_crash_nothing_hang_nothing_and_give_the_readings_that_the_standard_allows()
    {
        var seed = Environment.GetEnvironmentVariable("CANHLU_SEED") is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : 20_251_029;
        output.WriteLine($"seed {seed}");
        var archive = new ArchiveEnd();
        await using var door = await OpenDoor.Open(archive: archive);
        var entrance = new DoorEntrance(door.Door);
        var (whole, unsure, readings) = (0, 0, 0);
        for (var number = 0; number < Streams; number++)
        {
            var random = new Random(unchecked(seed + number * 7_919));
            var version = random.Next(2) == 0 ? 4 : 5;
            var stream = HostileStream.Of(random, version);
            await Feed(entrance, random, Packet.Join(Packet.Connect(version, "h", OpenDoor.Gauge, door.Secrets[OpenDoor.Gauge]), stream));

            var referee = new Referee(version, new DoorOptions().MaxPacketSize, new DoorOptions().TopicAliases);
            var allowed = new ReadingBatch();
            foreach (var (topic, payload) in referee.Judge(stream))
                door.River.Intake.Take(Encoding.UTF8.GetBytes(topic), payload, door.Door.Now, allowed);
            var expected = allowed.Readings.ToArray().Select(reading => (reading.Series, reading.Value)).ToArray();
            var found = (await archive.Drain()).Select(reading => (reading.Series, reading.Value)).ToArray();
            if (referee.IsUnsure)
                Assert.True(found.Length <= expected.Length, $"stream {number} of seed {seed}");
            else
                Assert.True(expected.SequenceEqual(found), $"""
                    stream {number} of seed {seed}, MQTT {version}: {Convert.ToHexString(stream)}
                    allowed {string.Join(' ', expected)}
                    found {string.Join(' ', found)}
                    """);
            readings += found.Length;
            unsure += referee.IsUnsure ? 1 : 0;
            whole += referee.IsUnsure ? 0 : 1;
        }
        output.WriteLine($"{whole} streams judged exactly, {unsure} by their number, {readings} readings");
        Assert.True(readings > Streams / 2);
        Assert.Equal(0, door.Said.Times(1250));
        Assert.Equal(0, door.Door.Connections);
    }

    [Fact]
    public async Task Ten_thousand_hostile_CONNECTs_let_nobody_in_who_is_not_known()
    {
        var archive = new ArchiveEnd();
        await using var door = await OpenDoor.Open(options => options.FailedLoginsPerMinute = 10_000, archive: archive);
        var entrance = new DoorEntrance(door.Door);
        for (var number = 0; number < 10_000; number++)
        {
            var random = new Random(number);
            var version = random.Next(2) == 0 ? 4 : 5;
            var connect = Packet.Connect(
                version, "h", OpenDoor.Gauge, "wrong", properties: Packet.Properties([0x11, 0, 0, 0, 9], [0x21, 0, 9]),
                will: new RawWill(Payloads.Status, "offline", Properties: version == 5 ? Packet.Properties([0x18, 0, 0, 0, 0]) : null));
            for (var i = random.Next(4); i >= 0; i--)
                connect[random.Next(connect.Length)] = (byte)random.Next(256);
            await Feed(entrance, random, Packet.Join(connect, Packet.Publish(version, Payloads.Up, Payloads.Level, 1, 1)));
        }
        Assert.Empty(await archive.Drain());
        Assert.Equal(0, door.Said.Times(1250));
        Assert.Equal((0, 0), (door.Door.Connections, door.Door.Strangers));
    }

    static async Task Feed(DoorEntrance entrance, Random random, byte[] stream)
    {
        // Small segments, so that packets lie over their edges.
        var input = new Pipe(new PipeOptions(minimumSegmentSize: 64, useSynchronizationContext: false));
        var replies = new Pipe(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false));
        var connection = new DefaultConnectionContext("hostile", new Ends(input.Reader, replies.Writer), new Ends(replies.Reader, input.Writer));
        var served = entrance.OnConnectedAsync(connection);
        for (var at = 0; at < stream.Length;)
        {
            var length = Math.Min(stream.Length - at, random.Next(3) == 0 ? random.Next(1, 20) : stream.Length);
            var written = await input.Writer.WriteAsync(stream.AsMemory(at, length));
            at += length;
            if (written.IsCompleted)
                break;
        }
        await input.Writer.CompleteAsync();
        await served.WaitAsync(TimeSpan.FromSeconds(30), RealTime.Provider);
    }

    sealed record Ends(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
