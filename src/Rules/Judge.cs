using System.Collections.Immutable;
using CanhLu.Rules.Forecasting;
using NodaTime;

namespace CanhLu.Rules;

/// <summary>Judges readings by the rules of a site: a reading in, what is so now out.</summary>
/// <remarks>
/// Pure: the same readings and ticks in the same order give the same alarms, however they are cut into calls. It has no clock and no lock; it belongs to
/// one loop. Nothing is allocated for a reading that changes no alarm. The exact meaning of every rule is in this part's README.
/// </remarks>
public sealed class Judge
{
    readonly Track[] _tracks;
    readonly StationJudge _stations;
    readonly LimitJudge _limits;
    readonly FaultJudge _faults;
    readonly ForecastJudge _forecasts;
    readonly CombinationJudge _combinations;
    readonly Witnesses _witnesses;

    Judge(
        Track[] tracks, StationJudge stations, LimitJudge limits, FaultJudge faults, ForecastJudge forecasts, CombinationJudge combinations, Witnesses witnesses,
        Duration lookback)
    {
        _faults = faults;
        _forecasts = forecasts;
        _tracks = tracks;
        _stations = stations;
        _limits = limits;
        _combinations = combinations;
        _witnesses = witnesses;
        Lookback = lookback;
    }

    /// <summary>Where late verdicts go, beside the alarms; null (as in a replay) when nobody asks. Whoever reads the list empties it.</summary>
    public List<LateVerdict>? Late
    {
        get => _stations.Late;
        set => _stations.Late = value;
    }

    /// <summary>How much past a judgement needs: its windows, holds and lateness. A replay begins at least so long before the newest stored reading.</summary>
    public Duration Lookback { get; }

    /// <summary>Compiles the rules of a checked site for the series that the Archive knows.</summary>
    /// <exception cref="ArgumentException">A limit depends on an alarm that no rule of the site gives.</exception>
    public static Judge Create(Site site, IReadOnlyCollection<Series> series)
    {
        var stationRules = StationRules.Compile(site, series);
        var witnesses = new Witnesses(site);
        var stations = new StationJudge(stationRules, witnesses);
        var byNumber = new Series[series.Count == 0 ? 1 : series.Max(one => one.Id.Value) + 1];
        foreach (var one in series)
            byNumber[one.Id.Value] = one;
        // One more, which tells where the limits of the last one end.
        var tracks = new Track[byNumber.Length + 1];
        Array.Fill(tracks, new Track { Newest = Ticks.Never });
        for (var i = 0; i < stationRules.Gauges.Length; i++)
            tracks[stationRules.Gauges[i].Series].Gauge = i + 1;

        var gates = 0;
        var rules = site.Rules.OfType<Rule.Limit>().ToArray();
        var limitRules = new LimitRule[rules.Length];
        var slots = rules.Any(rule => rule.While is not null) ? stations.Keys().ToDictionary(one => one.Key, one => one.Slot) : [];
        for (var i = 0; i < rules.Length; i++)
            limitRules[i] = new LimitRule(rules[i], rules[i].While is { } other ? GateOf(other, rules[i].Id) : -1);
        var limits = new List<(int Series, int Rule)>();
        for (var id = 0; id < byNumber.Length; id++)
        {
            tracks[id].FirstLimit = limits.Count;
            if (byNumber[id] is { } one && site.Devices.TryGetValue(one.Device, out var device))
                for (var i = 0; i < rules.Length; i++)
                    if (IsOn(rules[i], one, device))
                        limits.Add((id, i));
        }
        tracks[^1].FirstLimit = limits.Count;
        return new Judge(
            tracks, stations, new LimitJudge(limitRules, gates, limits, byNumber), FaultJudge.Compile(site, series),
            new ForecastJudge(site, stationRules, stations), new CombinationJudge(site), witnesses, LookbackOf(site));

        int GateOf(WhileAlarm other, string rule) =>
            slots.TryGetValue(new AlarmKey(other.Station, other.Rule), out var slot)
                ? stations.OpenGate(slot, ref gates)
                : throw new ArgumentException($"Rule {rule} depends on {other.Rule} at {other.Station}, which nothing judges.", nameof(site));
    }

    /// <summary>Takes readings in the order in which they came in, and adds to <paramref name="changes"/> every alarm that is otherwise from then on.
    /// Readings of series without rules, and those that are not believable, change nothing.</summary>
    public void Take(ReadOnlySpan<Reading> readings, List<Alarm> changes)
    {
        _combinations.Settle(changes);
        foreach (ref readonly var reading in readings)
        {
            var before = changes.Count;
            Take(reading, changes);
            if (changes.Count > before)
                Follow(changes, before);
        }
    }

    /// <summary>Looks at our clock for stations from which nothing has come for too long. The first tick begins the watch of stations never heard, and ends a replay.</summary>
    public void Tick(Instant now, List<Alarm> changes)
    {
        EndReplay(changes);
        var before = changes.Count;
        _stations.Tick(now, changes);
        MoveGates(changes);
        Follow(changes, before);
    }

    /// <summary>All that was stored has been replayed: what comes next is new. What has come to be otherwise since it was told is told now.</summary>
    public void EndReplay(List<Alarm> changes)
    {
        _combinations.Settle(changes);
        var before = changes.Count;
        _forecasts.HasPartialPast = false;
        _stations.EndReplay(changes);
        MoveGates(changes);
        _limits.EndReplay();
        Follow(changes, before);
    }

    /// <summary>At start, before any reading: takes over the last alarm told of every key, also of those that are over. The stored readings that are
    /// taken next rebuild windows and hold clocks; of them only what no earlier life has told is told. <see cref="EndReplay"/> ends this.</summary>
    /// <param name="told">The alarms with their whole evidence. Those of rules that are gone are ignored.</param>
    /// <param name="isWhole">Whether the replay begins with the first reading ever stored. If not, a rate is not judged until its window is whole, nor is
    /// a level cleared while a gauge of the station is unheard, before the replay ends.</param>
    /// <param name="from">From when on, by the river's clock, the replay holds every reading; null when nobody knows.</param>
    public void Remember(IEnumerable<Alarm> told, bool isWhole = false, Instant? from = null)
    {
        _stations.HasPartialPast = _forecasts.HasPartialPast = !isWhole;
        var slots = _stations.Keys().ToDictionary(one => one.Key, one => (one.Station, one.Slot));
        var limits = _limits.Keys().ToDictionary(one => one.Key, one => one.Limit);
        var forecasts = _forecasts.Keys().ToDictionary(one => one.Key, one => one.Slot);
        foreach (var alarm in told)
        {
            // Stated by Duty from what people entered: no reading moves it, and no rule here knows it.
            if (alarm.Cause == Cause.Release)
                continue;
            _combinations.Remember(alarm);
            _witnesses.Hear(alarm);
            if (slots.TryGetValue(alarm.Key, out var place))
            {
                if (_stations.Remember(place.Station, place.Slot, alarm, isWhole, from is { } begins ? Ticks.Of(begins) : null) is >= 0 and var gate)
                    _limits.RememberGate(gate, alarm);
            }
            else if (limits.TryGetValue(alarm.Key, out var limit))
                _limits.Remember(limit, alarm);
            else if (forecasts.TryGetValue(alarm.Key, out var forecast))
                _forecasts.Remember(forecast, alarm);
            else
                _faults.Remember(alarm);
        }
    }

    /// <summary>Judges the newest stage of every station again, after a replay by a site whose thresholds are others than those by which it was judged before:
    /// what the reading means now is told at once, and not with the next one. Nothing changes where nothing was changed.</summary>
    public void Rejudge(List<Alarm> changes)
    {
        var before = changes.Count;
        _stations.Rejudge(changes);
        MoveGates(changes);
        Follow(changes, before);
    }

    /// <summary>What is so now: every alarm that is not at <see cref="AlarmLevel.None"/>, with its peak up to now.</summary>
    public IReadOnlyList<Alarm> Standing()
    {
        var standing = new List<Alarm>();
        _stations.Standing(standing);
        _limits.Standing(standing);
        _faults.Standing(standing);
        _forecasts.Standing(standing);
        _combinations.Standing(standing);
        return standing;
    }

    /// <summary>Every station as it stands, in the order of the site: a snapshot that may be handed on.</summary>
    public IReadOnlyList<StationNow> Now()
    {
        var now = _stations.Now();
        _forecasts.Show(now);
        return now;
    }

    /// <summary>The series whose longer past forecasts and tides need, and how much of it: <see cref="Recall"/> gives it to them before a replay.</summary>
    public IEnumerable<(SeriesId Series, Duration Back)> Memories => _forecasts.Memories();

    /// <summary>At start, between <see cref="Remember"/> and the replay: fills the long memory of forecasts and tides, and judges nothing.</summary>
    /// <param name="readings">Of series in <see cref="Memories"/>, in the order in which they came, those that the replay gives too.</param>
    /// <param name="before">Where the replay begins: what was measured then or later is left to it.</param>
    public void Recall(ReadOnlySpan<Reading> readings, Instant before)
    {
        foreach (ref readonly var reading in readings)
            if (reading.Series.Value is > 0 and var id && id < _tracks.Length && _tracks[id].Gauge > 0 && IsBelievable(reading.Flag))
                _forecasts.Recall(_tracks[id].Gauge - 1, reading, Ticks.Of(before));
    }

    /// <summary>Why the rules of a station stand as they do.</summary>
    /// <param name="station">The station's id.</param>
    /// <param name="newest">Its newest stage of any flag, also one that is not believable; null when there is none.</param>
    /// <exception cref="ArgumentException">There is no such station.</exception>
    public ImmutableArray<RuleExplanation> Explain(string station, Reading? newest) => _stations.Explain(station, newest);

    void Take(in Reading reading, List<Alarm> changes)
    {
        _faults.Take(reading, changes);
        var id = reading.Series.Value;
        if (id <= 0 || id >= _tracks.Length - 1 || !IsBelievable(reading.Flag))
            return;
        ref var track = ref _tracks[id];
        var measuredAt = Ticks.Of(reading.MeasuredAt);
        var isNewest = measuredAt > track.Newest;
        if (isNewest)
            track.Newest = measuredAt;
        if (track.Gauge > 0)
        {
            _stations.Take(track.Gauge - 1, reading, measuredAt, changes);
            if (isNewest)
                _forecasts.Take(track.Gauge - 1, reading, measuredAt, changes);
            MoveGates(changes);
        }
        if (isNewest && _tracks[id + 1].FirstLimit - track.FirstLimit is > 0 and var limits)
            _limits.Take(track.FirstLimit, limits, reading, measuredAt, changes);
    }

    /// <summary>What follows from what one reading or tick has changed.</summary>
    void Follow(List<Alarm> changes, int from)
    {
        _combinations.Take(changes, from);
        _witnesses.Hear(changes, from);
    }

    static bool IsBelievable(Flag flag) => flag is Flag.Good or Flag.NotEvaluated or Flag.Suspect;

    static bool IsOn(Rule.Limit rule, Series series, Device device) =>
        rule.Quantity == series.Quantity
        && (rule.Kind is null || rule.Kind == device.Model.Kind)
        && (rule.Devices.IsDefaultOrEmpty || rule.Devices.Contains(device.Id));

    static Duration LookbackOf(Site site)
    {
        var window = Duration.FromTicks(RateWindow.Shown.Length);
        var hold = Duration.Zero;
        var fresh = Duration.Zero;
        var lateness = Duration.Zero;
        foreach (var station in site.Stations)
        {
            fresh = Duration.Max(fresh, station.ReportEvery * StationRules.FreshIntervals);
            lateness = Duration.Max(lateness, station.Lateness);
            foreach (var ladder in station.Ladders)
                foreach (var step in (ReadOnlySpan<Threshold>)[ladder.I, ladder.II, ladder.III])
                    hold = Duration.Max(hold, Duration.Max(step.RaiseHold, step.ClearHold));
        }
        foreach (var rule in site.Rules)
            if (rule is Rule.RateOfRiseRule rate)
                window = Duration.Max(window, RateRule.LongestOf(rate));
            else if (rule is Rule.Limit limit)
                hold = Duration.Max(hold, Duration.Max(limit.RaiseHold, limit.ClearHold));
            else if (rule is Rule.Fault fault)
                hold = Duration.Max(hold, fault.Within);
            else if (rule is Rule.Forecast forecast)
                window = Duration.Max(window, forecast.Hold + Duration.FromTicks(site.Stations.Select(Beats.WindowOf).DefaultIfEmpty().Max()));
        // Another gauge's last word may be that old, and has a window of its own behind it.
        return Duration.Max(hold, window + fresh) + lateness;
    }

    void MoveGates(List<Alarm> changes)
    {
        if (_stations.Moved.Count == 0)
            return;
        foreach (var move in _stations.Moved)
            _limits.Take(move, changes);
        _stations.Moved.Clear();
    }
}
