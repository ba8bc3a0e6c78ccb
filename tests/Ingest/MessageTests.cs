using System.Text;
using Xunit;

namespace CanhLu.Tests.Ingest;

public sealed class MessageTests
{
    const string Good = "{\"t\":1761746400000,\"stage_m\":2.5}";

    readonly River _river = new();

    [Theory]
    [InlineData("", RejectionReason.NotJson)]
    [InlineData(" ", RejectionReason.NotJson)]
    [InlineData("null", RejectionReason.NotJson)]
    [InlineData("2.68", RejectionReason.NotJson)]
    [InlineData("\"x\"", RejectionReason.NotJson)]
    [InlineData("online", RejectionReason.NotJson)]
    [InlineData(Good + "x", RejectionReason.NotJson)]
    [InlineData(Good + Good, RejectionReason.NotJson)]
    [InlineData("\uFEFF" + Good, RejectionReason.NotJson)]
    [InlineData("/* */" + Good, RejectionReason.NotJson)]
    [InlineData("{\"t\":1761746400000,\"stage_m\":2.5,}", RejectionReason.NotJson)]
    [InlineData("{\"t\":1761746400000,\"stage_m\":NaN}", RejectionReason.NotJson)]
    [InlineData("{\"t\":1761746400000,\"stage_m\":Infinity}", RejectionReason.NotJson)]
    [InlineData("{\"t\":1761746400000,\"stage_m\":02.5}", RejectionReason.NotJson)]
    [InlineData("{\"t\":1761746400000,\"stage_m\":.5}", RejectionReason.NotJson)]
    [InlineData("{\"t\":1761746400000,\"stage_m\":+5}", RejectionReason.NotJson)]
    [InlineData("{\"t\":1761746400000,\"stage_m\":0x5}", RejectionReason.NotJson)]
    [InlineData("{'t':1761746400000}", RejectionReason.NotJson)]
    [InlineData("{\"t\":1761746400000,\"stage_m\":2.5", RejectionReason.NotJson)]
    [InlineData("[" + Good + "," + Good, RejectionReason.NotJson)]
    [InlineData("[" + Good + ",{\"t\":17]", RejectionReason.NotJson)]
    [InlineData("{}", RejectionReason.NoTime)]
    [InlineData("{\"stage_m\":2.5}", RejectionReason.NoTime)]
    [InlineData("{\"T\":1761746400000,\"stage_m\":2.5}", RejectionReason.NoTime)]
    [InlineData("{\"t\":1761746400000}", RejectionReason.NoValue)]
    [InlineData("{\"t\":1761746400000,\"seq\":5,\"humidity\":80}", RejectionReason.NoValue)]
    [InlineData("[]", RejectionReason.NoValue)]
    [InlineData("[[" + Good + "]]", RejectionReason.NotJson)]
    [InlineData("{\"t\":1761746400000,\"stage_m\":2.5,\"x\":[[[[[[[[1]]]]]]]]}", RejectionReason.TooDeep)]
    [InlineData("[[[[[[[[[", RejectionReason.TooDeep)]
    public void A_payload_that_is_no_reading_gives_nothing_and_a_name(string payload, RejectionReason reason)
    {
        Assert.Equal(0, _river.Take(payload));
        Assert.Equal(0, _river.Batch.Count);
        var rejection = Assert.Single(_river.Log.Of(River.Gauge));
        Assert.Equal(reason, rejection.Reason);
        Assert.Equal(Encoding.UTF8.GetBytes(payload), rejection.Bytes.ToArray());
        Assert.Equal(1, _river.Log.Total(reason));
        Assert.Equal(1, _river.Meters[$"canhlu.ingest.rejections {reason}"]);
    }

    [Fact]
    public void Bytes_that_are_no_UTF_8_are_no_JSON_even_where_nobody_looks()
    {
        byte[] payload = [.. "{\"t\":1761746400000,\"stage_m\":2.5,\"x\":\""u8, 0xC3, 0x28, .. "\"}"u8];
        Assert.Equal(0, _river.Take("canhlu/v1/tk-01/up", payload));
        Assert.Equal([RejectionReason.NotJson], _river.Reasons());
    }

    [Fact]
    public void What_was_in_the_batch_before_a_bad_message_stays()
    {
        _river.Take(Good);
        _river.Take("[" + Good + ",");
        Assert.Equal(1, _river.Batch.Count);
    }

    [Fact]
    public void A_bad_element_of_a_backlog_does_not_spoil_the_others()
    {
        Assert.Equal(3, _river.Take($"[{Good},{{\"stage_m\":1}},7,{Good},{{\"t\":\"x\",\"stage_m\":1}},{{\"t\":1761746400000,\"stage_m\":\"wet\"}},{Good}]"));
        Assert.Equal([RejectionReason.NoTime, RejectionReason.NotJson, RejectionReason.BadTime, RejectionReason.NotANumber], _river.Reasons());
        Assert.Equal(
            ["element 1: no t", "element 2: no object", "element 4: t is \"x\": not ISO 8601", "element 5: stage_m is \"wet\": no number"],
            _river.Log.Of(River.Gauge).Reverse().Select(rejection => rejection.Detail));
    }

    [Fact]
    public void Of_a_backlog_of_bad_elements_the_first_are_kept_and_all_are_counted()
    {
        Assert.Equal(0, _river.Take($"[{string.Join(',', Enumerable.Repeat("{}", 10_000))}]"));
        Assert.Equal(4, _river.Reasons().Length);
        Assert.Equal(10_000, _river.Log.TallyOf(River.Gauge)![RejectionReason.NoTime]);
        Assert.Equal(10_000, _river.Meters["canhlu.ingest.rejections NoTime"]);
    }

    [Fact]
    public void More_elements_than_a_backlog_may_have_are_too_large_as_a_whole()
    {
        Assert.Equal(0, _river.Take($"[{Good},{string.Join(',', Enumerable.Repeat("{}", 10_000))}]"));
        Assert.Equal([RejectionReason.TooLarge], _river.Reasons());
        Assert.Equal(1, _river.Log.TallyOf(River.Gauge)!.Rejections);
    }

    [Fact]
    public void Ten_megabytes_and_a_million_elements_are_too_large_and_only_their_beginning_is_kept()
    {
        _river.Take("canhlu/v1/tk-01/up", new byte[10 * 1024 * 1024]);
        _river.Take($"[{string.Join(',', Enumerable.Repeat("1", 1_000_000))}]");
        _river.Take(new string('[', 1_000_000));
        Assert.Equal([RejectionReason.TooLarge, RejectionReason.TooLarge, RejectionReason.TooLarge], _river.Reasons());
        Assert.All(_river.Log.Of(River.Gauge), rejection => Assert.Equal(CanhLu.Ingest.RejectionLog.MaxPayload, rejection.Bytes.Length));
        Assert.Equal(10 * 1024 * 1024, _river.Log.Of(River.Gauge)[^1].Length);
        Assert.Equal(0, _river.Take(new string('[', 60_000)));
        Assert.Equal(RejectionReason.TooDeep, _river.Reasons()[^1]);
    }

    [Theory]
    [InlineData("canhlu/v1/tk-01/cmd", "tk-01")]
    [InlineData("canhlu/v1/tk-01/up/", "tk-01")]
    [InlineData("canhlu/v1/tk-01/", "tk-01")]
    [InlineData("canhlu/v1/tk-01", "")]
    [InlineData("canhlu/v1//up", "")]
    [InlineData("canhlu/v2/tk-01/up", "")]
    [InlineData("$SYS/broker/version", "")]
    [InlineData("", "")]
    public void A_topic_that_is_none_of_ours_is_named_so(string topic, string device)
    {
        Assert.Equal(0, _river.Take(topic, Encoding.UTF8.GetBytes(Good)));
        var rejection = Assert.Single(_river.Log.Of(device));
        Assert.Equal((RejectionReason.UnknownTopic, device, topic), (rejection.Reason, rejection.Device, rejection.Topic));
    }

    [Theory]
    [InlineData("tk-02", "tk-02")]
    [InlineData("tk-0", "tk-0")]
    [InlineData("TK-01", "TK-01")]
    [InlineData("<script>", "")]
    [InlineData("tk 01", "")]
    public void A_device_that_the_site_does_not_name_is_listed_under_its_id_when_it_has_one(string id, string listed)
    {
        Assert.Equal(0, _river.Take(id, Good));
        Assert.Equal(RejectionReason.UnknownDevice, Assert.Single(_river.Log.Of(listed)).Reason);
    }

    [Theory]
    [InlineData("online", 1)]
    [InlineData("offline", 0)]
    [InlineData(" Offline\r\n", 0)]
    [InlineData("{\"online\":true}", 1)]
    [InlineData("{\"online\":false,\"reason\":{\"battery\":[3.1]}}", 0)]
    [InlineData("{\"t\":1,\"online\":0}", 0)]
    public void A_status_is_a_reading_of_online_at_the_moment_it_is_received(string payload, double online)
    {
        Assert.Equal(1, _river.Take("canhlu/v1/tk-01/status", Encoding.UTF8.GetBytes(payload)));
        Assert.Equal(
            new Reading(_river.SeriesOf(River.Gauge, Device.Online, "1"), River.Now, River.Now, online, Flag.Good), _river.Batch.Readings[0]);
        Assert.Empty(_river.Reasons());
    }

    [Theory]
    [InlineData("", RejectionReason.NoValue)]
    [InlineData("{}", RejectionReason.NoValue)]
    [InlineData("{\"online\":\"yes\"}", RejectionReason.NotANumber)]
    [InlineData("{\"online\":2}", RejectionReason.NotANumber)]
    [InlineData("{\"online\":null}", RejectionReason.NotANumber)]
    [InlineData("onlin", RejectionReason.NotJson)]
    [InlineData("[true]", RejectionReason.NotJson)]
    [InlineData("true", RejectionReason.NotJson)]
    [InlineData("{\"online\":true", RejectionReason.NotJson)]
    [InlineData("{\"online\":true}x", RejectionReason.NotJson)]
    [InlineData("{\"x\":[[[[[[[[[]]]]]]]]]}", RejectionReason.TooDeep)]
    public void A_status_that_says_neither_is_a_rejection(string payload, RejectionReason reason)
    {
        Assert.Equal(0, _river.Take("canhlu/v1/tk-01/status", Encoding.UTF8.GetBytes(payload)));
        Assert.Equal([reason], _river.Reasons());
        Assert.Equal(0, _river.Batch.Count);
    }

    [Fact]
    public void A_new_table_holds_from_the_next_message_on()
    {
        Assert.Equal(0, _river.Take("new-1", Good));
        _river.Intake.Adopt(_river.TableOf([new Device("new-1", River.GaugeModel, null, "New")]));
        Assert.Equal(1, _river.Take("new-1", Good));
        Assert.Equal(0, _river.Take(Good));
        Assert.Equal([RejectionReason.UnknownDevice], _river.Reasons());
        Assert.Single(_river.Log.Of("new-1"));
    }

    [Fact]
    public void Ten_thousand_good_messages_allocate_nothing()
    {
        var topic = "canhlu/v1/tk-01/up"u8.ToArray();
        var status = "canhlu/v1/tk-01/status"u8.ToArray();
        var single = "{\"t\":\"2025-10-29T21:00:00+07:00\",\"seq\":123,\"stage_m\":2.68,\"battery_v\":3.9,\"unknown\":{\"a\":[1]},\"rssi_dbm\":-71}"u8.ToArray();
        var backlog = Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat(Good, 20))}]");
        var batch = new ReadingBatch(64);
        long Run(int times)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < times; i++)
            {
                _river.Intake.Take(topic, single, River.Now, batch);
                _river.Intake.Take(topic, backlog, River.Now, batch);
                _river.Intake.Take(status, "offline"u8, River.Now, batch);
                batch.Truncate(0);
            }
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Run(100);
        // The runtime counts a thread's allocations in chunks of 8 KiB, and closes a chunk whenever another thread collects: once in a while a run
        // that allocated nothing shows a part of one. What allocates for each message shows in every run.
        Assert.Equal(0, Enumerable.Range(0, 5).Min(_ => Run(10_000)));
    }
}
