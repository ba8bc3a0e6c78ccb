using CanhLu.Ingest;
using CanhLu.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using NodaTime.Testing;
using Xunit;

namespace CanhLu.Tests.Ingest.Doors;

public sealed class AccountTests
{
    [Fact]
    public void A_secret_has_at_least_128_bits_and_only_its_hash_is_kept()
    {
        var memory = new PassingMemory();
        var accounts = new Accounts(memory, RealTime.Clock);
        var secret = accounts.AddDevice("tk-01", "lan");
        Assert.True(secret.Length * Math.Log2(31) >= 128);
        var kept = Assert.Single(memory.Accounts());
        Assert.Equal(("tk-01", AccountRole.Device, "lan"), (kept.Name, kept.Role, kept.CreatedBy));
        Assert.DoesNotContain(secret, kept.PasswordHash, StringComparison.Ordinal);
        Assert.Matches(@"^sha256\$[A-Za-z0-9+/=]{24}\$[A-Za-z0-9+/=]{44}$", kept.PasswordHash);
        Assert.DoesNotContain("sha256", kept.ToString(), StringComparison.Ordinal);
        Assert.NotEqual(secret, accounts.AddDevice("tk-02", "lan"));
    }

    [Fact]
    public void A_town_of_gauges_gets_its_accounts_in_order_and_the_book_is_read_once()
    {
        var accounts = new Accounts(new PassingMemory(), RealTime.Clock);
        var swaps = 0;
        accounts.Swapped += () => swaps++;
        string[] names = [.. Enumerable.Range(0, 1_000).Select(i => $"tk-{i:0000}")];
        var secrets = accounts.AddDevices(names, "lan");
        Assert.Equal(1, swaps);
        Assert.All(names.Zip(secrets), one => Assert.True(PasswordHash.Verify(accounts.Book.Find(one.First)!.PasswordHash, System.Text.Encoding.UTF8.GetBytes(one.Second))));
        // One that cannot be given ends it; those before it are in force.
        Assert.Throws<InvalidOperationException>(() => accounts.AddDevices(["an-01", "tk-0007", "an-02"], "lan"));
        Assert.NotNull(accounts.Book.Find("an-01"));
        Assert.Null(accounts.Book.Find("an-02"));
    }

    [Fact]
    public void A_hash_knows_its_password_and_no_other()
    {
        var secret = PasswordHash.OfSecret("secret");
        var password = PasswordHash.OfPassword("mật khẩu dài", iterations: 1_000);
        Assert.StartsWith("pbkdf2-sha256$1000$", password, StringComparison.Ordinal);
        Assert.True(PasswordHash.Verify(secret, "secret"u8));
        Assert.False(PasswordHash.Verify(secret, "secre"u8));
        Assert.True(PasswordHash.Verify(password, "mật khẩu dài"u8));
        Assert.False(PasswordHash.Verify(password, "mat khau dai"u8));
        Assert.NotEqual(secret, PasswordHash.OfSecret("secret"));
        Assert.Equal((false, true), (PasswordHash.IsSlow(secret), PasswordHash.IsSlow(password)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("secret")]
    [InlineData("sha256$$")]
    [InlineData("sha256$!!!$???")]
    [InlineData("md5$a$b")]
    [InlineData("pbkdf2-sha256$0$AAAA$AAAA")]
    [InlineData("pbkdf2-sha256$99999999999$AAAA$AAAA")]
    public void A_hash_that_is_none_lets_nobody_in(string hash) => Assert.False(PasswordHash.Verify(hash, "secret"u8));

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("trạm")]
    [InlineData("a b")]
    [InlineData("+")]
    public void A_name_that_could_not_stand_in_a_topic_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() => new Accounts(new PassingMemory(), RealTime.Clock).AddDevice(name, "lan"));

    [Fact]
    public void A_short_password_and_a_second_account_of_a_name_are_refused()
    {
        var accounts = new Accounts(new PassingMemory(), RealTime.Clock);
        Assert.Throws<ArgumentException>(() => accounts.AddTechnician("minh", "short", "lan"));
        accounts.AddDevice("tk-01", "lan");
        Assert.Throws<InvalidOperationException>(() => accounts.AddDevice("tk-01", "lan"));
        Assert.True(accounts.Revoke("tk-01", "lan"));
        Assert.False(accounts.Revoke("tk-01", "lan"));
        accounts.AddDevice("tk-01", "lan");
        Assert.Null(Assert.Single(accounts.List()).RevokedAt);
    }

    [Fact]
    public void A_renewed_secret_counts_at_once_and_the_one_before_until_its_time_is_over()
    {
        var clock = new FakeClock(Instant.FromUtc(2026, 11, 1, 0, 0));
        var accounts = new Accounts(new PassingMemory(), clock);
        var first = accounts.AddDevice("tk-01", "lan");
        var second = accounts.RenewDevice("tk-01", Duration.FromHours(24), "minh");
        clock.AdvanceHours(12);
        // Whoever has lost the second one gets a third; the gauge still has the first.
        var third = accounts.RenewDevice("tk-01", Duration.FromHours(24), "minh");
        Assert.Equal((false, "minh"), (Opens(second), accounts.Book.Find("tk-01")!.RenewedBy));
        Assert.True(Opens(first) && Opens(third));
        clock.AdvanceHours(23);
        accounts.Reload();
        Assert.True(Opens(first));
        clock.AdvanceHours(1);
        accounts.Reload();
        Assert.True(!Opens(first) && Opens(third));
        var fourth = accounts.RenewDevice("tk-01", Duration.Zero, "minh");
        Assert.True(!Opens(third) && Opens(fourth));
        Assert.Throws<InvalidOperationException>(() => accounts.RenewDevice("tk-02", Duration.Zero, "minh"));
        accounts.AddTechnician("hoa", null, "lan");
        Assert.Throws<InvalidOperationException>(() => accounts.RenewDevice("hoa", Duration.Zero, "minh"));
        accounts.RenewDevice("tk-01", Duration.FromHours(1), "minh");
        accounts.Revoke("tk-01", "lan");
        Assert.Null(Assert.Single(accounts.List(), one => one.Name == "tk-01").FormerHash);

        bool Opens(string secret)
        {
            var account = accounts.Book.Find("tk-01")!;
            var bytes = System.Text.Encoding.UTF8.GetBytes(secret);
            return PasswordHash.Verify(account.PasswordHash, bytes) || account.FormerHash is { } former && PasswordHash.Verify(former, bytes);
        }
    }

    [Fact]
    public async Task A_connection_by_the_secret_before_stands_while_that_does()
    {
        await using var door = await OpenDoor.Open();
        using var before = await door.Enter();
        var secret = door.Accounts.RenewDevice(OpenDoor.Gauge, Duration.FromHours(1), "lan");
        using var old = await door.Enter(clientId: "old");
        using (var renewed = await door.Dial())
        {
            await renewed.Send(Packet.Connect(4, "new", OpenDoor.Gauge, secret));
            Assert.Equal([0, 0], (await renewed.Receive())!.Body);
        }
        door.Accounts.RenewDevice(OpenDoor.Gauge, Duration.Zero, "lan");
        Assert.Null(await before.Receive());
        Assert.Null(await old.Receive());
        Assert.Equal(KnockReason.WrongPassword, await Refused(OpenDoor.Gauge, secret));
        Assert.Equal(KnockReason.UnknownName, await Refused("tk-77", "x"));

        async Task<KnockReason> Refused(string name, string password)
        {
            using var client = await door.Dial();
            await client.Send(Packet.Connect(4, name, name, password));
            Assert.NotEqual(0, (await client.Receive())!.Body[1]);
            return door.Door.Knocks.Latest().First(knock => knock.Name == name).Reason;
        }
    }

    [Fact]
    public async Task A_technician_comes_in_with_a_password_of_their_own()
    {
        await using var door = await OpenDoor.Open();
        door.Accounts.AddTechnician("hoa", "nước lên rồi", "lan");
        using var client = await door.Dial();
        await client.Send(Packet.Connect(4, "x", "hoa", "nước lên rồi"));
        Assert.Equal([0, 0], (await client.Receive())!.Body);
    }

    [Fact]
    public async Task A_revoked_account_is_out_at_once_and_its_session_is_gone()
    {
        var time = new FakeTimeProvider();
        await using var door = await OpenDoor.Open(time: time);
        using var client = await door.Enter(version: 5, properties: Packet.Properties([0x11, 0, 0, 1, 0]));
        Assert.True(door.Accounts.Revoke(OpenDoor.Gauge, "lan"));
        await client.Ends(0x98);
        using var again = await door.Dial();
        await again.Send(Packet.Connect(5, "x", OpenDoor.Gauge, door.Secrets[OpenDoor.Gauge]));
        Assert.Equal(0x87, (await again.Receive())!.Body[1]);
        await door.Pass(time, TimeSpan.FromSeconds(2));
        Assert.Empty(door.Memory.Sessions());
    }

    [Fact]
    public async Task What_another_process_did_to_the_accounts_is_seen_within_seconds()
    {
        var time = new FakeTimeProvider();
        await using var door = await OpenDoor.Open(time: time);
        using var client = await door.Enter(version: 5);
        var elsewhere = new Accounts(door.Memory, RealTime.Clock);
        var secret = elsewhere.AddDevice("tk-09", "lan");
        elsewhere.Revoke(OpenDoor.Gauge, "lan");
        var end = client.Ends(0x98);
        await door.PassUntil(time, end);
        await end;
        using var added = await door.Dial();
        await added.Send(Packet.Connect(5, "x", "tk-09", secret));
        Assert.Equal(0, (await added.Receive())!.Body[1]);
    }

    [Fact]
    public async Task Guessing_is_held_back_counted_and_told_once()
    {
        var time = new FakeTimeProvider();
        await using var door = await OpenDoor.Open(options => options.FailedLoginsPerMinute = 3, time: time);
        async Task<int> Login(string name, string password)
        {
            using var client = await door.Dial();
            await client.Send(Packet.Connect(5, "x", name, password));
            return (await client.Receive())!.Body[1];
        }
        for (var i = 0; i < 3; i++)
            Assert.Equal(0x86, await Login(OpenDoor.Gauge, "guess"));
        // Now even the right secret is not looked at; another name is.
        Assert.Equal(0x9F, await Login(OpenDoor.Gauge, door.Secrets[OpenDoor.Gauge]));
        Assert.Equal(0, await Login(OpenDoor.OtherGauge, door.Secrets[OpenDoor.OtherGauge]));
        await Soon.True(() => door.Said.Times(1210) == 1);
        Assert.Equal(3, door.River.Meters["canhlu.ingest.door.logins BadUserNameOrPassword"]);
        await door.Pass(time, TimeSpan.FromSeconds(62));
        await Soon.True(() => door.Said.Times(1211) == 1);
        Assert.Equal(0, await Login(OpenDoor.Gauge, door.Secrets[OpenDoor.Gauge]));
    }

    [Fact]
    public async Task A_password_typed_as_a_name_is_not_logged()
    {
        await using var door = await OpenDoor.Open();
        using var client = await door.Dial();
        await client.Send(Packet.Connect(5, "x", "hunter2hunter2", "x"));
        Assert.Equal(0x86, (await client.Receive())!.Body[1]);
        await Soon.True(() => door.Said.Times(1210) == 1);
        Assert.DoesNotContain(door.Said.Lines, line => line.Text.Contains("hunter2", StringComparison.Ordinal));
    }
}
