using System.IO.Pipelines;
using System.Text;
using CanhLu.Ingest;
using CanhLu.Tests.Ingest.Doors;
using CanhLu.Tests.Support;
using Microsoft.AspNetCore.Connections;
using Xunit;

namespace CanhLu.Tests.Fuzz;

/// <summary>The front door's bytes.</summary>
public sealed class DoorFuzz(ITestOutputHelper output)
{
    const int LongestByBytes = 400;

    /// <remarks>An input is the version (even: 3.1.1, odd: 5.0) and what a device sends after CONNECT.</remarks>
    [Fact]
    public async Task A_stream_gives_the_same_readings_and_the_same_answers_however_it_is_cut_into_segments()
    {
        var archive = new ArchiveEnd();
        await using var door = await OpenDoor.Open(archive: archive);
        var entrance = new DoorEntrance(door.Door);
        await new Fuzzer("stream", output) { Longest = 8 * 1024, Words = [Payloads.Up, Payloads.Status, Payloads.Foreign, Payloads.Level] }.Run(Streams(), async input =>
        {
            var version = input.Length > 0 && input[0] % 2 == 1 ? 5 : 4;
            var stream = input.Length > 0 ? input[1..] : [];
            var referee = new Referee(version, new DoorOptions().MaxPacketSize, new DoorOptions().TopicAliases);
            var allowed = new ReadingBatch();
            foreach (var (topic, payload) in referee.Judge(stream))
                door.River.Intake.Take(Encoding.UTF8.GetBytes(topic), payload, door.Door.Now, allowed);
            var expected = allowed.Readings.ToArray().Select(reading => (reading.Series, reading.Value)).ToArray();

            var whole = await Feed(stream.Length + 1);
            var pieces = await Feed(1 + stream.Length % 23);
            var bytes = stream.Length <= LongestByBytes ? await Feed(1) : pieces;
            if (!referee.IsUnsure)
            {
                Assert.Equal(expected, whole.Readings);
                Assert.Equal(whole.Readings, pieces.Readings);
                Assert.Equal(whole.Readings, bytes.Readings);
                if (referee.LeavesAt is { } leavesAt)
                    AreOf(await Feed(leavesAt + 1, stream[..leavesAt]), whole, pieces, bytes);
                else
                {
                    Assert.Equal(whole.Answers, pieces.Answers);
                    Assert.Equal(whole.Answers, bytes.Answers);
                }
            }
            Assert.Equal(0, door.Said.Times(1250));
            Assert.Equal(0, door.Door.Connections);
            return $"{version} {whole.Readings.Length} {string.Join(' ', whole.Answers.Select(one => one[..2]).Distinct())}{(referee.IsUnsure ? " unsure" : "")}";

            async Task<Served> Feed(int piece, byte[]? part = null)
            {
                var connect = Packet.Connect(version, "h", OpenDoor.Gauge, door.Secrets[OpenDoor.Gauge]);
                var answers = await Serve(entrance, [.. connect, .. part ?? stream], piece);
                return new Served([.. (await archive.Drain()).Select(reading => (reading.Series, reading.Value))], [.. answers.Order(StringComparer.Ordinal)]);
            }
        });
        await archive.Stop();
    }

    /// <remarks>An input is a packet's flags and body; every reader of the door reads it, in both versions.</remarks>
    [Fact]
    public Task No_body_of_a_packet_is_more_than_a_packet_or_a_reason()
    {
        return new Fuzzer("packet", output) { AllowanceOfByte = 250, Words = ["MQTT", "MQIsdp", "a/+/b", "#", "$share/g/#", "canhlu/v1/tk-01/status"] }.Run(Bodies(), input =>
        {
            var (flags, body) = input.Length > 0 ? (input[0] & 15, input[1..]) : (0, []);
            var answer = new StringBuilder();
            foreach (var five in (bool[])[false, true])
            {
                var connect = new ConnectPacket();
                var connected = connect.Read(flags, body);
                Assert.True(connect.ReceiveMaximum is > 0 and <= ushort.MaxValue && connect.MaximumPacketSize > 0);
                Assert.True(connected != ReasonCode.Success || connect.CanAnswer);
                var published = PublishPacket.Read(flags, body, five, out var publish);
                if (published == ReasonCode.Success)
                {
                    Assert.True(publish.Topic.Length + publish.Payload.Length + 2 <= body.Length);
                    Assert.Equal(publish.Qos == 0, publish.PacketId == 0);
                }
                var subscribed = SubscribePacket.Read(PacketType.Subscribe, flags, body, five, out var wishes);
                if (subscribed == ReasonCode.Success)
                {
                    Assert.NotEmpty(wishes.Wishes);
                    foreach (var wish in wishes.Wishes)
                        answer.Append(TopicFilter.IsValid(wish.Filter) ? TopicFilter.Matches(wish.Filter, body) ? "fits " : "filter " : "none ");
                }
                var unsubscribed = SubscribePacket.Read(PacketType.Unsubscribe, flags, body, five, out _);
                var left = DisconnectPacket.Read(flags, body, five, out _);
                var replied = ReplyPacket.Read(PacketType.Pubrel, flags, body, five, out var reply);
                Assert.True(replied != ReasonCode.Success || reply.PacketId > 0);
                answer.Append($"{connected:X} {published:X} {subscribed:X} {unsubscribed:X} {left:X} {replied:X}; ");
            }
            if (Frame.TryRead(body, out var frame, out var malformed))
                Assert.True(!malformed && frame.HeaderLength is >= 2 and <= Frame.LongestHeader && frame.BodyLength is >= 0 and < 1 << 28);
            return answer.ToString();
        });
    }

    // Who has gone takes no answer: one may be missing, and none is another than those to a client that stays.
    static void AreOf(Served stayed, params ReadOnlySpan<Served> gone)
    {
        foreach (var served in gone)
            Assert.DoesNotContain(served.Answers.Except(stayed.Answers), answer => !answer.StartsWith("E0", StringComparison.Ordinal));
    }

    static IEnumerable<byte[]> Streams()
    {
        for (var i = 0; i < 60; i++)
        {
            var random = new Random(i);
            yield return [(byte)i, .. HostileStream.Of(random, i % 2 == 1 ? 5 : 4)];
        }
    }

    static IEnumerable<byte[]> Bodies()
    {
        foreach (var version in (int[])[4, 5])
        {
            byte[][] packets =
            [
                Packet.Connect(version, "h", "user", "secret", keepAlive: 9, properties: Packet.Properties([0x11, 0, 0, 0, 9], [0x21, 0, 9], [0x27, 0, 0, 1, 0]), will: new RawWill(Payloads.Status, "offline", 1, true)),
                Packet.Publish(version, Payloads.Up, Payloads.Level, 1, 7, properties: Packet.Properties([0x23, 0, 3], [0x01, 1], [0x26, .. Packet.Text("k"), .. Packet.Text("v")])),
                Packet.Subscribe(version, 3, (Payloads.Cmd, 1), ("a/+/#", 0)),
                Packet.Unsubscribe(version, 3, Payloads.Cmd),
                Packet.Pubrel(9),
                Packet.Of(0xE0, [4], Packet.Properties([0x11, 0, 0, 0, 9])),
            ];
            foreach (var packet in packets)
            {
                var header = 2 + (packet[1] < 128 ? 0 : 1);
                yield return [(byte)(packet[0] & 15), .. packet.AsSpan(header)];
            }
        }
    }

    static async Task<List<string>> Serve(DoorEntrance entrance, byte[] stream, int piece)
    {
        var input = new Pipe(new PipeOptions(minimumSegmentSize: 16, useSynchronizationContext: false));
        var replies = new Pipe(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false));
        var connection = new DefaultConnectionContext("fuzz", new Ends(input.Reader, replies.Writer), new Ends(replies.Reader, input.Writer));
        var served = entrance.OnConnectedAsync(connection);
        for (var at = 0; at < stream.Length; at += piece)
        {
            // A segment of its own for every piece.
            var written = await input.Writer.WriteAsync(stream.AsMemory(at, Math.Min(piece, stream.Length - at)));
            if (written.IsCompleted)
                break;
        }
        await input.Writer.CompleteAsync();
        await served.WaitAsync(TimeSpan.FromSeconds(30), RealTime.Provider);
        await replies.Writer.CompleteAsync();
        var all = new MemoryStream();
        await replies.Reader.CopyToAsync(all);
        return Packets(all.ToArray());
    }

    /// <summary>The packets that the door sent, as text.</summary>
    static List<string> Packets(byte[] bytes)
    {
        var packets = new List<string>();
        for (var at = 0; at < bytes.Length;)
        {
            var (length, shift, next) = (0, 0, at + 1);
            do
            {
                length |= (bytes[next] & 127) << shift;
                shift += 7;
            }
            while (bytes[next++] >= 128);
            packets.Add(Convert.ToHexString(bytes.AsSpan(at, next + length - at)));
            at = next + length;
        }
        return packets;
    }

    sealed record Ends(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    sealed record Served((SeriesId, double)[] Readings, string[] Answers);
}
