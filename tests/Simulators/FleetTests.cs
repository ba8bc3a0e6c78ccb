using CanhLu.FirmwareSim;
using CanhLu.FirmwareSim.Link;
using CanhLu.FirmwareSim.October;
using CanhLu.FirmwareSim.Replay;
using CanhLu.FirmwareSim.Script;
using CanhLu.FirmwareSim.Wire;
using CanhLu.Tests.Support;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Simulators;

public sealed class FleetTests
{
    static readonly Instant Start = Instant.FromUtc(2025, 10, 29, 14, 0);

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_that_was_sent_is_acknowledged_and_heard()
    {
        await using var broker = await Mosquitto.Start();
        await using var listener = await Listener.Open(broker.Port);
        await using var fleet = Fleet(broker, new Pace(OctoberFlood.Begins, 0, RealTime.Provider).DelayUntil);

        var counts = await fleet.Play(OctoberFlood.Scripts(), Token);

        var samples = OctoberFlood.Scripts().SelectMany(script => script.Acts.OfType<Act.Send>()).Sum(send => send.Samples.Length);
        Assert.Equal(counts.Sent, counts.Acknowledged);
        Assert.Equal(counts.Readings, counts.ReadingsAcknowledged);
        await Eventually.True(() => listener.Samples().Distinct().Count() == samples, "all samples are heard");
    }

    [Fact]
    public async Task A_device_that_vanishes_leaves_its_last_will_and_says_when_it_is_back()
    {
        await using var broker = await Mosquitto.Start();
        await using var listener = await Listener.Open(broker.Port);
        var script = new DeviceScript("wifi-02",
        [
            new Act.Send(Start, [new Sample(Start, null, [new("clients", 3)])]),
            new Act.Vanish(Start + Duration.FromMinutes(1)),
            new Act.Return(Start + Duration.FromMinutes(2)),
            new Act.Send(Start + Duration.FromMinutes(2), [new Sample(Start + Duration.FromMinutes(2), null, [new("clients", 0)])]),
        ]);
        await using (var fleet = Fleet(broker, new Pace(Start, 60, RealTime.Provider).DelayUntil))
        {
            await fleet.Play([script], Token);
        }

        await Eventually.True(() => listener.Heard.Count == 6, "all is heard");
        Assert.Equal(["online", "offline", "online", "offline"], listener.Heard.Where(message => message.Topic == "canhlu/v1/wifi-02/status").Select(message => message.Payload));
    }

    [Fact]
    public async Task At_full_speed_samples_travel_together_in_arrays()
    {
        await using var broker = await Mosquitto.Start();
        await using var listener = await Listener.Open(broker.Port);
        var recording = Recording.Read(Path.Combine(AppContext.BaseDirectory, "Data", "usgs-03287500-2014.rdb"), null);
        await using var fleet = Fleet(broker, new Pace(recording.Samples[0].At, 0, RealTime.Provider).DelayUntil);

        var counts = await fleet.Play([recording.Script("frankfort")], Token);

        Assert.Equal(6871, counts.ReadingsAcknowledged);
        Assert.Equal(35, counts.Acknowledged);
        await Eventually.True(() => listener.Samples().Count() == 6871, "all samples are heard");
    }

    [Fact]
    public async Task A_fleet_follows_the_pace()
    {
        await using var broker = await Mosquitto.Start();
        var script = new DeviceScript("slow",
            [.. Enumerable.Range(0, 5).Select(i => Start + Duration.FromMinutes(10 * i)).Select(at => new Act.Send(at, [new Sample(at, null, [new("stage_m", 1)])]))]);
        var began = RealTime.Provider.GetTimestamp();
        await using var fleet = Fleet(broker, new Pace(Start, 2400, RealTime.Provider).DelayUntil);

        var counts = await fleet.Play([script], Token);

        Assert.Equal(5, counts.Acknowledged);
        Assert.True(RealTime.Provider.GetElapsedTime(began) >= TimeSpan.FromSeconds(1));
    }

    static Fleet Fleet(Mosquitto broker, RealDelay delay) => new(new BrokerAddress("127.0.0.1", broker.Port), _ => null, delay, RealTime.Provider, new FleetOptions());
}
