using System.Collections.Immutable;

namespace CanhLu.Rules;

/// <summary>The rules and thresholds of a site's stations, compiled into flat arrays in which each station has its run.</summary>
sealed class StationRules
{
    // How many of its reporting intervals a gauge's last word outlives beside another gauge of the same station.
    public const int FreshIntervals = 3;

    // Stages that a station's lateness window holds at most; the oldest ones are settled before their time when a gauge reports that often.
    public const int LongestWindow = 4096;

    public required string[] Stations { get; init; }
    public required StationMemory[] Memory { get; init; }
    public required Gauge[] Gauges { get; init; }
    public required Ladder[] Ladders { get; init; }
    public required Slot[] Slots { get; init; }
    public required string[] LadderRules { get; init; }
    public required ImmutableArray<Member>[] LadderWitnesses { get; init; }
    public required RateRule[] Rates { get; init; }
    public required SilenceRule[] Silences { get; init; }

    public static StationRules Compile(Site site, IReadOnlyCollection<Series> series)
    {
        var gaugesOf = series
            .Where(one => one.Quantity == Device.StageQuantity)
            .Select(one => (Station: site.Devices.GetValueOrDefault(one.Device)?.Station, one.Id))
            .Where(one => one.Station is not null)
            .OrderBy(one => one.Id.Value)
            .ToLookup(one => one.Station!, one => one.Id);
        var ladderRules = site.Rules.OfType<Rule.StageLadder>().ToArray();
        var rates = site.Rules.OfType<Rule.RateOfRiseRule>().ToArray();
        var silences = site.Rules.OfType<Rule.Silence>().ToArray();

        var memory = new StationMemory[site.Stations.Length];
        var gauges = new List<Gauge>();
        var ladders = new List<Ladder>();
        var slots = new List<Slot>();
        var shapes = new Dictionary<StationShape, StationShape>();
        for (var i = 0; i < memory.Length; i++)
        {
            var station = site.Stations[i];
            var ids = gaugesOf[station.Id].ToArray();
            var ratesHere = Here(rates, rule => rule.Stations, station, ids.Length > 0);
            var laddersHere = Here(ladderRules, rule => rule.Stations, station, station.Ladders.Length > 0);
            var silencesHere = Here(silences, rule => rule.Stations, station, ids.Length > 0);
            var window = ratesHere.Length == 0 ? RateWindow.Shown.Length : ratesHere.Max(rule => new RateRule(rates[rule]).Longest.Length);
            memory[i] = new StationMemory
            {
                Heard = Kept.Nothing,
                Open = new Window(ids.Length * WindowOf(station)),
                Shape = Shared(new StationShape(
                    Math.Max(1, Ticks.Of(station.Lateness)), Ticks.Of(station.ReportEvery) * FreshIntervals, RecentStages.Spacing(window), ids.Length,
                    station.Ladders.Length, laddersHere.Length, ratesHere.Length, silencesHere.Length)),
                Watermark = Ticks.Never,
                FirstGauge = gauges.Count,
                FirstLadder = ladders.Count,
                FirstSlot = slots.Count,
            };
            gauges.AddRange(ids.Select(id => new Gauge(i, id.Value)));
            ladders.AddRange(station.Ladders.OrderBy(set => set.From).Select(set => new Ladder(set)));
            foreach (var rule in (IEnumerable<int>)[.. laddersHere, .. ratesHere, .. silencesHere])
                slots.Add(new Slot(rule));
        }
        return new StationRules
        {
            Stations = [.. site.Stations.Select(station => station.Id)],
            Memory = memory,
            Gauges = [.. gauges],
            Ladders = [.. ladders],
            Slots = [.. slots],
            LadderRules = [.. ladderRules.Select(rule => rule.Id)],
            LadderWitnesses = [.. ladderRules.Select(rule => rule.Witnesses)],
            Rates = [.. rates.Select(rule => new RateRule(rule))],
            Silences = [.. silences.Select(rule => new SilenceRule(rule))],
        };

        StationShape Shared(StationShape shape) => shapes.TryGetValue(shape, out var known) ? known : shapes[shape] = shape;
    }

    /// <summary>The ladder in force at a time; -1 for none.</summary>
    public int LadderAt(in StationMemory station, long at)
    {
        var ladder = station.Ladders - 1;
        while (ladder >= 0 && Ladders[station.FirstLadder + ladder].From > at)
            ladder--;
        return ladder < 0 ? -1 : station.FirstLadder + ladder;
    }

    /// <summary>The key of a station's slot, counted from the station's first.</summary>
    public AlarmKey KeyOf(int station, int slot) => new(Stations[station], RuleOf(Memory[station], slot));

    /// <summary>The id of the rule of a station's slot, counted from the station's first.</summary>
    public string RuleOf(in StationMemory station, int slot) =>
        slot < station.LadderSlots ? LadderRules[Slots[station.FirstSlot + slot].Rule]
        : slot < station.LadderSlots + station.RateSlots ? Rates[Slots[station.FirstSlot + slot].Rule].Id
        : Silences[Slots[station.FirstSlot + slot].Rule].Id;

    /// <summary>How many stages of one gauge the lateness window holds when it reports as expected, and the next one.</summary>
    static int WindowOf(Station station) =>
        (int)Math.Clamp(Ticks.Of(station.Lateness) / Math.Max(1, Ticks.Of(station.ReportEvery)) + 1, 2, LongestWindow);

    static int[] Here<T>(
        T[] rules, Func<T, ImmutableArray<string>> stations, Station station, bool judged) =>
        judged
            ? [.. Enumerable.Range(0, rules.Length).Where(i => stations(rules[i]).IsDefaultOrEmpty || stations(rules[i]).Contains(station.Id))]
            : [];
}
