using CanhLu.Ingest;
using Xunit;
using static CanhLu.Tests.Ingest.Doors.Payloads;

namespace CanhLu.Tests.Ingest.Doors;

/// <summary>The door against clients that nobody here wrote: Debian's mosquitto_pub and mosquitto_sub, paho-mqtt, npm's mqtt.</summary>
public sealed class OtherClientsTests
{
    public static TheoryData<string, int> Mosquitto => new()
    {
        { "mqttv311", 0 }, { "mqttv311", 1 }, { "mqttv311", 2 }, { "mqttv5", 0 }, { "mqttv5", 1 }, { "mqttv5", 2 },
    };

    public static TheoryData<int, int> Others => new() { { 4, 0 }, { 4, 1 }, { 4, 2 }, { 5, 0 }, { 5, 1 }, { 5, 2 } };

    public static TheoryData<int> Versions => [4, 5];

    [Theory, MemberData(nameof(Mosquitto))]
    public async Task Mosquitto_pub_publishes(string version, int qos)
    {
        await using var door = await OpenDoor.Open();
        using var pub = ClientRun.MosquittoPub(
            door, version, "-u", OpenDoor.Gauge, "-P", door.Secrets[OpenDoor.Gauge], "-t", Up, "-q", $"{qos}", "-m", Level, "--repeat", "20");
        Assert.True(await pub.Ends() == 0, pub.Said);
        await Soon.True(() => door.Archive.Readings.Length == 20);
    }

    [Theory, MemberData(nameof(Others))]
    public async Task Paho_publishes_many_in_flight(int version, int qos)
    {
        await using var door = await OpenDoor.Open();
        using var paho = ClientRun.Paho(
            door, "publish", [.. ClientRun.As(door, OpenDoor.Gauge), "--version", $"{version}", "--qos", $"{qos}", "--topic", Up, "--count", "500"]);
        Assert.True(await paho.Ends() == 0, paho.Said);
        Assert.Equal("acknowledged 500\n", paho.Said);
        await Soon.True(() => door.Archive.Readings.Length == 500);
        Assert.Equal(Enumerable.Range(0, 500).Select(i => (double)i), door.Archive.Readings.Select(reading => reading.Value));
    }

    [Theory, MemberData(nameof(Others))]
    public async Task Mqttjs_publishes_many_in_flight(int version, int qos)
    {
        await using var door = await OpenDoor.Open();
        using var js = await ClientRun.MqttJs(
            door, "publish", [.. ClientRun.As(door, OpenDoor.Gauge), "--version", $"{version}", "--qos", $"{qos}", "--topic", Up, "--count", "500"]);
        Assert.True(await js.Ends() == 0, js.Said);
        Assert.Equal("acknowledged 500\n", js.Said);
        await Soon.True(() => door.Archive.Readings.Length == 500);
    }

    [Theory]
    [InlineData("mqttv311")]
    [InlineData("mqttv5")]
    public async Task Mosquitto_says_why_a_login_failed(string version)
    {
        await using var door = await OpenDoor.Open();
        using var pub = ClientRun.MosquittoPub(door, version, "-u", OpenDoor.Gauge, "-P", "wrong", "-t", Up, "-q", "1", "-m", Level);
        Assert.NotEqual(0, await pub.Ends());
        Assert.Contains("bad user name or password", pub.Said, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(door.Archive.Readings);
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Paho_and_mqttjs_say_why_a_login_failed(int version)
    {
        await using var door = await OpenDoor.Open();
        string[] wrong = ["--user", OpenDoor.Gauge, "--password", "wrong", "--version", $"{version}"];
        using var paho = ClientRun.Paho(door, "login", wrong);
        await paho.Says(version == 5 ? "code Bad user name or password" : "code 4");
        using var js = await ClientRun.MqttJs(door, "login", wrong);
        await js.Ends();
        Assert.Equal(version == 5 ? "refused 134\n" : "refused 4\n", js.Said);
    }

    [Fact]
    public async Task A_foreign_topic_is_told_to_mosquitto_and_mqttjs()
    {
        await using var door = await OpenDoor.Open();
        using var pub = ClientRun.MosquittoPub(
            door, "mqttv5", "-u", OpenDoor.Gauge, "-P", door.Secrets[OpenDoor.Gauge], "-t", Foreign, "-q", "1", "-m", Level);
        await pub.Ends();
        Assert.Contains("Not authorized", pub.Said, StringComparison.OrdinalIgnoreCase);
        foreach (var (qos, expected) in new[] { ("1", "refused 135\n"), ("2", "refused 135\n") })
        {
            using var js = await ClientRun.MqttJs(door, "foreign", [.. ClientRun.As(door, OpenDoor.Gauge), "--version", "5", "--topic", Foreign, "--qos", qos]);
            await js.Ends();
            Assert.Equal(expected, js.Said);
        }
        Assert.Empty(door.Archive.Readings);
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Wills_of_all_three_are_told(int version)
    {
        await using var door = await OpenDoor.Open();
        string[] will = [.. ClientRun.As(door, OpenDoor.Gauge), "--version", $"{version}", "--topic", Status];
        using var paho = ClientRun.Paho(door, "will", will);
        Assert.True(await paho.Ends() == 0, paho.Said);
        await Soon.True(() => door.Archive.Readings.Length == 2);
        using var js = await ClientRun.MqttJs(door, "will", will);
        Assert.True(await js.Ends() == 0, js.Said);
        await Soon.True(() => door.Archive.Readings.Length == 4);
        using var sub = ClientRun.MosquittoSub(
            door, version == 5 ? "mqttv5" : "mqttv311", "-u", OpenDoor.Gauge, "-P", door.Secrets[OpenDoor.Gauge], "-t", Cmd,
            "--will-topic", Status, "--will-payload", "offline", "--will-retain");
        await Soon.True(() => door.Door.Connections == 1);
        sub.Kill();
        await Soon.True(() => door.Archive.Readings.Length == 5);
        Assert.Equal([1, 0, 1, 0, 0], door.Archive.Readings.Select(reading => reading.Value));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_take_over_is_told_to_paho_and_mqttjs(int version)
    {
        await using var door = await OpenDoor.Open();
        string[] who = [.. ClientRun.As(door, OpenDoor.Gauge), "--version", $"{version}", "--topic", Up];
        using var paho = ClientRun.Paho(door, "takeover", who);
        Assert.True(await paho.Ends() == 0, paho.Said);
        Assert.Contains("second acknowledged", paho.Said, StringComparison.Ordinal);
        using var js = await ClientRun.MqttJs(door, "takeover", who);
        Assert.True(await js.Ends() == 0, js.Said);
        Assert.Equal($"first ended {(version == 5 ? "142" : "closed")}\nsecond acknowledged\n", js.Said);
    }

    [Theory]
    [InlineData("mqttv311")]
    [InlineData("mqttv5")]
    public async Task Mosquitto_sub_receives_a_command(string version)
    {
        await using var door = await OpenDoor.Open();
        string[] expiry = version == "mqttv5" ? ["-x", "3600"] : [];
        using var sub = ClientRun.MosquittoSub(
            door, version,
            ["-u", OpenDoor.Gauge, "-P", door.Secrets[OpenDoor.Gauge], "-i", "gauge", "-c", "-q", "1", "-t", Cmd, "-C", "1", "-F", "%q %t %p", .. expiry]);
        await Soon.True(() => door.Command(OpenDoor.Gauge, "report"u8.ToArray()).GetAwaiter().GetResult() == CommandFate.Kept);
        Assert.True(await sub.Ends() == 0, sub.Said);
        Assert.Equal($"1 {Cmd} report\n", sub.Said);
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_command_waits_for_paho_while_it_is_away(int version)
    {
        await using var door = await OpenDoor.Open();
        string[] who = [.. ClientRun.As(door, OpenDoor.Gauge), "--version", $"{version}", "--topic", Cmd];
        using (var first = ClientRun.Paho(door, "command", [.. who, "--count", "0"]))
        {
            await first.Says("listening");
            first.GoOn();
            Assert.True(await first.Ends() == 0, first.Said);
        }
        await Soon.True(() => door.Door.Connections == 0);
        Assert.Equal(CommandFate.Kept, await door.Command(OpenDoor.Gauge, "report"u8.ToArray()));
        using var second = ClientRun.Paho(door, "command", [.. who, "--count", "1"]);
        await second.Says("command 1 report");
        second.GoOn();
        Assert.True(await second.Ends() == 0, second.Said);
        await Soon.True(() => door.Memory.Sessions().Single().Commands.Count == 0);
    }

    [Theory]
    [InlineData("mqttv311")]
    [InlineData("mqttv5")]
    public async Task Mosquitto_sub_watches_as_a_technician(string version)
    {
        await using var door = await OpenDoor.Open();
        using var sub = ClientRun.MosquittoSub(
            door, version, "-u", OpenDoor.Technician, "-P", door.Secrets[OpenDoor.Technician], "-q", "1", "-t", "canhlu/v1/+/up", "-C", "2", "-F", "%q %t %p");
        await Soon.True(() => door.Door.Watching == 1);
        using var client = await door.Enter();
        await client.Publish(Up, "one");
        await client.Publish(Up, "two", 1, 1);
        Assert.True(await sub.Ends() == 0, sub.Said);
        Assert.Equal($"0 {Up} one\n0 {Up} two\n", sub.Said);
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Mqttjs_watches_as_a_technician_and_is_refused_as_a_device(int version)
    {
        await using var door = await OpenDoor.Open();
        using var watch = await ClientRun.MqttJs(
            door, "subscribe", [.. ClientRun.As(door, OpenDoor.Technician), "--version", $"{version}", "--topic", "#", "--count", "1"]);
        await watch.Says("granted 0");
        using var client = await door.Enter();
        await client.Publish(Up, "seen", 1, 1);
        await watch.Says($"message 0 {Up} seen");
        using var refused = await ClientRun.MqttJs(door, "subscribe", [.. ClientRun.As(door, OpenDoor.OtherGauge), "--version", $"{version}", "--topic", Cmd]);
        await refused.Ends();
        Assert.Contains(version == 5 ? "Not authorized" : "Unspecified error", refused.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mqttv311")]
    [InlineData("mqttv5")]
    public async Task All_three_come_in_by_TLS(string version)
    {
        using var certificates = new Certificates();
        await using var door = await OpenDoor.Open(tls: certificates.Server, authority: certificates.Authority);
        var five = version == "mqttv5" ? "5" : "4";
        using var pub = ClientRun.MosquittoPub(
            door, version, "-u", OpenDoor.Gauge, "-P", door.Secrets[OpenDoor.Gauge], "-t", Up, "-q", "1", "-m", Level, "--cafile", certificates.AuthorityFile);
        Assert.True(await pub.Ends() == 0, pub.Said);
        string[] more = [.. ClientRun.As(door, OpenDoor.Gauge), "--version", five, "--topic", Up, "--count", "50", "--ca", certificates.AuthorityFile];
        using var paho = ClientRun.Paho(door, "publish", more);
        Assert.True(await paho.Ends() == 0, paho.Said);
        using var js = await ClientRun.MqttJs(door, "publish", more);
        Assert.True(await js.Ends() == 0, js.Said);
        Assert.Equal(101, door.Archive.Readings.Length);
    }

    [Fact]
    public async Task A_certificate_whose_name_is_the_device_needs_no_password()
    {
        using var certificates = new Certificates();
        await using var door = await OpenDoor.Open(tls: certificates.Server, authority: certificates.Authority);
        ClientRun Publish(string name, bool foreign, string topic)
        {
            var (certificate, key) = certificates.Client(name, foreign);
            return ClientRun.MosquittoPub(
                door, "mqttv5", "--cafile", certificates.AuthorityFile, "--cert", certificate, "--key", key, "-t", topic, "-q", "1", "-m", Level);
        }
        using var own = Publish(OpenDoor.Gauge, false, Up);
        Assert.True(await own.Ends() == 0, own.Said);
        Assert.Single(door.Archive.Readings);
        // Of another's device, of no account, of a technician, and of an authority that we do not know.
        using var other = Publish(OpenDoor.OtherGauge, false, Up);
        await other.Ends();
        Assert.Contains("Not authorized", other.Said, StringComparison.OrdinalIgnoreCase);
        using var nobody = Publish("tk-99", false, "canhlu/v1/tk-99/up");
        Assert.NotEqual(0, await nobody.Ends());
        using var technician = Publish(OpenDoor.Technician, false, Up);
        Assert.NotEqual(0, await technician.Ends());
        using var forged = Publish(OpenDoor.Gauge, true, Up);
        Assert.NotEqual(0, await forged.Ends());
        Assert.Single(door.Archive.Readings);
        door.Accounts.Revoke(OpenDoor.Gauge, "lan");
        using var revoked = Publish(OpenDoor.Gauge, false, Up);
        Assert.NotEqual(0, await revoked.Ends());
        Assert.Single(door.Archive.Readings);
    }
}
