using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text;
using Xunit;

namespace CanhLu.Tests.Ingest.Doors;

/// <summary>The second gauge's account is a siren's here.</summary>
public sealed class SirenTests
{
    const string Siren = OpenDoor.OtherGauge;
    const string Warnings = "canhlu/tam-ky/warnings/20341";
    const string Exercise = "canhlu/tam-ky/drill/20341";
    const string Heard = $"canhlu/tam-ky/heard/{Siren}";

    readonly ConcurrentQueue<string> _heard = [];

    [Fact]
    public async Task What_stands_comes_with_the_subscription_and_every_change_after_it()
    {
        await using var door = await Open();
        door.Door.Board.Post(Warnings, Encoding.UTF8.GetBytes("II"));
        using var siren = await door.Enter(Siren, version: 5);
        await siren.Send(Packet.Subscribe(5, 1, (Warnings, 1), (Exercise, 1)));
        Assert.Equal([0, 1, 0, 1, 1], await Answer(siren, 0x90));
        var standing = await siren.Receive();
        Assert.Equal((0x33, (Warnings, 1, "II")), (standing!.First, standing.Message(5)));
        await siren.Send(Packet.Puback(1));

        door.Door.Board.Post(Warnings, Encoding.UTF8.GetBytes("III"));
        var changed = await siren.Receive();
        Assert.Equal((0x32, (Warnings, 2, "III")), (changed!.First, changed.Message(5)));

        // At most one subscription's worth is on its way; a new connection hears what stands then.
        using var again = await door.Enter(Siren, version: 5);
        await again.Send(Packet.Subscribe(5, 1, (Warnings, 1)));
        Assert.Equal([0, 1, 0, 1], await Answer(again, 0x90));
        Assert.Equal("III", (await again.Receive())!.Message(5).Payload);
        door.Door.Board.Post(Warnings, []);
        Assert.Equal("", (await again.Receive())!.Message(5).Payload);
    }

    [Theory]
    [InlineData("canhlu/tam-ky/warnings/20335", 0x87)]
    [InlineData("canhlu/tam-ky/warnings/+", 0x87)]
    [InlineData("canhlu/tam-ky/#", 0x87)]
    [InlineData("canhlu/v1/tk-02/cmd", 0x87)]
    [InlineData(Heard, 0x87)]
    public async Task A_siren_hears_its_own_areas_topics_only(string filter, int reason)
    {
        await using var door = await Open();
        using var siren = await door.Enter(Siren, version: 5);
        await siren.Send(Packet.Subscribe(5, 1, (filter, 1)));
        Assert.Equal([0, 1, 0, (byte)reason], (await siren.Receive())!.Body);
        using var gauge = await door.Enter(OpenDoor.Gauge, version: 5);
        await gauge.Send(Packet.Subscribe(5, 1, (Warnings, 1)));
        Assert.Equal([0, 1, 0, 0x87], (await gauge.Receive())!.Body);
    }

    [Fact]
    public async Task A_siren_says_what_it_has_heard_and_nothing_else()
    {
        await using var door = await Open();
        using var siren = await door.Enter(Siren, version: 5);
        await siren.Publish(Heard, "1", qos: 1, id: 5);
        Assert.Equal((0x40, 5, 0), await Reply(siren));
        await siren.Publish(Heard, "2", qos: 2, id: 6);
        Assert.Equal((0x50, 6, 0), await Reply(siren));
        await siren.Send(Packet.Pubrel(6));
        Assert.Equal((0x70, 6, 0), await Reply(siren));
        foreach (var foreign in (string[])[$"canhlu/v1/{Siren}/up", Warnings, "canhlu/tam-ky/heard/loa-9"])
        {
            await siren.Publish(foreign, "{}", qos: 1, id: 7);
            Assert.Equal((0x40, 7, 0x87), await Reply(siren));
        }
        Assert.Equal([$"{Siren} 1", $"{Siren} 2"], _heard);
        using var gauge = await door.Enter(OpenDoor.Gauge, version: 5);
        await gauge.Publish(Heard, "3", qos: 1, id: 1);
        Assert.Equal((0x40, 1, 0x87), await Reply(gauge));
        Assert.Equal(2, _heard.Count);
    }

    [Fact]
    public async Task What_was_heard_and_could_not_be_kept_is_not_acknowledged()
    {
        await using var door = await Open();
        door.Door.Board.Heard = (_, _) => false;
        using var siren = await door.Enter(Siren);
        await siren.Publish(Heard, "1", qos: 1, id: 5);
        Assert.Null(await siren.Receive());
    }

    [Fact]
    public async Task A_siren_that_does_not_acknowledge_holds_up_no_more_than_it_takes()
    {
        await using var door = await Open();
        using var siren = await door.Enter(Siren, version: 5, properties: Packet.Properties([0x21, 0, 1]));
        await siren.Send(Packet.Subscribe(5, 1, (Warnings, 1)));
        Assert.Equal([0, 1, 0, 1], await Answer(siren, 0x90));
        foreach (var level in (string[])["I", "II", "III"])
            door.Door.Board.Post(Warnings, Encoding.UTF8.GetBytes(level));
        var first = (await siren.Receive())!.Message(5);
        await siren.Send(Packet.Puback(first.Id));
        // What it missed meanwhile is old: the newest comes.
        Assert.Equal("III", first.Payload == "III" ? "III" : (await siren.Receive())!.Message(5).Payload);
    }

    [Fact]
    public async Task A_siren_that_is_moved_to_another_area_is_sent_away_and_comes_again()
    {
        await using var door = await Open();
        using var siren = await door.Enter(Siren, version: 5);
        door.Door.Board.SeatAll(Site("20335"));
        Assert.Equal((0xE0, 0x98), await siren.Receive() is { } said ? (said.First, said.Body[0]) : default);
        using var again = await door.Enter(Siren, version: 5);
        await again.Send(Packet.Subscribe(5, 1, (Warnings, 1), ("canhlu/tam-ky/warnings/20335", 1)));
        Assert.Equal([0, 1, 0, 0x87, 1], (await again.Receive())!.Body);
    }

    [Fact]
    public async Task A_technician_sees_what_is_posted_for_sirens()
    {
        await using var door = await Open();
        door.Door.Board.Post(Warnings, Encoding.UTF8.GetBytes("II"));
        using var technician = await door.Enter(OpenDoor.Technician);
        await technician.Send(Packet.Subscribe(4, 1, ("canhlu/+/warnings/#", 0)));
        Assert.Equal([0, 1, 0], (await technician.Receive())!.Body);
        Assert.Equal((Warnings, 0, "II"), (await technician.Receive())!.Message(4));
        door.Door.Board.Post(Warnings, Encoding.UTF8.GetBytes("III"));
        Assert.Equal((Warnings, 0, "III"), (await technician.Receive())!.Message(4));
    }

    static Site Site(string area) => CanhLu.Tests.Notify.River.Of(["esms"], together: false) with
    {
        Sirens = new[] { new Siren(Siren, area, "Loa") }.ToFrozenDictionary(siren => siren.Id),
    };

    async Task<OpenDoor> Open()
    {
        var door = await OpenDoor.Open();
        door.Door.Board.SeatAll(Site("20341"));
        door.Door.Board.Heard = (siren, payload) =>
        {
            _heard.Enqueue($"{siren} {Encoding.UTF8.GetString(payload.Span)}");
            return true;
        };
        return door;
    }

    static async Task<byte[]> Answer(RawClient client, int first)
    {
        var packet = await client.Receive();
        Assert.Equal(first, packet!.First);
        return packet.Body;
    }

    static async Task<(int First, int Id, int Reason)> Reply(RawClient client) => await client.Receive() is { } packet ? (packet.First, packet.Id, packet.Reason) : default;
}
