namespace CanhLu.Rules;

/// <summary>The rules and thresholds of a site's stations, compiled into flat arrays in which each station has its run.</summary>
sealed class StationRules
{
    // How many of its reporting intervals a gauge's last word outlives beside another gauge of the same station.
    public const int FreshIntervals = 3;

    public required string[] Stations { get; init; }
    public required StationMemory[] Memory { get; init; }
    public required Gauge[] Gauges { get; init; }
    public required Ladder[] Ladders { get; init; }
    public required Slot[] Slots { get; init; }
    public required string[] LadderRules { get; init; }
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
        for (var i = 0; i < memory.Length; i++)
        {
            var station = site.Stations[i];
            var ids = gaugesOf[station.Id].ToArray();
            var ratesHere = Here(rates, rule => rule.Stations, station, ids.Length > 0);
            var laddersHere = Here(ladderRules, rule => rule.Stations, station, station.Ladders.Length > 0);
            var silencesHere = Here(silences, rule => rule.Stations, station, ids.Length > 0);
            var window = ratesHere.Length == 0 ? RateWindow.Shown.Length : ratesHere.Max(rule => Ticks.Of(RateRule.LongestOf(rates[rule])));
            memory[i] = new StationMemory
            {
                Latest = Kept.Nothing,
                Heard = Kept.Nothing,
                Fresh = Ticks.Of(station.ReportEvery) * FreshIntervals,
                Spacing = RecentStages.Spacing(window),
                FirstGauge = gauges.Count,
                Gauges = checked((ushort)ids.Length),
                FirstLadder = ladders.Count,
                Ladders = checked((ushort)station.Ladders.Length),
                FirstSlot = slots.Count,
                LadderSlots = checked((ushort)laddersHere.Length),
                RateSlots = checked((ushort)ratesHere.Length),
                SilenceSlots = checked((ushort)silencesHere.Length),
            };
            foreach (var id in ids)
            {
                var gauge = new Gauge { Station = i, Series = id.Value, Newest = Ticks.Never };
                gauge.Forget();
                gauges.Add(gauge);
            }
            ladders.AddRange(station.Ladders.OrderBy(set => set.From).Select(set => new Ladder(set)));
            foreach (var rule in (IEnumerable<int>)[.. laddersHere, .. ratesHere, .. silencesHere])
                slots.Add(new Slot { Rule = rule, Gate = -1, AsleepUntil = Ticks.Never });
        }
        return new StationRules
        {
            Stations = [.. site.Stations.Select(station => station.Id)],
            Memory = memory,
            Gauges = [.. gauges],
            Ladders = [.. ladders],
            Slots = [.. slots],
            LadderRules = [.. ladderRules.Select(rule => rule.Id)],
            Rates = [.. rates.Select(rule => new RateRule(rule))],
            Silences = [.. silences.Select(rule => new SilenceRule(rule))],
        };
    }

    /// <summary>The id of the rule of a station's slot, counted from the station's first.</summary>
    public string RuleOf(in StationMemory station, int slot) =>
        slot < station.LadderSlots ? LadderRules[Slots[station.FirstSlot + slot].Rule]
        : slot < station.LadderSlots + station.RateSlots ? Rates[Slots[station.FirstSlot + slot].Rule].Id
        : Silences[Slots[station.FirstSlot + slot].Rule].Id;

    static int[] Here<T>(
        T[] rules, Func<T, System.Collections.Immutable.ImmutableArray<string>> stations, Station station, bool judged) =>
        judged
            ? [.. Enumerable.Range(0, rules.Length).Where(i => stations(rules[i]).IsDefaultOrEmpty || stations(rules[i]).Contains(station.Id))]
            : [];
}
