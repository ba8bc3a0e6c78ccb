using CanhLu.Database;
using CanhLu.Host;
using CanhLu.Ingest;
using CanhLu.Tests.Support;
using Xunit;
using static CanhLu.Tests.Ingest.Doors.Payloads;

namespace CanhLu.Tests.Ingest.Doors;

public sealed class DoorMemoryTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("canhlu-door-").FullName;

    string File => Path.Combine(_folder, "operations.db");

    [Fact]
    public void Accounts_are_kept_with_who_and_when()
    {
        using var operations = Operations.Open(File);
        var accounts = new Accounts(new DoorMemory(operations), RealTime.Clock);
        accounts.AddDevice("tk-01", "lan");
        accounts.AddTechnician("minh", null, "lan");
        accounts.Revoke("tk-01", "hoa");
        Assert.Throws<InvalidOperationException>(() => accounts.AddTechnician("minh", null, "lan"));
        var kept = accounts.List();
        Assert.Equal([("minh", AccountRole.Technician, null), ("tk-01", AccountRole.Device, "hoa")], kept.Select(account => (account.Name, account.Role, account.RevokedBy)));
        Assert.InRange(kept[1].RevokedAt!.Value, kept[1].CreatedAt, RealTime.Clock.GetCurrentInstant());
        accounts.AddDevice("tk-01", "lan");
        Assert.Null(accounts.Book.Find("tk-01")!.RevokedBy);
    }

    [Fact]
    public void Another_process_sees_that_something_changed()
    {
        using var operations = Operations.Open(File);
        using var other = Operations.Open(File);
        var here = new DoorMemory(operations);
        var marks = new List<string> { here.AccountsMark() };
        var there = new Accounts(new DoorMemory(other), RealTime.Clock);
        there.AddDevice("tk-01", "lan");
        marks.Add(here.AccountsMark());
        there.Revoke("tk-01", "lan");
        marks.Add(here.AccountsMark());
        there.AddDevice("tk-01", "lan");
        marks.Add(here.AccountsMark());
        Assert.Distinct(marks);
    }

    [Fact]
    public void Sessions_and_commands_come_back_as_they_were_kept()
    {
        var (one, two) = (new SessionKey("tk-01", "a"), new SessionKey("tk-01", "b"));
        using (var operations = Operations.Open(File))
        {
            var memory = new DoorMemory(operations);
            memory.Keep(one, uint.MaxValue, 1);
            memory.Keep(two, 60, null);
            var now = RealTime.Clock.GetCurrentInstant();
            var first = memory.Keep(one, [1], now);
            var second = memory.Keep(one, [2], now);
            memory.Keep(two, [3], now);
            memory.Sent(second, 65_535);
            memory.Keep(one, 3_600, 1);
            memory.Arrived(first);
            memory.Forget(two);
        }
        using var again = Operations.Open(File);
        var kept = Assert.Single(new DoorMemory(again).Sessions());
        Assert.Equal((one, 3_600u, (int?)1), (kept.Key, kept.Expiry, kept.CommandQos));
        var command = Assert.Single(kept.Commands);
        Assert.Equal((65_535, 2), (command.PacketId, Assert.Single(command.Payload)));
        Assert.Equal(0, again.Read(connection => Dapper.SqlMapper.ExecuteScalar<int>(connection, "SELECT count(*) - 1 FROM door_commands")));
    }

    [Fact]
    public async Task A_command_survives_a_restart_in_the_operations_store()
    {
        IReadOnlyDictionary<string, string> secrets;
        using (var operations = Operations.Open(File))
        {
            await using var door = await OpenDoor.Open(memory: new DoorMemory(operations));
            secrets = door.Secrets;
            using var client = await door.Enter(clean: false);
            await client.Send(Packet.Subscribe(4, 1, (Cmd, 1)));
            Assert.Equal(1, (await client.Receive())!.Body[^1]);
            Assert.Equal(CommandFate.Kept, await door.Command(OpenDoor.Gauge, "report"u8.ToArray()));
            Assert.Equal("report", (await client.Receive())!.Message(4).Payload);
        }
        using var reopened = Operations.Open(File);
        await using var again = await OpenDoor.Open(memory: new DoorMemory(reopened), secrets: secrets);
        using var back = await again.Enter(clean: false);
        var command = await back.Receive();
        Assert.Equal((0x3A, "report"), (command!.First, command.Message(4).Payload));
        await back.Send(Packet.Puback(command.Message(4).Id));
        await Soon.True(() => again.Memory.Sessions().Single().Commands.Count == 0);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
