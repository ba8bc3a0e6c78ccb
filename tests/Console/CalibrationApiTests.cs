using CanhLu.Duty;
using CanhLu.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Console;

/// <summary>A gauge is held against its staff and calibrated, while the engine runs.</summary>
public sealed class CalibrationApiTests
{
    static readonly (Duration, decimal)[] FourStages =
        [(Duration.FromMinutes(40), 1.50m), (Duration.FromMinutes(30), 1.51m), (Duration.FromMinutes(20), 1.52m), (Duration.FromMinutes(10), 1.53m)];

    static readonly string LongAgo = Ago(Duration.FromHours(1));

    [Fact]
    public async Task What_it_measured_since_then_is_restated_and_judged_anew_and_the_step_is_no_rise_of_the_water()
    {
        await using var engine = await Engine();
        var staff = await Read(engine, "tam-ky", 1.73m);
        var (status, done) = await engine.Say($"api/staff/{staff}/calibrate", new { from = LongAgo, note = "phao bị kẹt", who = "Lan" });
        Assert.Equal(200, status);
        Assert.True(done.GetProperty("in_force").GetBoolean());
        Assert.Equal([1700, 1710, 1720, 1730], await Values(engine, "tam-ky"));
        Assert.Equal([1500, 1510, 1520, 1530], await Values(engine, "tam-ngoc"));
        var alarm = await engine.First("api/alarms", one => one.GetProperty("subject").GetString() == "tam-ky");
        Assert.Equal(("Threshold", "I"), (alarm.GetProperty("cause").GetString(), alarm.GetProperty("level").GetString()));

        await engine.Stages("tk-gauge-1", (Duration.Zero, 1.54m));
        Assert.Equal([1700, 1710, 1720, 1730, 1740], await Values(engine, "tam-ky"));
        var station = await engine.First("api/stations", one => one.GetProperty("id").GetString() == "tam-ky" && one.GetProperty("stage_m").GetDecimal() == 1.74m);
        Assert.InRange(station.GetProperty("rate_m_per_h").GetDecimal(), 0.03m, 0.09m);
        Assert.DoesNotContain((await engine.Get("api/alarms")).EnumerateArray(), one => one.GetProperty("cause").GetString() is "Rate" or "Fault");
        Assert.All((await engine.Get("api/readings?station=tam-ky")).EnumerateArray(), one => Assert.Equal("Good", one.GetProperty("flag").GetString()));

        var entry = Assert.Single((await engine.Get("api/stations/tam-ky/calibrations")).EnumerateArray());
        Assert.Equal((0.2m, 1.73m, 1.53m, "Lan", "phao bị kẹt"), (
            entry.GetProperty("offset_m").GetDecimal(), entry.GetProperty("staff_m").GetDecimal(), entry.GetProperty("gauge_m").GetDecimal(), entry.GetProperty("entered_by").GetString(),
            entry.GetProperty("note").GetString()));
        Assert.Empty((await engine.Get("api/stations/tam-ngoc/calibrations")).EnumerateArray());
        // A staff reading of after it is held against what is stored now.
        Assert.Equal(0m, (await engine.Get("api/stations/tam-ky/staff")).EnumerateArray().Single().GetProperty("difference_m").GetDecimal());

        var id = done.GetProperty("id").GetInt64();
        Assert.Equal(400, (await engine.Say($"api/staff/{staff}/strike", new { who = "Lan" })).Status);
        Assert.Equal(200, (await engine.Say($"api/calibrations/{id}/end", new { who = "Minh" })).Status);
        Assert.Equal([1500, 1510, 1520, 1530, 1540], await Values(engine, "tam-ky"));
        Assert.Equal(409, (await engine.Say($"api/calibrations/{id}/end", new { who = "Minh" })).Status);
        Assert.Equal(404, (await engine.Say("api/calibrations/999/end", new { who = "Minh" })).Status);
        Assert.Equal(200, (await engine.Say($"api/staff/{staff}/strike", new { who = "Lan" })).Status);
        Assert.Equal(["Minh ended a calibration", "Lan calibrated", "test gave an account"], (await engine.Get("api/audit?subject=device/tk-gauge-1")).EnumerateArray()
            .Select(one => $"{one.GetProperty("who").GetString()} {one.GetProperty("action").GetString()}"));
    }

    [Fact]
    public async Task A_second_one_is_measured_from_the_gauge_itself_and_the_later_moment_holds_from_then_on()
    {
        await using var engine = await Engine();
        Assert.Equal(200, (await engine.Say($"api/staff/{await Read(engine, "tam-ky", 1.60m)}/calibrate", new { from = LongAgo, who = "Lan" })).Status);
        Assert.Equal(200, (await engine.Say($"api/staff/{await Read(engine, "tam-ky", 1.58m)}/calibrate", new { from = Ago(Duration.FromMinutes(25)), who = "Lan" })).Status);
        // 70 mm in all up to then, 50 mm in all since.
        Assert.Equal([1570, 1580, 1570, 1580], await Values(engine, "tam-ky"));
        Assert.Equal([0.05m, 0.07m], (await engine.Get("api/stations/tam-ky/calibrations")).EnumerateArray().Select(one => one.GetProperty("offset_m").GetDecimal()));
    }

    [Fact]
    public async Task What_cannot_be_right_is_refused_with_the_remedy()
    {
        await using var engine = await Engine();
        var staff = await Read(engine, "tam-ky", 1.73m);
        foreach (var wrong in new object[]
        {
            new { from = LongAgo, who = "" }, new { who = "Lan" }, new { from = "then", who = "Lan" }, new { from = Ago(Duration.Zero), who = "Lan" }, new { from = Ago(Duration.FromDays(40)), who = "Lan" },
        })
            Assert.Equal(400, (await engine.Say($"api/staff/{staff}/calibrate", wrong)).Status);
        Assert.Equal(404, (await engine.Say("api/staff/999/calibrate", new { from = LongAgo, who = "Lan" })).Status);
        foreach (var metres in new[] { 1.53m, 6.00m })
            Assert.Equal(400, (await engine.Say($"api/staff/{await Read(engine, "tam-ky", metres)}/calibrate", new { from = LongAgo, who = "Lan" })).Status);
        // The gauge said nothing then.
        var early = await Read(engine, "tam-ky", 1.40m, Duration.FromHours(20));
        Assert.Equal(400, (await engine.Say($"api/staff/{early}/calibrate", new { from = Ago(Duration.FromHours(30)), who = "Lan" })).Status);
        Assert.Equal(200, (await engine.Say($"api/staff/{staff}/strike", new { who = "Lan" })).Status);
        Assert.Equal(400, (await engine.Say($"api/staff/{staff}/calibrate", new { from = LongAgo, who = "Lan" })).Status);
        Assert.Equal([1500, 1510, 1520, 1530], await Values(engine, "tam-ky"));
    }

    [Fact]
    public async Task One_that_the_last_run_had_no_time_for_is_in_force_after_the_next_start()
    {
        await using var engine = await Engine();
        var staff = await Read(engine, "tam-ky", 1.73m);
        var site = engine.App.Services.GetRequiredService<Func<Site>>()();
        Assert.IsType<Answer.Done>(engine.App.Services.GetRequiredService<Calibrations>().Enter(site, "tk-gauge-1", staff, new Stage(1530), RunningEngine.Now - Duration.FromHours(1), null, "Lan"));
        Assert.Equal([1500, 1510, 1520, 1530], await Values(engine, "tam-ky"));
        await engine.Stop();
        await using var again = new Again(engine.Folder);
        await again.InitializeAsync();
        await Eventually.True(() => Values(again, "tam-ky").GetAwaiter().GetResult() is [1700, 1710, 1720, 1730], "restated");
    }

    static string Ago(Duration ago) => (RunningEngine.Now - ago).ToString();

    static async Task<RunningEngine> Engine()
    {
        var engine = new RunningEngine();
        await engine.InitializeAsync();
        await engine.Stages("tk-gauge-1", FourStages);
        await engine.Stages("tn-gauge-1", FourStages);
        return engine;
    }

    static async Task<long> Read(RunningEngine engine, string station, decimal metres, Duration? ago = null)
    {
        var (status, entered) = await engine.Say($"api/stations/{station}/staff", new { at = Ago(ago ?? Duration.FromMinutes(10)), metres, who = "Lan" });
        Assert.Equal(200, status);
        return entered.GetProperty("id").GetInt64();
    }

    static async Task<List<int>> Values(RunningEngine engine, string station) =>
        [.. (await engine.Get($"api/readings?station={station}")).EnumerateArray().Select(one => one.GetProperty("value").GetInt32())];

    sealed class Again(string folder) : RunningEngine
    {
        protected override string? Stores => folder;
    }
}
