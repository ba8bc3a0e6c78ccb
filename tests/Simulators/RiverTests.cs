using System.Collections.Immutable;
using CanhLu.FirmwareSim.Rivers;
using CanhLu.FirmwareSim.Script;
using CanhLu.FirmwareSim.Wire;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Simulators;

public sealed class RiverTests
{
    static readonly Instant Start = Instant.FromUtc(2026, 10, 1, 0, 0);

    static readonly RiverOptions Calm = new()
    {
        From = Start,
        Length = Duration.FromHours(48),
        Gauges = ["above", "middle", "below"],
        Wave = new FloodWave(1.0, 2.0, Start + Duration.FromHours(20), Duration.FromHours(12), Duration.FromHours(12)),
    };

    [Fact]
    public void The_same_seed_gives_the_same_river()
    {
        var wild = Calm with
        {
            Seed = 4,
            AccessPoints = ["ap"],
            Cameras = ["cam"],
            Tide = 0.2,
            Gauge = new GaugeOptions { Noise = 0.01, SpikeChance = 0.02, DropoutChance = 0.02 },
        };

        Assert.Equal(Lines(wild), Lines(wild));
        Assert.NotEqual(Lines(wild), Lines(wild with { Seed = 5 }));
    }

    [Fact]
    public void One_flood_travels_down_and_flattens()
    {
        var peaks = Calm.Gauges.Select(device => Samples(Calm, device).MaxBy(Stage)!).ToList();

        Assert.Equal([3.0m, 2.8m, 2.62m], peaks.Select(Stage));
        Assert.Equal([20.0, 22.0, 24.0], peaks.Select(peak => (peak.At - Start).TotalHours));
    }

    [Fact]
    public void The_tide_is_felt_below_and_not_above()
    {
        var tidal = Calm with { Tide = 0.3, Wave = Calm.Wave with { Height = 0 } };

        Assert.Single(Samples(tidal, "above").Select(Stage).Distinct());
        Assert.InRange(Samples(tidal, "below").Max(Stage) - Samples(tidal, "below").Min(Stage), 0.59m, 0.61m);
    }

    [Fact]
    public void A_stuck_gauge_repeats_one_value_and_then_measures_again()
    {
        var stuck = Calm with { Stuck = Windows("above", 12, 4) };
        var during = Samples(stuck, "above").Where(sample => sample.At >= Start + Duration.FromHours(12) && sample.At < Start + Duration.FromHours(16));

        Assert.Single(during.Select(Stage).Distinct());
        Assert.Equal(3.0m, Samples(stuck, "above").Max(Stage));
    }

    [Fact]
    public void A_gauge_that_was_cut_off_sends_a_backlog_with_everything_it_measured()
    {
        var cut = Calm with { Away = Windows("above", 10, 2) };
        var acts = Acts(cut, "above");

        Assert.Equal(Start + Duration.FromHours(10), Assert.Single(acts.OfType<Act.Vanish>()).At);
        Assert.Equal(Start + Duration.FromHours(12), Assert.Single(acts.OfType<Act.Return>()).At);
        Assert.Equal(13, acts.OfType<Act.Send>().Max(send => send.Samples.Length));
        Assert.Equal(Samples(Calm, "above").Select(sample => sample.At), Samples(cut, "above").Select(sample => sample.At));
    }

    [Fact]
    public void A_clock_that_drifts_is_off_by_its_rate()
    {
        var last = Samples(Calm with { Gauge = new GaugeOptions { ClockDriftPerDay = 30 } }, "above").Last();

        Assert.Equal(Start + Duration.FromHours(48) + Duration.FromSeconds(60), last.At);
    }

    [Fact]
    public void Spikes_come_as_often_as_asked_and_are_alone()
    {
        var flat = Calm with { Wave = Calm.Wave with { Height = 0 }, Length = Duration.FromDays(70), Gauge = new GaugeOptions { SpikeChance = 0.01, SpikeSize = 2 } };
        var spikes = Samples(flat, "above").Count(sample => Stage(sample) is 3.0m or -1.0m);

        Assert.InRange(spikes, 60, 145);
    }

    [Fact]
    public void An_overloaded_access_point_shows_it_and_a_covered_camera_too()
    {
        var busy = Calm with { AccessPoints = ["ap"], Cameras = ["cam"], Overload = Windows("ap", 5, 2), Tampered = Windows("cam", 5, 2) };

        Assert.True(Samples(busy, "ap").Where(At(5, 2)).Min(sample => Value(sample, "clients")) > 50);
        Assert.True(Samples(busy, "ap").Where(sample => !At(5, 2)(sample)).Max(sample => Value(sample, "clients")) < 60);
        Assert.All(Samples(busy, "cam"), sample => Assert.Equal(At(5, 2)(sample) ? 1 : 0, Value(sample, "tamper")));
    }

    static Func<Sample, bool> At(double from, double hours) =>
        sample => sample.At >= Start + Duration.FromHours(from) && sample.At < Start + Duration.FromHours(from + hours);

    static ILookup<string, Window> Windows(string device, double from, double hours) =>
        new[] { new Window(Start + Duration.FromHours(from), Start + Duration.FromHours(from + hours)) }.ToLookup(_ => device);

    static ImmutableArray<Act> Acts(RiverOptions options, string device) => [.. new River(options).Scripts().Single(script => script.Device == device).Acts];

    static IEnumerable<Sample> Samples(RiverOptions options, string device) => Acts(options, device).OfType<Act.Send>().SelectMany(send => send.Samples);

    static IEnumerable<string> Lines(RiverOptions options) => ScriptText.Lines(new River(options).Scripts(), TimeStyle.Iso);

    static decimal Stage(Sample sample) => Value(sample, "stage_m");

    static decimal Value(Sample sample, string name) => sample.Values.Single(value => value.Name == name).Number;
}
