using NodaTime;

namespace CanhLu.Rules.Forecasting;

/// <summary>Forecasts when levels will be reached, judges by it, and finds the tides. What it knows of a station is its own.</summary>
sealed class ForecastJudge
{
    readonly ForecastRule[] _rules;
    readonly ForecastStation?[] _ofGauge;
    readonly ForecastStation[] _stations;
    readonly Gauge[] _gauges;
    readonly string[] _names;
    readonly ForecastSlot[] _slots;
    readonly long[] _expectedAt;
    readonly StationJudge _ladders;
    readonly TideBook _tides;
    readonly TideFit _fit = new();
    readonly double[] _ahead = new double[Outlook.MostSteps + 1];

    /// <summary>Compiles the forecasts of a site.</summary>
    public ForecastJudge(Site site, StationRules compiled, StationJudge ladders)
    {
        var rules = site.Rules.OfType<Rule.Forecast>().ToArray();
        _rules = [.. rules.Select(rule => new ForecastRule(rule))];
        _gauges = compiled.Gauges;
        _names = compiled.Stations;
        _ladders = ladders;
        _tides = ladders.Tides;
        var ofGauge = new ForecastStation?[_gauges.Length];
        var uppers = site.Stations.Select(station => station.Upstream?.Station).ToHashSet();
        var stations = new List<ForecastStation>();
        var slots = new List<ForecastSlot>();
        for (var i = 0; i < site.Stations.Length; i++)
        {
            var station = site.Stations[i];
            ref readonly var memory = ref compiled.Memory[i];
            var here = Enumerable.Range(0, rules.Length)
                .Where(rule => !station.Ladders.IsEmpty && (rules[rule].Stations.IsDefaultOrEmpty || rules[rule].Stations.Contains(station.Id))).ToArray();
            var isPaired = station.Upstream is not null || uppers.Contains(station.Id);
            if (memory.Gauges == 0 || (here.Length == 0 && !station.FeelsTide && !isPaired))
                continue;
            var one = new ForecastStation(i, station, compiled.Ladders[memory.FirstLadder..(memory.FirstLadder + memory.Ladders)], slots.Count, here.Length,
                here.Length == 0 ? 0 : here.Max(rule => _rules[rule].Horizon), isPaired);
            stations.Add(one);
            ofGauge.AsSpan(memory.FirstGauge, memory.Gauges).Fill(one);
            slots.AddRange(here.Select(rule => new ForecastSlot { Rule = rule, AsleepUntil = Ticks.Never }));
        }
        foreach (var lower in stations)
            if (lower.Slots > 0 && site.Stations[lower.Number].Upstream is { } upstream
                && stations.Find(one => site.Stations[one.Number].Id == upstream.Station) is { } upper)
                lower.Above = new FromAbove(upper, upstream.Travel);
        _ofGauge = stations.Count > 0 ? ofGauge : [];
        _stations = [.. stations];
        _slots = [.. slots];
        _expectedAt = new long[_slots.Length];
    }

    // Where the replay begins; unknown without a recall: then for each station at its first reading.
    long? _replayedFrom;

    /// <summary>During a replay that does not begin at the beginning.</summary>
    public bool HasPartialPast { get; set; }

    /// <summary>Every slot with its key.</summary>
    public IEnumerable<(AlarmKey Key, int Slot)> Keys() =>
        from station in _stations
        from slot in Enumerable.Range(station.FirstSlot, station.Slots)
        select (KeyOf(station, slot), slot);

    /// <summary>Takes over what was told in an earlier life.</summary>
    public void Remember(int slot, Alarm told)
    {
        _slots[slot].Remember(told);
        _expectedAt[slot] = Ticks.Of(told.Evidence.MeasuredAt);
        if (told.Level != AlarmLevel.None)
            Array.Find(_stations, station => slot >= station.FirstSlot && slot < station.FirstSlot + station.Slots)!.Standing++;
    }

    /// <summary>Every alarm that stands.</summary>
    public void Standing(List<Alarm> standing)
    {
        for (var i = 0; i < _slots.Length; i++)
            if (_slots[i].Standing() is { } alarm)
                standing.Add(alarm);
    }

    /// <summary>The stage series whose long past it needs before a replay, and how much of it.</summary>
    public IEnumerable<(SeriesId Series, Duration Back)> Memories() =>
        from gauge in Enumerable.Range(0, _ofGauge.Length)
        where _ofGauge[gauge] is not null
        select (new SeriesId(_gauges[gauge].Series), _ofGauge[gauge]!.Memory);

    /// <summary>Fills the long memory with a believable stage of before the replay.</summary>
    public void Recall(int gauge, in Reading reading, long before)
    {
        _replayedFrom = before;
        if (gauge < _ofGauge.Length)
            _ofGauge[gauge]?.Recall(_gauges[gauge].Series, Ticks.Of(reading.MeasuredAt), Millimetres(reading), before);
    }

    /// <summary>Takes a believable stage that is newer than all before of its series, after the ladder has judged it.</summary>
    public void Take(int gauge, in Reading reading, long at, List<Alarm> changes)
    {
        if (gauge >= _ofGauge.Length || _ofGauge[gauge] is not { } station || !station.Follows(_gauges[gauge].Series, at))
            return;
        var millimetres = Millimetres(reading);
        var begins = station.Take(at, millimetres, _tides, _fit);
        if (station.Slots == 0 || !(begins || station.Crosses(millimetres)))
            return;
        if (begins)
            station.Verification.Pass(at);
        var ladder = _ladders.LevelOf(station.Number, out var isAwake);
        station.Climb(at, millimetres, isAwake ? ladder ?? AlarmLevel.None : AlarmLevel.None);
        if (begins)
            Look(station, reading, at, millimetres, changes);
        else
            End(station, reading, at, millimetres, changes);
    }

    /// <summary>Adds tides, forecasts and their skill to the stations as they stand.</summary>
    public void Show(StationNow[] now)
    {
        foreach (var station in _stations)
            if (station.Next is not null || !station.Verification.IsEmpty || _tides[station.Number] is not null)
                now[station.Number] = now[station.Number] with
                {
                    Tide = _tides[station.Number],
                    Forecast = station.Next,
                    Skill = station.Verification.IsEmpty ? null : station.Verification.Skill,
                };
    }

    void Look(ForecastStation station, in Reading reading, long at, int millimetres, List<Alarm> changes)
    {
        var tide = _tides[station.Number];
        var isCut = HasPartialPast && at - (_replayedFrom ?? station.Since) < station.Reach;
        var isKnown = false;
        var outlook = isCut ? null : station.Look(at, tide, out isKnown);
        station.Next = null;
        if (outlook is not null)
        {
            Ahead(station, tide, at);
            station.Next = Reach(station, outlook.Value, station.Reached + 1, station.Horizon);
            if (station.Next is { } next)
                station.Verification.Keep(next, at);
        }
        for (var i = station.FirstSlot; i < station.FirstSlot + station.Slots; i++)
        {
            ref readonly var rule = ref _rules[_slots[i].Rule];
            var forecast = rule.Level <= station.Reached ? null
                : rule.Level == station.Reached + 1 && rule.Horizon == station.Horizon ? station.Next
                : outlook is null ? null
                : Reach(station, outlook.Value, rule.Level, rule.Horizon);
            // What a replay cannot tell it does not end, nor let run out.
            if (isCut)
                _expectedAt[i] = at;
            Judge(i, station, rule, forecast, isKnown, outlook?.Slope, reading, at, millimetres, changes);
        }
    }

    void End(ForecastStation station, in Reading reading, long at, int millimetres, List<Alarm> changes)
    {
        for (var i = station.FirstSlot; i < station.FirstSlot + station.Slots; i++)
            if (_slots[i].Level != AlarmLevel.None)
                Judge(i, station, _rules[_slots[i].Rule], null, isKnown: false, null, reading, at, millimetres, changes);
    }

    void Judge(
        int number, ForecastStation station, in ForecastRule rule, Forecast? forecast, bool isKnown, double? slope, in Reading reading, long at,
        int millimetres, List<Alarm> changes)
    {
        ref var slot = ref _slots[number];
        // Above Raise it is expected until the ladder's hold has passed, too.
        if (forecast is not null || station.Reached >= rule.Level)
            _expectedAt[number] = at;
        if (slot.Sleeps(at, reading.Series.Value, millimetres))
            return;
        slot.PeakStage = Math.Max(slot.PeakStage, millimetres);
        var ladder = _ladders.LevelOf(station.Number, out var isAwake);
        // What the ladder told last was told after all that was told of forecasts before it.
        if (!isAwake)
            return;
        var isReached = (ladder ?? station.Reached) >= rule.Level;
        var next = slot.Level;
        if (isReached)
            next = AlarmLevel.None;
        else if (next == AlarmLevel.None && forecast is { } coming && Ticks.Of(coming.From) - at <= rule.Lead)
            next = AlarmLevel.I;
        else if (next != AlarmLevel.None && isKnown && at - _expectedAt[number] >= rule.Hold)
            next = forecast is null ? AlarmLevel.None : next;
        if (next == slot.Level)
            return;
        station.Standing += next == AlarmLevel.None ? -1 : 1;
        RateOfRise? rate = slope is { } rise ? new RateOfRise((int)Math.Clamp(Math.Round(rise, MidpointRounding.AwayFromZero), -1e9, 1e9)) : null;
        changes.Add(slot.Say(KeyOf(station, number), Cause.Forecast, next, reading.MeasuredAt, reading, millimetres, rate));
    }

    Forecast? Reach(ForecastStation station, in Outlook outlook, AlarmLevel level, long horizon) =>
        station.RaiseOf(level, outlook.At) is { } raise
            ? outlook.Reach(level, raise, _ahead.AsSpan(0, (int)(horizon / Outlook.Step) + 1))
            : null;

    /// <summary>Writes what comes to the line: the tide, and what comes down the river.</summary>
    void Ahead(ForecastStation station, Tide? tide, long at)
    {
        var ahead = _ahead.AsSpan(0, (int)(station.Horizon / Outlook.Step) + 1);
        if (tide is null)
            ahead.Clear();
        else
            tide.Ahead(at, Outlook.Step, ahead);
        station.Above?.Add(at, station.Window, _tides, ahead);
    }

    AlarmKey KeyOf(ForecastStation station, int slot) => new(_names[station.Number], _rules[_slots[slot].Rule].Id);

    static int Millimetres(in Reading reading) => (int)Math.Clamp(Math.Round(reading.Value, MidpointRounding.AwayFromZero), -1e9, 1e9);
}
