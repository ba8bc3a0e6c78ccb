using Microsoft.Extensions.Time.Testing;
using Xunit;
using static CanhLu.Tests.Ingest.Doors.Payloads;

namespace CanhLu.Tests.Ingest.Doors;

public sealed class ConnectTests
{
    [Fact]
    public async Task CONNACK_of_5_announces_the_limits()
    {
        await using var door = await OpenDoor.Open(options => options.ReceiveMaximum = 300);
        using var client = await door.Enter(version: 5);
        Assert.Equal(
            Packet.Join(
                [0, 0, 15], [0x21, .. Packet.Two(300)], [0x27, .. Packet.Four(65 * 1024)], [0x22, .. Packet.Two(16)], [0x29, 0], [0x2A, 0]),
            client.Connack!.Body);
    }

    [Fact]
    public async Task CONNACK_of_3_1_1_has_two_bytes()
    {
        await using var door = await OpenDoor.Open();
        using var client = await door.Enter();
        Assert.Equal([0, 0], client.Connack!.Body);
    }

    [Theory]
    [InlineData(4, OpenDoor.Gauge, "wrong", 4)]
    [InlineData(5, OpenDoor.Gauge, "wrong", 0x86)]
    [InlineData(4, "nobody", "wrong", 4)]
    [InlineData(5, "nobody", "wrong", 0x86)]
    [InlineData(4, null, null, 4)]
    [InlineData(5, null, null, 0x86)]
    [InlineData(5, null, "password without a name", 0x86)]
    public async Task Who_is_not_known_does_not_come_in(int version, string? user, string? password, int code)
    {
        await using var door = await OpenDoor.Open();
        using var client = await door.Dial();
        await client.Send(Packet.Connect(version, "x", user, password), Packet.Publish(version, Up, Level, 1, 1));
        var answer = await client.Receive();
        Assert.Equal((0x20, 0, code), (answer!.First, answer.Body[0], answer.Body[1]));
        Assert.Null(await client.Receive());
        Assert.Empty(door.Archive.Readings);
    }

    [Fact]
    public async Task A_protocol_that_is_neither_3_1_1_nor_5_is_told_so()
    {
        await using var door = await OpenDoor.Open();
        foreach (var (name, level, expected) in new[] { ("MQTT", 6, 0x84), ("MQTT", 3, 1), ("MQIsdp", 3, 1), ("MQTT", 0, 1) })
        {
            using var client = await door.Dial();
            await client.Send(Packet.Of(0x10, Packet.Text(name), [(byte)level, 2, 0, 60], Packet.Text("x")));
            Assert.Equal(expected, (await client.Receive())!.Body[1]);
            Assert.Null(await client.Receive());
        }
        using var other = await door.Dial();
        await other.Send(Packet.Of(0x10, Packet.Text("HTTP"), [4, 2, 0, 60], Packet.Text("x")));
        Assert.Null(await other.Receive());
    }

    public static TheoryData<string, byte[]> NoConnect => new()
    {
        { "something else than CONNECT", Packet.Pingreq },
        { "PUBLISH before CONNECT", Packet.Publish(4, Up, Level, 1, 1) },
        { "TLS on the plain port", [0x16, 3, 1, 2, 0, 1, 0, 1] },
        { "HTTP", "GET / HTTP/1.1\r\n\r\n"u8.ToArray() },
        { "a CONNECT of 1 MB", [0x10, 0xC0, 0x84, 0x3D, 0, 4] },
        { "flags in the fixed header", [0x11, .. Packet.Connect(4, "x", "u", "p")[1..]] },
        { "the reserved connect flag", Packet.Of(0x10, Packet.Text("MQTT"), [4, 3, 0, 60], Packet.Text("x")) },
        { "a will of QoS 3", Packet.Of(0x10, Packet.Text("MQTT"), [4, 0x1E, 0, 60], Packet.Text("x"), Packet.Text("t"), Packet.Text("p")) },
        { "a will QoS without a will", Packet.Of(0x10, Packet.Text("MQTT"), [4, 0x0A, 0, 60], Packet.Text("x")) },
        { "a will RETAIN without a will", Packet.Of(0x10, Packet.Text("MQTT"), [4, 0x22, 0, 60], Packet.Text("x")) },
        { "a password without a name in 3.1.1", Packet.Connect(4, "x", null, "p") },
        { "bytes after the end", Packet.Of(0x10, Packet.Text("MQTT"), [4, 2, 0, 60], Packet.Text("x"), [0]) },
        { "an end in the middle", Packet.Of(0x10, Packet.Text("MQTT"), [4, 0xC2, 0, 60], Packet.Text("x"), Packet.Text("u")) },
        { "a client identifier that is no UTF-8", Packet.Of(0x10, Packet.Text("MQTT"), [4, 2, 0, 60], Packet.Binary([0xC3, 0x28])) },
        { "U+0000 in the user name", Packet.Of(0x10, Packet.Text("MQTT"), [4, 0x82, 0, 60], Packet.Text("x"), Packet.Text("a\0b")) },
        { "a surrogate in the client identifier", Packet.Of(0x10, Packet.Text("MQTT"), [4, 2, 0, 60], Packet.Binary([0xED, 0xA0, 0x80])) },
        { "a wildcard in the will's topic", Packet.Connect(4, "x", "u", "p", will: new RawWill("a/#", "x")) },
        { "a Remaining Length of five bytes", [0x10, 0x80, 0x80, 0x80, 0x80, 1] },
        { "nothing but a header", [0x10, 0] },
    };

    [Theory, MemberData(nameof(NoConnect))]
    public async Task What_is_no_CONNECT_is_not_answered(string what, byte[] bytes)
    {
        await using var door = await OpenDoor.Open();
        using var client = await door.Dial();
        await client.Send(bytes);
        client.Finish();
        Assert.True(await client.Receive() is null, what);
    }

    public static TheoryData<string, byte[], int> RefusedProperties => new()
    {
        { "Receive Maximum 0", [0x21, 0, 0], 0x82 },
        { "Maximum Packet Size 0", [0x27, 0, 0, 0, 0], 0x82 },
        { "Request Problem Information 2", [0x17, 2], 0x82 },
        { "twice the same", [0x21, 0, 1, 0x21, 0, 1], 0x82 },
        { "one that does not belong here", [0x23, 0, 1], 0x81 },
        { "one that does not exist", [0x7E, 0], 0x81 },
        { "one cut off", [0x11, 0, 0], 0x81 },
        { "an authentication method", [0x15, .. Packet.Text("SCRAM-SHA-1")], 0x8C },
        { "authentication data without a method", [0x16, .. Packet.Binary([1])], 0x82 },
    };

    [Theory, MemberData(nameof(RefusedProperties))]
    public async Task A_wrong_property_of_CONNECT_is_refused(string what, byte[] property, int reason)
    {
        await using var door = await OpenDoor.Open();
        using var client = await door.Dial();
        await client.Send(Packet.Connect(5, "x", OpenDoor.Gauge, door.Secrets[OpenDoor.Gauge], properties: Packet.Properties(property)));
        var answer = await client.Receive();
        Assert.True((answer!.First, (int)answer.Body[1]) == (0x20, reason), what);
        Assert.Null(await client.Receive());
    }

    [Fact]
    public async Task A_client_without_an_identifier_gets_one_in_5()
    {
        await using var door = await OpenDoor.Open();
        using var client = await door.Enter(version: 5, clientId: "");
        var body = client.Connack!.Body;
        var at = Array.LastIndexOf(body, (byte)0x12);
        Assert.StartsWith("canhlu-", System.Text.Encoding.UTF8.GetString(body[(at + 3)..]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_without_an_identifier_must_begin_anew_in_3_1_1()
    {
        await using var door = await OpenDoor.Open();
        using (await door.Enter(clientId: "", clean: true))
        {
        }
        using var client = await door.Dial();
        await client.Send(Packet.Connect(4, "", OpenDoor.Gauge, door.Secrets[OpenDoor.Gauge], clean: false));
        Assert.Equal([0, 2], (await client.Receive())!.Body);
        Assert.Null(await client.Receive());
    }

    [Fact]
    public async Task A_client_identifier_may_be_long_but_not_endless()
    {
        await using var door = await OpenDoor.Open();
        using (await door.Enter(clientId: new string('x', 256)))
        {
        }
        using var client = await door.Dial();
        await client.Send(Packet.Connect(5, new string('x', 257), OpenDoor.Gauge, door.Secrets[OpenDoor.Gauge]));
        Assert.Equal(0x85, (await client.Receive())!.Body[1]);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_second_CONNECT_ends_the_connection(int version)
    {
        await using var door = await OpenDoor.Open();
        using var client = await door.Enter(version: version);
        await client.Send(Packet.Connect(version, "x", OpenDoor.Gauge, door.Secrets[OpenDoor.Gauge]));
        await client.Ends(0x82);
    }

    [Fact]
    public async Task Packets_may_follow_CONNECT_at_once()
    {
        await using var door = await OpenDoor.Open();
        using var client = await door.Dial();
        await client.Send(Packet.Connect(4, "x", OpenDoor.Gauge, door.Secrets[OpenDoor.Gauge]), Packet.Publish(4, Up, Level, 1, 1), Packet.Pingreq);
        Assert.Equal(0x20, (await client.Receive())!.First);
        Assert.Equal([0x40, 0xD0], new[] { (await client.Receive())!.First, (await client.Receive())!.First }.Order());
    }

    [Fact]
    public async Task A_will_belongs_to_the_own_status_only()
    {
        await using var door = await OpenDoor.Open();
        foreach (var (version, account, topic, code) in new[]
        {
            (4, OpenDoor.Gauge, "canhlu/v1/tk-02/status", 5), (5, OpenDoor.Gauge, Up, 0x87), (5, OpenDoor.Technician, "canhlu/v1/minh/status", 0x87),
        })
        {
            using var client = await door.Dial();
            await client.Send(Packet.Connect(version, "x", account, door.Secrets[account], will: new RawWill(topic, "offline")));
            Assert.Equal(code, (await client.Receive())!.Body[1]);
        }
    }

    [Fact]
    public async Task Who_sends_no_CONNECT_is_closed()
    {
        var time = new FakeTimeProvider();
        await using var door = await OpenDoor.Open(time: time);
        using var client = await door.Dial();
        await client.Send([0x10]);
        await door.Pass(time, TimeSpan.FromSeconds(9));
        var end = client.Receive();
        Assert.False(end.IsCompleted);
        await door.PassUntil(time, end);
        Assert.Null(await end);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Silence_of_one_and_a_half_keep_alives_ends_the_connection(int version)
    {
        var time = new FakeTimeProvider();
        await using var door = await OpenDoor.Open(time: time);
        using var client = await door.Enter(version: version, keepAlive: 10);
        for (var i = 0; i < 3; i++)
        {
            await door.Pass(time, TimeSpan.FromSeconds(14));
            await client.Settle();
        }
        var end = client.Ends(0x8D);
        await door.PassUntil(time, end);
        await end;
    }

    [Fact]
    public async Task A_client_without_keep_alive_may_be_silent_in_3_1_1()
    {
        var time = new FakeTimeProvider();
        await using var door = await OpenDoor.Open(time: time);
        using var client = await door.Enter(keepAlive: 0);
        await door.Pass(time, TimeSpan.FromHours(3));
        await client.Settle();
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(7_200, true)]
    [InlineData(60, false)]
    public async Task A_long_keep_alive_is_shortened_in_5(ushort wanted, bool told)
    {
        await using var door = await OpenDoor.Open();
        using var client = await door.Enter(version: 5, keepAlive: wanted);
        Assert.Equal(told, client.Connack!.Body.AsSpan().IndexOf([(byte)0x13, .. Packet.Two(3_600)]) >= 0);
    }

    [Fact]
    public async Task A_trickle_of_bytes_is_not_a_packet()
    {
        var time = new FakeTimeProvider();
        await using var door = await OpenDoor.Open(time: time);
        using var client = await door.Enter(version: 5, keepAlive: 10);
        await client.Send([0x32, 0xFF, 0x7F]);
        for (var i = 0; i < 14; i++)
        {
            await client.Send([0]);
            await door.Pass(time, TimeSpan.FromSeconds(1));
        }
        var end = client.Ends(0x8D);
        await door.PassUntil(time, end);
        await end;
    }

    [Fact]
    public async Task More_strangers_than_the_bound_are_closed_on_arrival()
    {
        await using var door = await OpenDoor.Open(options => options.MaxUnknown = 3);
        var strangers = new List<RawClient>();
        for (var i = 0; i < 3; i++)
        {
            strangers.Add(await door.Dial());
            await Soon.True(() => door.Door.Strangers == strangers.Count);
        }
        using var one = await door.Dial();
        Assert.Null(await one.Receive());
        await Soon.True(() => door.Said.Times(1212) == 1);
        strangers[0].Dispose();
        await Soon.True(() => door.Door.Strangers == 2);
        using var client = await door.Enter();
        await Soon.True(() => door.Said.Times(1213) == 1);
        strangers.ForEach(stranger => stranger.Dispose());
    }
}
