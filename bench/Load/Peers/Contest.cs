using System.Diagnostics;

namespace CanhLu.Bench.Peers;

/// <summary>The same work for every peer, one after the other: a level and a rate of rise at each of 250 stations, and an HTTP call for each crossing.</summary>
sealed class Contest(Town town, double seconds, int messages, int kills)
{
    /// <summary>The parts that can be asked for alone.</summary>
    public static readonly string[] Parts = ["rate", "flood", "kill"];

    /// <summary>The peers that can be asked for alone.</summary>
    public static readonly string[] Names = ["engine", "engine-broker", "node-red", "node-red-disk", "prometheus"];

    const int Crossing = 250;

    // A station of nobody's crossings: it tells when a peer is ready. The ones before it cross first and are not counted: they pay for what is compiled at its first use.
    const int Probe = PeerSite.Stations - 1;
    const int WithWarmUp = Probe;

    const string High = "1.900";
    const int FloodDevices = 8;
    const int FloodInFlight = 100;

    static readonly double[] Rates = [1_000, 5_000, 20_000];
    static readonly TimeSpan Before = TimeSpan.FromSeconds(3);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Two messages a second of each station; from one kill to the next; and from the last one to the end, in which a rise shows.
    const double KillRate = 2.0 * Crossing;
    static readonly TimeSpan Period = TimeSpan.FromSeconds(4);
    static readonly TimeSpan Tail = TimeSpan.FromSeconds(20);

    // Prometheus tells Alertmanager again after half a minute to a minute: what it doubles, it doubles then.
    static readonly TimeSpan Quiet = TimeSpan.FromSeconds(40);

    /// <summary>Runs it.</summary>
    /// <param name="peer">One of <see cref="Names"/>; null for all.</param>
    /// <param name="part">One of <see cref="Parts"/>; null for all.</param>
    public async IAsyncEnumerable<PeerRow> Run(string? peer, string? part)
    {
        foreach (var (name, lacks, make) in All())
        {
            if (peer is not null && peer != name)
                continue;
            if (await lacks() is { } what)
            {
                await System.Console.Error.WriteLineAsync($"{name} is left out. {what}");
                continue;
            }
            foreach (var rate in part is null or "rate" && name != "node-red-disk" ? Rates : [])
                yield return await With(make, (one, calls) => Steady(one, calls, rate));
            if (part is null or "flood" && name != "node-red-disk")
                yield return await With(make, Flood);
            if (part is null or "kill")
                yield return await With(make, Kill);
        }
    }

    IEnumerable<(string Name, Func<Task<string?>> Lacks, Func<Uri, Task<IPeer>> Make)> All() =>
    [
        ("engine", () => Task.FromResult<string?>(null), calls => EnginePeer.MakeAsync(town, calls, throughBroker: false)),
        ("engine-broker", () => Task.FromResult(Mosquitto.Lacks), calls => EnginePeer.MakeAsync(town, calls, throughBroker: true)),
        ("node-red", NodeRedPeer.Lacks, calls => NodeRedPeer.MakeAsync(calls, keepsContext: false)),
        ("node-red-disk", NodeRedPeer.Lacks, calls => NodeRedPeer.MakeAsync(calls, keepsContext: true)),
        ("prometheus", () => Task.FromResult(PrometheusPeer.Lacks), PrometheusPeer.MakeAsync),
    ];

    static async Task<PeerRow> With(Func<Uri, Task<IPeer>> make, Func<IPeer, Calls, Task<PeerRow>> run)
    {
        GC.Collect();
        await using var calls = await Calls.StartAsync();
        await using var peer = await make(calls.Address);
        await peer.StartAsync();
        await Ready(peer, calls);
        return await run(peer, calls);
    }

    /// <summary>A rate that is held, amid which every station reaches the level once.</summary>
    async Task<PeerRow> Steady(IPeer peer, Calls calls, double rate)
    {
        var (step, first, start) = ((long)(1000 * WithWarmUp / rate), Now(), Spent.Of(peer));
        var measured = await new Load(WithWarmUp, Before.TotalSeconds + seconds + 1, i => new Orders(Payload.Single(step: step), first, 100)
        {
            PerSecond = rate / WithWarmUp,
            Phase = (double)i / WithWarmUp,
            High = Payload.Single(High, step),
            CrossAfter = i < Crossing ? Before + TimeSpan.FromSeconds(seconds * i / Crossing) : Before * (i - Crossing) / (WithWarmUp - Crossing),
        }).RunAsync(peer.Port, peer.Password);
        await Until(() => Crossings.Of(AllThreshold, measured.CrossedAt, calls.Came).Missing == 0);
        return Row(peer, $"{rate:N0}/s", measured.MessagesPerSecond, measured.Messages, start, Crossings.Of(AllThreshold, measured.CrossedAt, calls.Came));
    }

    /// <summary>As many as go, and a crossing behind them: when its call comes, all before it were judged.</summary>
    async Task<PeerRow> Flood(IPeer peer, Calls calls)
    {
        var (step, first, start) = (10L, Now() - (long)TimeSpan.FromHours(1).TotalMilliseconds, Spent.Of(peer));
        var each = messages / FloodDevices;
        var flood = await new Load(FloodDevices, Patience.TotalSeconds, _ => new Orders(Payload.Single(step: step), first, FloodInFlight) { Most = each })
            .RunAsync(peer.Port, peer.Password);
        var last = await new Load(FloodDevices, Patience.TotalSeconds, _ => new Orders(Payload.Single(High), first + each * step, 1) { Most = 1, High = Payload.Single(High) })
            .RunAsync(peer.Port, peer.Password);
        var owed = Enumerable.Repeat(CallCause.Threshold, FloodDevices).ToArray();
        await Until(() => Crossings.Of(owed, last.CrossedAt, calls.Came).Missing == 0);
        var crossings = Crossings.Of(owed, last.CrossedAt, calls.Came);
        var took = calls.Came.Where(call => call.Device < FloodDevices).Select(call => Stopwatch.GetElapsedTime(flood.StartedAt, call.At)).Append(TimeSpan.Zero).Max();
        return Row(peer, $"flood of {messages:N0}", crossings.Missing > 0 ? 0 : flood.Messages / took.TotalSeconds, flood.Messages, start, crossings);
    }

    /// <summary>A thin stream amid which the peer is killed again and again; half of the stations reach the level, half rise fast below it.</summary>
    async Task<PeerRow> Kill(IPeer peer, Calls calls)
    {
        var (step, first, start, random) = ((long)(1000 * Crossing / KillRate), Now(), Spent.Of(peer), new Random(1));
        var killing = Period * kills;
        var owed = Enumerable.Range(0, Crossing).Select(i => i % 2 == 0 ? CallCause.Threshold : CallCause.Rate).ToArray();
        var publishing = new Load(Crossing, (Before + killing + Tail).TotalSeconds, i => new Orders(Payload.Single(step: step), first, 100)
        {
            PerSecond = KillRate / Crossing,
            Phase = (double)i / Crossing,
            High = owed[i] == CallCause.Threshold ? Payload.Single(High, step) : Payload.Rising(1234, 1650, 10, step),
            CrossAfter = Before + killing * i / Crossing,
            ComesBack = true,
        }).RunAsync(peer.Port, peer.Password);
        var began = Stopwatch.GetTimestamp();
        for (var kill = 0; kill < kills; kill++)
        {
            var due = Before + Period * (kill + 0.5 * random.NextDouble()) - Stopwatch.GetElapsedTime(began);
            if (due > TimeSpan.Zero)
                await Task.WhenAny(publishing, Task.Delay(due, Clocks.Timers));
            peer.KillAndStart();
        }
        var measured = await publishing;
        await Still(calls);
        return Row(peer, $"{kills} × kill -9", measured.MessagesPerSecond, measured.Messages, start, Crossings.Of(owed, measured.CrossedAt, calls.Came)) with { Kills = kills };
    }

    static CallCause[] AllThreshold { get; } = [.. Enumerable.Repeat(CallCause.Threshold, Crossing)];

    static PeerRow Row(IPeer peer, string load, double messagesPerSecond, long messages, Spent before, Crossings crossings)
    {
        var spent = Spent.Of(peer);
        return new PeerRow(peer.Name, load)
        {
            IsOurs = peer is EnginePeer,
            MessagesPerSecond = messagesPerSecond,
            P50Ms = crossings.Milliseconds(50),
            P99Ms = crossings.Milliseconds(99),
            MaxMs = crossings.Milliseconds(100),
            CpuUs = (spent.Own - before.Own).TotalMicroseconds / messages,
            BrokerCpuUs = spent.Broker == TimeSpan.Zero ? null : (spent.Broker - before.Broker).TotalMicroseconds / messages,
            PeakMegabytes = peer.MostBytes / 1e6,
            Owed = crossings.Owed,
            Missing = crossings.Missing,
            Doubled = crossings.Doubled,
            DoubledWithKey = crossings.Known,
            Cannot = peer.Cannot,
        };
    }

    /// <summary>A high reading of the probe, until the call for it comes.</summary>
    static async Task Ready(IPeer peer, Calls calls)
    {
        for (var began = Stopwatch.GetTimestamp(); !calls.Came.Any(call => call.Device == Probe);)
        {
            if (Stopwatch.GetElapsedTime(began) > Patience)
                throw new InvalidOperationException($"{peer.Name} called nobody within {Patience.TotalSeconds:0} s of its start.{Environment.NewLine}{peer.Said}");
            try
            {
                await new Load(1, 5, _ => new Orders(Payload.Single(High), Now(), 1) { Most = 1 }) { First = Probe }.RunAsync(peer.Port, peer.Password);
            }
            catch (Exception early) when (early is LetDownException or System.Net.Sockets.SocketException)
            {
                // Its door is not open yet.
            }
            await Task.Delay(TimeSpan.FromMilliseconds(200), Clocks.Timers);
        }
    }

    static async Task Until(Func<bool> done)
    {
        for (var began = Stopwatch.GetTimestamp(); !done() && Stopwatch.GetElapsedTime(began) < Patience;)
            await Task.Delay(TimeSpan.FromMilliseconds(20), Clocks.Timers);
    }

    /// <summary>Until no call has come for a while.</summary>
    static async Task Still(Calls calls)
    {
        var (count, since, began) = (calls.Count, Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(since) < Quiet && Stopwatch.GetElapsedTime(began) < 2 * Patience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), Clocks.Timers);
            if (calls.Count != count)
                (count, since) = (calls.Count, Stopwatch.GetTimestamp());
        }
    }

    static long Now() => Clocks.Now.GetCurrentInstant().ToUnixTimeMilliseconds();

    readonly record struct Spent(TimeSpan Own, TimeSpan Broker)
    {
        public static Spent Of(IPeer peer) => new(peer.Cpu, peer.BrokerCpu);
    }
}
