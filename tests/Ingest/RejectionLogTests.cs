using System.Text;
using CanhLu.Ingest;
using Xunit;

namespace CanhLu.Tests.Ingest;

public sealed class RejectionLogTests
{
    readonly River _river = new();

    [Fact]
    public void The_last_fifty_of_a_device_are_kept_newest_first()
    {
        for (var i = 0; i < 120; i++)
            _river.Take($"bad {i}");
        var kept = _river.Log.Of(River.Gauge);
        Assert.Equal(Enumerable.Range(70, 50).Reverse().Select(i => $"bad {i}"), kept.Select(one => Encoding.UTF8.GetString(one.Bytes.Span)));
        Assert.Equal(120, _river.Log.TallyOf(River.Gauge)!.Rejections);
        Assert.Equal(kept.Take(10), _river.Log.Latest(10));
    }

    [Fact]
    public void A_thousand_unknown_ids_are_kept_and_those_longest_silent_go_first()
    {
        _river.Take("bad");
        for (var i = 0; i < 1500; i++)
        {
            _river.Take($"u{i}", "{}");
            _river.Take("faithful", "{}");
        }
        Assert.Equal(1000, _river.Log.Tallies().Count(tally => tally.Device.StartsWith('u') || tally.Device == "faithful"));
        Assert.Empty(_river.Log.Of("u0"));
        Assert.Single(_river.Log.Of("u1499"));
        Assert.Equal(1500, _river.Log.TallyOf("faithful")!.Rejections);
        Assert.Single(_river.Log.Of(River.Gauge));
        Assert.Equal(3000, _river.Log.Total(RejectionReason.UnknownDevice));
    }

    [Fact]
    public void Altogether_they_take_no_more_memory_than_allowed()
    {
        var large = new byte[CanhLu.Ingest.RejectionLog.MaxPayload];
        for (var i = 0; i < 30; i++)
            for (var device = 0; device < 1000; device++)
                _river.Take($"canhlu/v1/u{device}/up", large);
        var kept = Enumerable.Range(0, 1000).SelectMany(device => _river.Log.Of($"u{device}")).ToArray();
        Assert.InRange(kept.Sum(one => (long)one.Bytes.Length), RejectionLog.MaxBytes / 2, RejectionLog.MaxBytes);
        Assert.Equal(kept.Length, _river.Log.Latest(int.MaxValue).Count);
        Assert.Equal(30_000, _river.Log.Total(RejectionReason.UnknownDevice));
    }

    [Fact]
    public void A_device_keeps_its_counts_when_the_site_changes_and_an_unknown_one_brings_its_own()
    {
        _river.Take("bad");
        _river.Take("new-1", "{}");
        _river.Intake.Adopt(_river.TableOf([new Device("new-1", River.GaugeModel, null, "New")]));
        _river.Take("new-1", "bad");
        Assert.Equal([RejectionReason.UnknownDevice, RejectionReason.NotJson], _river.Reasons("new-1"));
        Assert.Single(_river.Log.Of(River.Gauge));
        for (var i = 0; i < 1000; i++)
            _river.Take($"u{i}", "{}");
        Assert.Empty(_river.Log.Of(River.Gauge));
        Assert.Equal(2, _river.Log.TallyOf("new-1")!.Rejections);
    }

    [Fact]
    public async Task Many_threads_and_changes_of_site_lose_no_count()
    {
        var other = _river.TableOf([new Device("new-1", River.GaugeModel, null, "New")]);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            var batch = new ReadingBatch();
            for (var i = 0; i < 5000; i++)
            {
                _river.Intake.Take("canhlu/v1/tk-01/up"u8, "x"u8, River.Now, batch);
                _river.Intake.Take(Encoding.UTF8.GetBytes($"canhlu/v1/n{thread}-{i}/up"), "x"u8, River.Now, batch);
                if (i % 100 == 0)
                    _river.Intake.Adopt(i % 200 == 0 ? other : _river.Devices);
            }
        }, TestContext.Current.CancellationToken)));
        Assert.Equal(40_000, Enum.GetValues<RejectionReason>().Sum(_river.Log.Total));
        Assert.InRange(_river.Log.Tallies().Count, 1, 1003);
        Assert.True(_river.Log.Tallies().Sum(tally => _river.Log.Of(tally.Device).Count) <= 50 * 1003);
    }
}
