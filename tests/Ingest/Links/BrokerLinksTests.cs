using System.Text;
using CanhLu.Ingest;
using CanhLu.Tests.Support;
using MQTTnet.Protocol;
using Xunit;

namespace CanhLu.Tests.Ingest.Links;

public sealed class BrokerLinksTests
{
    [Fact]
    public async Task Nothing_is_acknowledged_before_it_is_stored()
    {
        await using var mosquitto = await Mosquitto.Start();
        await using var shore = new Shore(mosquitto);
        shore.Archive.Answer = null;
        var links = await shore.Open();
        await shore.Publish(300);
        await Eventually.True(() => shore.Meters["canhlu.ingest.held"] == 300 && shore.Archive.Unanswered > 0, "the engine has everything");
        // As the engine does at its stop: the archive stores no more.
        shore.Archive.Answer = false;
        await shore.Close(links);
        await shore.NewArchive();

        links = await shore.Open();
        await Eventually.True(() => shore.Archive.Stored == 300, "everything comes again");
        await shore.Close(links);
        await shore.NewArchive();

        await shore.Open();
        await shore.Publish(1);
        await Eventually.True(() => shore.Archive.Stored == 1, "and what was stored does not");
        Assert.Equal(1, shore.Archive.Stored);
    }

    [Fact]
    public async Task A_link_does_not_leave_before_the_broker_has_read_what_it_acknowledged()
    {
        await using var mosquitto = await Mosquitto.Start();
        await using var shore = new Shore(mosquitto);
        shore.Archive.Answer = null;
        var links = await shore.Open();
        await shore.Publish(300);
        await Eventually.True(() => shore.Meters["canhlu.ingest.held"] == 300, "the engine has everything");
        await mosquitto.Pause();
        shore.Archive.Answer = true;
        await Eventually.True(() => shore.Archive.Stored == 300, "it is stored");
        var leaving = shore.Close(links);
        await Assert.ThrowsAsync<TimeoutException>(() => leaving.WaitAsync(TimeSpan.FromMilliseconds(300), RealTime.Provider, TestContext.Current.CancellationToken));
        await mosquitto.Resume();
        await leaving;
        await shore.NewArchive();

        await shore.Open();
        await shore.Publish(1);
        await Eventually.True(() => shore.Archive.Stored == 1, "nothing of it comes again");
    }

    [Fact]
    public async Task While_the_archive_stalls_the_broker_keeps_what_is_beyond_the_window()
    {
        await using var mosquitto = await Mosquitto.Start();
        await using var shore = new Shore(mosquitto);
        shore.Broker = shore.Broker with { ReceiveMaximum = 50 };
        shore.Archive.Answer = null;
        await shore.Open();
        await shore.Publish(2000);
        await Eventually.True(() => shore.Meters["canhlu.ingest.held"] == 50, "the window is full");
        await shore.Publish(1);
        Assert.Equal(50, shore.Meters["canhlu.ingest.held"]);
        shore.Archive.Answer = true;
        await Eventually.True(() => shore.Archive.Stored == 2001, "the rest follows");
        Assert.Equal(0, shore.Archive.Repeats);
        await Eventually.True(() => shore.Meters["canhlu.ingest.messages broker"] == 2001, "and is counted");
        Assert.Equal(2001, shore.Meters["canhlu.ingest.readings broker"]);
    }

    [Fact]
    public async Task A_broker_that_loses_count_of_its_window_is_held_back_all_the_same()
    {
        await using var mosquitto = await Mosquitto.Start();
        await using var shore = new Shore(mosquitto);
        shore.Broker = shore.Broker with { ReceiveMaximum = 50 };
        await shore.Open();
        await shore.Publish(2000);
        await Eventually.True(() => shore.Archive.Stored == 2000, "the first are stored");
        shore.Archive.Answer = null;
        await shore.Publish(20_000);
        Assert.InRange(shore.Meters["canhlu.ingest.held"], 50, 2000);
        shore.Archive.Answer = true;
        await Eventually.True(() => shore.Archive.Stored == 22_000, "the rest follows");
        Assert.Empty(shore.Log.Of(1001));
    }

    [Fact]
    public async Task What_is_published_while_the_engine_is_away_is_there_when_it_comes_back()
    {
        await using var mosquitto = await Mosquitto.Start();
        await using var shore = new Shore(mosquitto);
        await shore.Close(await shore.Open());
        await shore.Publish(12_000);
        await shore.Open();
        await Eventually.True(() => shore.Archive.Stored == 12_000, "everything is stored");
        Assert.Equal(0, shore.Archive.Repeats);
        Assert.Empty(shore.Log.Of(1004));
    }

    [Fact]
    public async Task A_broker_that_restarts_is_found_again_and_has_lost_nothing()
    {
        await using var mosquitto = await Mosquitto.Start();
        await using var shore = new Shore(mosquitto);
        shore.Archive.Answer = null;
        await shore.Open();
        await shore.Publish(100);
        await Eventually.True(() => shore.Meters["canhlu.ingest.held"] == 100, "the engine has everything");
        await mosquitto.Stop();
        await Eventually.True(() => shore.Log.Of(1001).Length > 0, "the loss is told");
        await mosquitto.Start();
        shore.Archive.Answer = true;
        await Eventually.True(() => shore.Log.Of(1000).Length == 2, "the link stands again");
        await shore.Publish(100);
        await Eventually.True(() => shore.Archive.Stored == 200, "everything is stored");
        Assert.Contains("kept our session: True", shore.Log.Of(1000)[1], StringComparison.Ordinal);
        Assert.Empty(shore.Log.Of(1002));
        Assert.Equal(1, shore.Meters["canhlu.ingest.links"]);
        Assert.Equal(2, shore.Meters["canhlu.ingest.links.connects"]);
    }

    [Fact]
    public async Task A_broker_that_has_forgotten_us_is_said_so_loudly()
    {
        await using var mosquitto = await Mosquitto.Start(_ => "allow_anonymous true\npersistence false\n", limits: false);
        await using var shore = new Shore(mosquitto);
        await shore.Open();
        Assert.Empty(shore.Log.Of(1002));
        await mosquitto.Stop();
        await mosquitto.Start();
        await Eventually.True(() => shore.Log.Of(1002).Length == 1, "the loss is told");
        await shore.Publish(5);
        await Eventually.True(() => shore.Archive.Stored == 5, "and the link works");
    }

    [Fact]
    public async Task Limits_that_lose_messages_are_told_at_the_start_and_so_are_the_losses()
    {
        await using var mosquitto = await Mosquitto.Start(_ => "allow_anonymous true\nmax_queued_messages 10\n", limits: false);
        await using var shore = new Shore(mosquitto);
        await shore.Close(await shore.Open());
        await shore.Publish(500);
        await shore.Open();
        await Eventually.True(() => shore.Log.Of(1004).Length > 0, "the drops are told");
        Assert.Contains("max_queued_messages", shore.Log.Of(1004)[0], StringComparison.Ordinal);
        Assert.Contains("mosquitto version", shore.Log.Of(1005)[0], StringComparison.Ordinal);
        Assert.InRange(shore.Archive.Stored, 10, 100);
        Assert.True(shore.Meters["canhlu.ingest.broker.dropped"] >= 400);
    }

    [Fact]
    public async Task A_broker_with_the_limits_of_our_example_is_not_complained_of()
    {
        await using var mosquitto = await Mosquitto.Start();
        await using var shore = new Shore(mosquitto);
        await shore.Open();
        await Eventually.True(() => shore.Log.Of(1005).Length == 1, "the broker names itself");
        Assert.Empty(shore.Log.Of(1003));
        Assert.Empty(shore.Log.Of(1004));
    }

    [Fact]
    public async Task Several_links_share_the_work_and_each_message_comes_once()
    {
        await using var mosquitto = await Mosquitto.Start();
        await using var shore = new Shore(mosquitto);
        shore.Broker = shore.Broker with { Links = 4, ReceiveMaximum = 100 };
        await shore.Open();
        Assert.Equal(4, shore.Meters["canhlu.ingest.links"]);
        await shore.Publish(4000);
        await Eventually.True(() => shore.Archive.Stored == 4000, "everything is stored");
        Assert.Equal(0, shore.Archive.Repeats);
        Assert.True(shore.Archive.Makers >= 4);
    }

    [Fact]
    public async Task Another_number_of_links_brings_nothing_twice()
    {
        await using var mosquitto = await Mosquitto.Start();
        await using var shore = new Shore(mosquitto);
        await shore.Close(await shore.Open());
        shore.Broker = shore.Broker with { Links = 2 };
        await shore.Open();
        await shore.Publish(100);
        await Eventually.True(() => shore.Archive.Stored == 100, "everything is stored");
        await Eventually.True(() => shore.Meters["canhlu.ingest.messages broker"] >= 100, "and counted");
        await shore.Publish(1);
        await Eventually.True(() => shore.Meters["canhlu.ingest.messages broker"] == 101, "once");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_retained_status_is_known_at_once_and_a_last_will_as_soon_as_it_is_sent(int links)
    {
        await using var mosquitto = await Mosquitto.Start();
        await using var shore = new Shore(mosquitto);
        shore.Broker = shore.Broker with { Links = links };
        await shore.Say("canhlu/v1/tk-01/status", "online", retain: true);
        await shore.Open();
        await Eventually.True(() => shore.Archive.ValueOf(shore.Online) == 1, "online");
        await shore.Say("canhlu/v1/tk-01/status", "offline", retain: true);
        await Eventually.True(() => shore.Archive.ValueOf(shore.Online) == 0, "offline");
    }

    [Fact]
    public async Task What_is_no_reading_is_acknowledged_all_the_same()
    {
        await using var mosquitto = await Mosquitto.Start();
        await using var shore = new Shore(mosquitto);
        shore.Broker = shore.Broker with { ReceiveMaximum = 10 };
        await shore.Open();
        for (var i = 0; i < 30; i++)
            await shore.Say("canhlu/v1/tk-01/up", "wet");
        await shore.Publish(1);
        await Eventually.True(() => shore.Archive.Stored == 1, "it does not hold up the next");
        Assert.Equal(30, shore.Meters["canhlu.ingest.rejections NotJson"]);
    }

    [Fact]
    public async Task Unacknowledged_messages_have_a_bound_and_what_is_beyond_it_is_counted()
    {
        await using var mosquitto = await Mosquitto.Start();
        await using var shore = new Shore(mosquitto);
        shore.Archive.Answer = null;
        await shore.Open();
        await shore.Publish(20_000, MqttQualityOfServiceLevel.AtMostOnce);
        await shore.Publish(1);
        await Eventually.True(() => shore.Meters["canhlu.ingest.dropped broker"] > 1000, "drops are counted");
        Assert.InRange(shore.Meters["canhlu.ingest.held"], 1, 1001);
        shore.Archive.Answer = true;
        await Eventually.True(() => shore.Meters["canhlu.ingest.held"] == 0, "what was held is stored");
        await shore.Publish(1);
        await Eventually.True(() => shore.Archive.Holds(shore.LastPublished), "and what comes then");
        // Mosquitto drops QoS 0 messages of its own, when the machine is busy.
        Assert.InRange(shore.Archive.Stored + shore.Meters["canhlu.ingest.dropped broker"], 2001, 20_002);
        Assert.Single(shore.Log.Of(1007));
    }

    [Fact]
    public async Task A_wrong_password_is_told_once_without_the_password_and_a_right_one_needs_no_restart()
    {
        await using var mosquitto = await Mosquitto.Start(folder =>
        {
            using var passwords = System.Diagnostics.Process.Start("mosquitto_passwd", ["-c", "-b", $"{folder}/passwords", "engine", "river-7"]);
            passwords.WaitForExit();
            return $"allow_anonymous false\npassword_file {folder}/passwords\n";
        });
        await using var shore = new Shore(mosquitto);
        var file = Path.Combine(mosquitto.Folder, "secret");
        await File.WriteAllTextAsync(file, "wrong-9\n", TestContext.Current.CancellationToken);
        shore.Broker = shore.Broker with { User = "engine" };
        shore.Knobs.PasswordFile = file;
        shore.Knobs.Password = new Secret("unused-5");
        await shore.Open(awaitLinks: false);
        await Eventually.True(
            () => File.ReadAllText(Path.Combine(mosquitto.Folder, "log")).Split("not authorised").Length > 3, "the broker has refused several times");
        Assert.Contains("the broker refuses: NotAuthorized", Assert.Single(shore.Log.Of(1001)), StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, "river-7\n", TestContext.Current.CancellationToken);
        await Eventually.True(() => shore.Log.Of(1000).Length == 1, "the link stands");
        Assert.DoesNotMatch("wrong-9|river-7|unused-5", shore.Log.All + shore.Knobs.Password);
    }

    [Theory]
    [InlineData("http://localhost")]
    [InlineData("localhost:1883")]
    [InlineData("mqtt//localhost")]
    public void A_url_that_is_no_brokers_is_refused_at_once(string url) =>
        Assert.Contains("mqtt://host", Assert.Throws<ArgumentException>(
            () => new CanhLu.Ingest.Links.LinkOptions(new Broker(url, "x", null, 1, 10, null, null), new BrokerOptions(), 1, [])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_secret_prints_stars()
    {
        var secret = (Secret)System.ComponentModel.TypeDescriptor.GetConverter(typeof(Secret)).ConvertFrom("river-7")!;
        Assert.Equal("*** river-7", $"{secret} {secret.Reveal()}");
        Assert.DoesNotContain("river", Encoding.UTF8.GetString(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(secret)), StringComparison.Ordinal);
    }
}
