using CanhLu.Backtest;
using CanhLu.Backtest.Records;
using CanhLu.Rules;
using CanhLu.Tests.Rules;
using CanhLu.Tests.Support;
using NodaTime;
using Xunit;
using static CanhLu.Tests.Backtest.Pasts;
using static CanhLu.Tests.Rules.Gauges;

namespace CanhLu.Tests.Backtest;

public sealed class RehearsalTests
{
    static readonly Rule Silence = new Rule.Silence("im-lang", "Im lặng", Policy.Desk, [], Duration.FromMinutes(30));

    [Fact]
    public async Task The_alarms_of_a_real_flood_are_those_that_plain_sql_computes()
    {
        Threshold Step(int raise, int clear) => new(new Stage(raise), new Stage(clear), Duration.FromMinutes(30), Duration.FromMinutes(60));
        var site = Site(new ThresholdSet(default, Step(3800, 3700), Step(5000, 4800), Step(6500, 6000)), BaoDong);
        var keys = new SeriesKeys(site);
        var rehearsal = new Rehearsal(site, keys);
        await RecordFile.Open(KentuckyRiver.File, keys, "tam-ky").ReadAsync((readings, _) => rehearsal.Take(readings), TestContext.Current.CancellationToken);
        Assert.Equal(
            KentuckyRiver.Changes([(3800, 3700), (5000, 4800), (6500, 6000)], 30, 60),
            rehearsal.Alarms.Select(alarm => (alarm.Since, alarm.Level, (int)alarm.Evidence.Value)));
    }

    [Fact]
    public void However_a_record_is_cut_into_pages_the_alarms_are_those_of_a_live_judge_that_looks_every_minute()
    {
        var random = new Random(7);
        var site = TamKy(BaoDong, Silence);
        var keys = new SeriesKeys(site);
        var series = keys.Find("tam-ky", "stage");
        var (readings, minute, stage) = (new List<Reading>(), 0.0, 1500);
        for (var i = 0; i < 3_000; i++)
        {
            minute += random.Next(20) == 0 ? random.Next(1, 200) : random.NextDouble() * 8;
            stage = Math.Clamp(stage + random.Next(-80, 81), 800, 3000);
            readings.Add(Gauges.Read(minute, stage) with { Series = series });
        }

        var live = Judge.Create(site, keys.SeriesOf(site));
        var (told, look) = (new List<Alarm>(), 0);
        foreach (var reading in readings)
        {
            for (; At(look) <= reading.MeasuredAt; look++)
                live.Tick(At(look), told);
            live.Take([reading], told);
        }

        var rehearsal = new Rehearsal(site, keys);
        for (var from = 0; from < readings.Count;)
        {
            var count = Math.Min(random.Next(1, 400), readings.Count - from);
            rehearsal.Take([.. readings.GetRange(from, count)]);
            from += count;
        }
        Assert.Contains(told, alarm => alarm.Cause == Cause.Silence);
        Assert.Contains(told, alarm => alarm.Level == AlarmLevel.III);
        Assert.Equal(told, rehearsal.Alarms);
    }

    [Fact]
    public void A_gap_is_a_silence_and_the_end_of_the_record_is_none()
    {
        var (rehearsal, _) = Rehearse(TamKy(Silence), (0, 1000), (10, 1000), (120, 1000));
        Assert.Equal([(AlarmLevel.I, At(40)), (AlarmLevel.None, At(120))], rehearsal.Alarms.Select(alarm => (alarm.Level, alarm.Since)));
    }

    [Fact]
    public void A_station_that_the_record_does_not_hold_yet_is_not_silent()
    {
        var site = Gauges.Site([Station("tam-ky", Gauges.TamKy()), Station("an-ha")], [Pasts.Gauge("g1", "tam-ky"), Pasts.Gauge("g2", "an-ha")], Silence);
        var keys = new SeriesKeys(site);
        var rehearsal = new Rehearsal(site, keys);
        var (one, other) = (keys.Find("tam-ky", "stage"), keys.Find("an-ha", "stage"));
        Reading[] readings =
        [
            .. Enumerable.Range(0, 30).Select(i => Gauges.Read(10 * i, 1000) with { Series = one }),
            Gauges.Read(295, 1000) with { Series = other },
            .. Enumerable.Range(30, 6).Select(i => Gauges.Read(10 * i, 1000) with { Series = one }),
        ];
        rehearsal.Take(readings);
        var alarm = Assert.Single(rehearsal.Alarms);
        Assert.Equal(("an-ha", At(325)), (alarm.Key.Subject, alarm.Since));
    }

    [Fact]
    public void A_station_s_name_and_its_device_s_are_judged_alike()
    {
        var site = TamKy(BaoDong);
        var keys = new SeriesKeys(site);
        foreach (var name in (string[])["tam-ky", "g1"])
        {
            var rehearsal = new Rehearsal(site, keys);
            rehearsal.Take([Gauges.Read(0, 1700) with { Series = keys.Find(name, "stage") }, Gauges.Read(10, 1599) with { Series = keys.Find(name, "stage") }]);
            Assert.Equal([AlarmLevel.I, AlarmLevel.None], rehearsal.Alarms.Select(alarm => alarm.Level));
        }
    }
}
