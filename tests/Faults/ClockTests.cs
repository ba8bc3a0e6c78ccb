using CanhLu.FirmwareSim.Link;
using CanhLu.FirmwareSim.Storms;
using CanhLu.GatewaySim;
using CanhLu.Host;
using CanhLu.Ingest;
using CanhLu.Tests.Flow;
using CanhLu.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Text;
using Xunit;

namespace CanhLu.Tests.Faults;

/// <summary>Clocks that are put right in the middle of a flood, and days that are seldom.</summary>
public sealed class ClockTests(ITestOutputHelper output)
{
    const int Stations = 12;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <remarks>The carriers are slow enough that letters wait at every step. While the engine is an hour behind, its devices' readings are from its future: acknowledged, and refused as such, each one counted.</remarks>
    [Fact]
    public async Task A_clock_put_an_hour_forward_and_back_in_a_flood_loses_nothing_holds_nothing_up_and_tells_nobody_twice()
    {
        Effort.Whole("A quarter of a minute");
        var seconds = Effort.Of(10, 40);
        var clock = new SteppedClock(Duration.Zero);
        var account = await Flood(clock, RealTime.Clock, seconds, rate: 20, async wave =>
        {
            foreach (var hours in (int[])[1, 0, -1, 0])
            {
                await Task.Delay(wave / 5, RealTime.Provider, Token);
                clock.Offset = Duration.FromHours(hours);
            }
        });
        Assert.True(account.Rejected > 0, "some readings were from the future");
        Assert.Equal(account.Storm.Published, account.Storm.Stored + account.Rejected);
    }

    [Theory]
    [InlineData("2027-12-31T23:59:56+07:00")]
    [InlineData("2028-02-28T23:59:56+07:00")]
    public async Task A_flood_over_new_year_and_over_a_leap_day_is_as_any_other(string begins)
    {
        Effort.Whole("A quarter of a minute");
        var clock = new SteppedClock(OffsetDateTimePattern.Rfc3339.Parse(begins).Value.ToInstant() - RealTime.Clock.GetCurrentInstant());
        var account = await Flood(clock, clock, Effort.Of(7, 20), rate: 200, _ => Task.CompletedTask);
        Assert.Equal(0, account.Rejected);
        Assert.Equal(account.Storm.Published, account.Storm.Stored);
        Assert.Equal(0, account.Storm.Missing);
    }

    /// <summary>A small flood through the whole engine, and its account.</summary>
    async Task<(StormAccount Storm, long Rejected)> Flood(SteppedClock clock, IClock devices, int seconds, int rate, Func<TimeSpan, Task> happening)
    {
        await using var town = await StormTown.Build(Stations, new GatewaySimOptions { NoZalo = 0.3, ReceiptDelay = TimeSpan.FromMilliseconds(100) }, rate: rate);
        var storm = new Storm(
            new StormOptions
            {
                Broker = new("127.0.0.1", town.Door.Port),
                Devices = [.. town.Devices],
                Credentials = town.Credential,
                Rate = 120,
                Curve = new StageCurve(1.0, 2.4, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(seconds - 2), TimeSpan.FromSeconds(1)),
                Link = new LinkOptions { LongestPause = TimeSpan.FromSeconds(1) },
                Journal = town.Journal,
            },
            devices, RealTime.Provider);
        long rejected;
        await using (var engine = Engine.Build(
            town.Site, new EngineOptions(town.Data, town.Page.ToString().TrimEnd('/'), town.Door) { Quiet = true, Settings = town.OwnSettings }, clock, clock))
        {
            await engine.StartAsync(Token);
            var blowing = storm.Run(Token);
            await happening(TimeSpan.FromSeconds(seconds));
            var counts = await blowing;
            await KillStormTests.Settled(town);
            output.WriteLine($"{counts}");
            rejected = engine.Services.GetRequiredService<RejectionLog>().Total(RejectionReason.Future);
            await engine.StopAsync(CancellationToken.None);
        }
        var account = StormAccount.Of(town);
        output.WriteLine($"{account}\nrejected: {rejected}");
        Assert.True(account.Published > 0.8 * 120 * seconds, "it was a flood");
        Assert.Equal(account.Published, account.Acknowledged);
        Assert.Empty(account.WrongStations);
        Assert.True(account.Bulletins >= Stations * 2 && account.Warned > 0, "every station was warned and had its all-clear");
        Assert.Equal((0, 0, 0), (account.Doubled, account.WithoutAllClear, account.AllClearTwice));
        return (account, rejected);
    }
}
