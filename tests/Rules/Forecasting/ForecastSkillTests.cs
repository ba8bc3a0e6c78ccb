using CanhLu.Rules;
using CanhLu.Rules.Forecasting;
using CanhLu.Tests.Support;
using NodaTime;
using Xunit;
using static CanhLu.AlarmLevel;
using static CanhLu.Tests.Rules.Gauges;

namespace CanhLu.Tests.Rules.Forecasting;

/// <summary>What the forecast is worth, on floods by chance, 200 of them with <c>CI=true</c>, upon a tide of 1.2 m, and on tides without a flood.</summary>
public sealed class ForecastSkillTests(ITestOutputHelper output)
{
    static readonly int Floods = Effort.Of(50, 200, 200);

    const int Days = 38;

    [Fact]
    public void Floods_upon_the_tide_are_warned_of_before_the_first_level_and_the_band_holds_the_time()
    {
        var skill = Score(first: 1, damping: 0);
        Assert.Equal(Floods, skill.Floods);
        Assert.True(skill.Warned >= 0.98 * Floods, $"{skill}");
        Assert.True(skill.Held >= 0.8 * Floods, $"{skill}");
        Assert.True(skill.EarlyHours[skill.EarlyHours.Count / 2] >= 1, $"{skill}");
    }

    [Fact]
    public void A_flood_that_quenches_the_tide_is_warned_of_too()
    {
        var skill = Score(first: 1, damping: 0.3);
        Assert.True(skill.Warned >= 0.95 * Floods, $"{skill}");
        Assert.True(skill.Held >= 0.7 * Floods, $"{skill}");
    }

    [Fact]
    public void A_tide_without_a_flood_is_seldom_warned_of()
    {
        const int Runs = 20;
        var alarms = 0;
        var days = 0;
        for (var seed = 1; seed <= Runs; seed++)
        {
            var river = new TidalFlood(seed, 91, hasFlood: false);
            days += river.Days - 31;
            alarms += Told(river).Told.Count(alarm => alarm.Alarm.Level == I);
        }
        output.WriteLine($"flood-free: {alarms} early warnings in {days} days");
        Assert.True(alarms <= 1, $"{alarms} early warnings in {days} days");
    }

    Skill Score(int first, double damping)
    {
        var skill = new Skill();
        for (var seed = first; seed < first + Floods; seed++)
        {
            var river = new TidalFlood(seed, Days, hasFlood: true, damping);
            if (river.Reaches(1700) is not { } hour)
                continue;
            skill.Floods++;
            var (told, tracked) = Told(river);
            skill.Add(tracked);
            skill.False += told.Count(one => one.Alarm.Level == I && one.Alarm.Since < At(60 * river.BeginsAt));
            var warning = told.Find(one => one.Alarm.Level == I && one.Alarm.Since >= At(60 * river.BeginsAt) && one.Alarm.Since < At(60 * hour));
            if (warning.Alarm is null)
                continue;
            skill.Warned++;
            skill.EarlyHours.Add(hour - (warning.Alarm.Since - Start).TotalHours);
            var (from, to) = (warning.Forecast.From, warning.Forecast.To);
            var holds = from <= At(60 * hour) && (to is null || At(60 * hour) <= to);
            skill.Held += holds ? 1 : 0;
            skill.OpenEnded += holds && to is null ? 1 : 0;
            skill.Late += to is { } end && At(60 * hour) > end ? 1 : 0;
            if (to is { } bounded)
                skill.WidthHours.Add((bounded - from).TotalHours);
            skill.Errors.Add(Math.Abs((warning.Forecast.Middle - At(60 * hour)).TotalHours));
        }
        skill.EarlyHours.Sort();
        skill.WidthHours.Sort();
        skill.Errors.Sort();
        output.WriteLine($"damping {damping}: {skill}");
        output.WriteLine($"all levels, all forecasts: {skill.Tracked}");
        return skill;
    }

    [Fact]
    public void On_a_real_river_the_bands_hold_too()
    {
        var skill = new Skill();
        var (lowest, highest) = (KentuckyRiver.Readings().Min(one => one.Stage), KentuckyRiver.Readings().Max(one => one.Stage));
        for (var raise = lowest + 300; raise + 500 < highest; raise += 600)
        {
            Threshold Step(int above) => new(new Stage(raise + above), new Stage(raise + above - 100), Duration.Zero, Duration.Zero);
            var rule = new Rule.Forecast("sap", "", Policy.Desk, [], I, Duration.FromHours(3), Duration.FromHours(12), Duration.FromHours(1));
            var judge = Judge.Create(
                Site([Station("lock-4", new ThresholdSet(default, Step(0), Step(200), Step(400))) with { ReportEvery = Duration.FromMinutes(15) }],
                    [Gauge("g1", "lock-4")], rule, BaoDong),
                [Series(1, "g1", "stage")]);
            foreach (var (milliseconds, stage) in KentuckyRiver.Readings())
            {
                var at = Instant.FromUnixTimeMilliseconds(milliseconds);
                judge.Take(new Reading(new SeriesId(1), at, at, stage, Flag.Good));
            }
            skill.Add(judge.Now()[0].Skill);
        }
        output.WriteLine($"Kentucky River at Lock 4, a level every 20 cm: {skill.Tracked}");
        Assert.True(skill.Came > 200, skill.Tracked);
        Assert.True(skill.BandsHeld >= 0.8 * skill.Came, skill.Tracked);
    }

    static (List<(Alarm Alarm, Forecast Forecast)> Told, ForecastSkill? Skill) Told(TidalFlood river)
    {
        var rule = new Rule.Forecast("sap-bao-dong", "", Policy.Ask, [], I, Duration.FromHours(3), Duration.FromHours(12), Duration.FromHours(1));
        var judge = Judge.Create(
            Site([Station("tam-ky", TamKy()) with { FeelsTide = true }], [Gauge("g1", "tam-ky")], rule, BaoDong), [Series(1, "g1", "stage")]);
        var told = new List<(Alarm, Forecast)>();
        foreach (var (minute, stage) in river.Readings())
            foreach (var alarm in judge.Take(Read(minute, stage)))
                if (alarm.Cause == Cause.Forecast)
                    told.Add((alarm, judge.Now()[0].Forecast ?? default));
        return (told, judge.Now()[0].Skill);
    }

    sealed class Skill
    {
        public int Floods, Warned, Held, OpenEnded, Late, False;
        public int Came, BandsHeld, BandsOpen, Stayed, Surprises;
        public double ErrorMinutes, LeadHours;
        public List<double> EarlyHours = [], WidthHours = [], Errors = [];

        // As the judge itself keeps it, of every forecast and not of the first warning alone.
        public string Tracked => $"{Came} forecasts came, band held {BandsHeld} ({100.0 * BandsHeld / Came:0} %), of these {BandsOpen} without an end; {Stayed} stayed away, "
            + $"{Surprises} surprises; mean error of the middle {ErrorMinutes / Came:0} min, mean lead {LeadHours / Came:0.0} h";

        public void Add(ForecastSkill? tracked)
        {
            if (tracked is null)
                return;
            Came += tracked.Came;
            BandsHeld += tracked.Held;
            BandsOpen += tracked.OpenEnded;
            Stayed += tracked.Stayed;
            Surprises += tracked.Surprises;
            ErrorMinutes += tracked.Came * tracked.MeanAbsoluteError.TotalMinutes;
            LeadHours += tracked.Came * tracked.MeanLead.TotalHours;
        }

        public override string ToString() =>
            $"{Warned} of {Floods} warned of before the level; band held {Held}, of these {OpenEnded} without an end; bands with an end {WidthHours.Count}; too early {Warned - Held - Late}, too late {Late}; "
            + $"lead median {Of(EarlyHours, 0.5):0.0} h (5 %: {Of(EarlyHours, 0.05):0.0} h); band median {Of(WidthHours, 0.5):0.0} h wide; "
            + $"error of the middle median {Of(Errors, 0.5) * 60:0} min, mean {Errors.DefaultIfEmpty().Average() * 60:0} min; false early warnings before the flood {False}";

        static double Of(List<double> sorted, double share) => sorted.Count == 0 ? double.NaN : sorted[(int)(share * (sorted.Count - 1))];
    }
}
