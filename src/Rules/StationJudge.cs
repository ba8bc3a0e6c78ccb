using System.Collections.Immutable;
using CanhLu.Rules.Forecasting;
using NodaTime;

namespace CanhLu.Rules;

/// <summary>Judges stages: the ladder, the rate of rise and silence of every station.</summary>
sealed class StationJudge
{
    readonly StationRules _rules;
    readonly StationMemory[] _stations;
    readonly Slot[] _slots;

    // Numbers of the gates that few slots open and shut for limits, by slot.
    readonly Dictionary<int, int> _gates = [];
    readonly RecentStages _recent;
    readonly Course _settled;
    readonly Course _now;
    readonly Stand[] _before;
    readonly LateJudge _late;
    readonly Grader _grader;
    Alarm?[]? _asleep;
    Alarm?[]? _pins;
    long _watchedSince = Ticks.Never;
    long _tickedAt = Ticks.Never;
    long _toldAt = Ticks.Never;

    public StationJudge(StationRules rules, Witnesses witnesses)
    {
        _rules = rules;
        _stations = rules.Memory;
        _slots = rules.Slots;
        _recent = new RecentStages(rules.Gauges.Length);
        Tides = new TideBook(rules.Memory.Length);
        _settled = new Course(rules, _recent, Tides);
        _now = new Course(rules, _recent, Tides);
        _late = new LateJudge(rules, _settled);
        _grader = new Grader(rules, witnesses, _settled, _now);
        _before = new Stand[rules.Memory.Length == 0 ? 0 : rules.Memory.Max(station => station.Slots)];
    }

    /// <summary>The tides that rates may be judged without.</summary>
    public TideBook Tides { get; }

    /// <summary>Gates moved since the list was last cleared, in order.</summary>
    public List<GateMove> Moved { get; } = new(8);

    /// <summary>Where late verdicts go; null when nobody asks.</summary>
    public List<LateVerdict>? Late { get; set; }

    /// <summary>See <see cref="Course.HasPartialPast"/>.</summary>
    public bool HasPartialPast
    {
        get => _now.HasPartialPast;
        set => _now.HasPartialPast = _settled.HasPartialPast = value;
    }

    /// <summary>Takes a believable stage.</summary>
    /// <param name="number">The gauge's number.</param>
    /// <param name="reading">The stage.</param>
    /// <param name="measuredAt">Its MeasuredAt in ticks.</param>
    /// <param name="changes">Receives what is so from now on.</param>
    public void Take(int number, in Reading reading, long measuredAt, List<Alarm> changes)
    {
        var gauge = _rules.Gauges[number];
        ref var station = ref _stations[gauge.Station];
        var receivedAt = Ticks.Of(reading.ReceivedAt);
        var isHeard = receivedAt > station.Heard.ReceivedAt;
        if (isHeard)
            station.Heard = Kept.Of(reading, measuredAt, receivedAt);
        var stage = (int)Math.Clamp(Math.Round(reading.Value, MidpointRounding.AwayFromZero), -1e9, 1e9);
        var one = new Unsettled
        {
            MeasuredAt = measuredAt,
            ReceivedAt = receivedAt,
            Stage = stage,
            Counted = stage,
            Rate = Unsettled.Unasked,
            Gauge = (ushort)(number - station.FirstGauge),
            Flag = reading.Flag,
        };
        if (measuredAt <= station.Watermark || measuredAt <= _settled.Gauges(station)[one.Gauge].Newest)
        {
            if (Late is not null)
                _late.Take(number, one, Late);
        }
        else if (station.Open.Add(one) is >= 0 and var place)
        {
            var isNewest = place == station.Open.Count - 1;
            if (isNewest && !station.IsWaiting)
                JudgeNewest(gauge.Station, changes);
            else
                JudgeAgain(gauge.Station, place, changes);
            Settle(ref station);
        }
        if (isHeard && station.SilenceSlots > 0)
            EndSilence(gauge.Station, reading, changes);
    }

    /// <summary>Looks for stations that have been silent for too long, and for suspect readings that have waited long enough.</summary>
    public void Tick(Instant now, List<Alarm> changes)
    {
        _tickedAt = Math.Max(_tickedAt, Ticks.Of(now));
        if (_watchedSince == Ticks.Never)
            _watchedSince = _tickedAt;
        for (var i = 0; i < _stations.Length; i++)
        {
            ref var station = ref _stations[i];
            if (station.IsWaiting)
            {
                JudgeAgain(i, -1, changes);
                Settle(ref station);
            }
            var stands = _now.Stands(station);
            for (var slot = station.LadderSlots + station.RateSlots; slot < station.Slots; slot++)
            {
                ref readonly var rule = ref _rules.Silences[_slots[station.FirstSlot + slot].Rule];
                var since = station.Heard.IsNothing ? _watchedSince : station.Heard.ReceivedAt;
                if (stands[slot].Level != AlarmLevel.None || _tickedAt - since < rule.After)
                    continue;
                var last = station.Heard.IsNothing
                    ? new Reading(
                        new SeriesId(_rules.Gauges[station.FirstGauge].Series), Ticks.ToInstant(since), Ticks.ToInstant(since), 0, Flag.Missing)
                    : station.Heard.ToReading();
                SaySilence(i, slot, AlarmLevel.I, now, last, changes);
            }
        }
    }

    /// <summary>Ends a replay: see <see cref="Judge.EndReplay"/>.</summary>
    public void EndReplay(List<Alarm> changes)
    {
        HasPartialPast = false;
        if (_asleep is null)
            return;
        _tickedAt = Math.Max(_tickedAt, _toldAt);
        for (var i = 0; i < _stations.Length; i++)
            EndReplay(i, changes);
        _asleep = _pins = null;
        Pin(null);
    }

    /// <summary>Judges the newest stage of every station by its ladder again.</summary>
    public void Rejudge(List<Alarm> changes)
    {
        for (var i = 0; i < _stations.Length; i++)
        {
            ref var station = ref _stations[i];
            if (station.Open.Count == 0 && !Unsettle(ref station))
                continue;
            Keep(station);
            _now.Rejudge(station, station.Open.Stages, _before);
            Tell(i, false, changes);
        }
    }

    /// <summary>Opens the newest stage again, so that it can be judged once more; false when there is none.</summary>
    bool Unsettle(ref StationMemory station)
    {
        var gauges = _settled.Gauges(station);
        var newest = 0;
        for (var own = 1; own < gauges.Length; own++)
            if (gauges[own].Newest > gauges[newest].Newest)
                newest = own;
        if (gauges.Length == 0 || gauges[newest].Newest == Ticks.Never)
            return false;
        var at = gauges[newest].Newest;
        var isHeard = station.Heard.MeasuredAt == at && station.Heard.Series == _rules.Gauges[station.FirstGauge + newest].Series;
        station.Watermark = at - 1;
        station.Open.Add(new Unsettled
        {
            MeasuredAt = at,
            ReceivedAt = isHeard ? station.Heard.ReceivedAt : at,
            Stage = gauges[newest].Stage,
            Counted = gauges[newest].Stage,
            Rate = Unsettled.Unasked,
            Gauge = (ushort)newest,
            Flag = isHeard ? station.Heard.Flag : Flag.NotEvaluated,
        });
        return true;
    }

    /// <summary>Every slot of every station with its key.</summary>
    public IEnumerable<(AlarmKey Key, int Station, int Slot)> Keys()
    {
        for (var i = 0; i < _stations.Length; i++)
            for (var slot = 0; slot < _stations[i].Slots; slot++)
                yield return (_rules.KeyOf(i, slot), i, _stations[i].FirstSlot + slot);
    }

    /// <summary>Makes a slot a gate, and gives the gate's number.</summary>
    public int OpenGate(int slot, ref int gates) => _gates.TryGetValue(slot, out var gate) ? gate : _gates[slot] = gates++;

    /// <summary>Takes over what was told in an earlier life.</summary>
    /// <param name="number">Number of the station.</param>
    /// <param name="slot">Number of the slot.</param>
    /// <param name="told">The statement.</param>
    /// <param name="isWhole">Whether a replay begins with the first reading ever stored.</param>
    /// <param name="from">From when on a replay is complete, ticks; null when nobody knows.</param>
    /// <returns>The gate that the slot is; -1 for none.</returns>
    public int Remember(int number, int slot, Alarm told, bool isWhole, long? from)
    {
        ref var station = ref _stations[number];
        slot -= station.FirstSlot;
        if (told.Cause == Cause.Silence)
        {
            _now.Stands(station)[slot] = Stand.Of(told);
            var receivedAt = Ticks.Of(told.Evidence.ReceivedAt);
            if (receivedAt > station.Heard.ReceivedAt)
                station.Heard = Kept.Of(told.Evidence, Ticks.Of(told.Evidence.MeasuredAt), receivedAt);
        }
        else
        {
            if (told.RestatedAt is { } restatedAt)
                _toldAt = Math.Max(_toldAt, Ticks.Of(restatedAt));
            (_asleep ??= new Alarm?[_slots.Length])[station.FirstSlot + slot] = told;
            if (!isWhole)
            {
                (_pins ??= new Alarm?[_slots.Length])[station.FirstSlot + slot] = told;
                Pin(_pins);
                _settled.Stands(station)[slot] = _now.Stands(station)[slot] =
                    from is { } begins && Ticks.Of(told.Evidence.MeasuredAt) >= begins ? Stand.Before(told) : Stand.Of(told);
            }
        }
        return _gates.GetValueOrDefault(station.FirstSlot + slot, -1);
    }

    /// <summary>Every alarm that stands.</summary>
    public void Standing(List<Alarm> standing)
    {
        foreach (ref readonly var station in _stations.AsSpan())
        {
            var stands = _now.Stands(station);
            for (var slot = 0; slot < stands.Length; slot++)
                if (_asleep?[station.FirstSlot + slot] is { } told)
                {
                    if (told.Level != AlarmLevel.None)
                        standing.Add(told);
                }
                else if (stands[slot].Standing() is { } alarm)
                    standing.Add(alarm);
        }
    }

    /// <summary>The level of a station's ladder; null when no ladder is judged there.</summary>
    /// <param name="number">The station's number.</param>
    /// <param name="isAwake">Whether it is that of the reading taken last: during a replay it may be a later one.</param>
    public AlarmLevel? LevelOf(int number, out bool isAwake)
    {
        ref readonly var station = ref _stations[number];
        AlarmLevel? level = station.LadderSlots == 0 ? null : AlarmLevel.None;
        isAwake = true;
        var stands = _now.Stands(station);
        for (var slot = 0; slot < station.LadderSlots; slot++)
        {
            level = level < stands[slot].Level ? stands[slot].Level : level;
            isAwake &= _asleep?[station.FirstSlot + slot] is null;
        }
        return level;
    }

    /// <summary>Every station as it stands.</summary>
    public StationNow[] Now()
    {
        var now = new StationNow[_stations.Length];
        for (var i = 0; i < now.Length; i++)
        {
            ref var station = ref _stations[i];
            var level = AlarmLevel.None;
            foreach (ref readonly var stand in _now.Stands(station)[..station.LadderSlots])
                level = level < stand.Level ? stand.Level : level;
            Instant? heard = station.Heard.IsNothing || station.Heard.Flag == Flag.Missing ? null : Ticks.ToInstant(station.Heard.ReceivedAt);
            var newest = -1;
            var gauges = _now.Gauges(station);
            for (var own = 0; own < gauges.Length; own++)
                if (gauges[own].Newest != Ticks.Never && (newest < 0 || gauges[own].Newest >= gauges[newest].Newest))
                    newest = own;
            now[i] = newest < 0
                ? new StationNow(_rules.Stations[i], level, null, null, heard, null)
                : new StationNow(
                    _rules.Stations[i], level, new Stage(gauges[newest].Stage), Ticks.ToInstant(gauges[newest].Newest), heard,
                    _now.Rate(station, station.Open.Stages, newest));
        }
        return now;
    }

    /// <summary>Why a station's rules stand as they do.</summary>
    /// <exception cref="ArgumentException">There is no such station.</exception>
    public ImmutableArray<RuleExplanation> Explain(string station, Reading? newest)
    {
        var number = Array.IndexOf(_rules.Stations, station);
        return number >= 0
            ? new Explainer(_rules, _now).Explain(number, newest, _tickedAt, _watchedSince)
            : throw new ArgumentException($"There is no station {station}.", nameof(station));
    }

    /// <summary>Our clock as far as a station's open readings and the ticks tell it.</summary>
    long ClockOf(in StationMemory station)
    {
        var clock = _tickedAt;
        foreach (ref readonly var stage in station.Open.Stages)
            clock = Math.Max(clock, stage.ReceivedAt);
        return clock;
    }

    void JudgeNewest(int number, List<Alarm> changes)
    {
        ref var station = ref _stations[number];
        Keep(station);
        var open = station.Open.Stages;
        if (open[^1].IsSuspect)
            Doubt.Weigh(ref station, open.Length - 1, _settled.Gauges(station), ClockOf(station));
        _now.Step(station, open, _before);
        Tell(number, false, changes);
    }

    /// <summary>A straggler has come, or a doubt may have been settled: the lateness window is judged again from the watermark on.</summary>
    /// <param name="number">The station's number.</param>
    /// <param name="place">Where the reading stands that has come; -1 when time has passed.</param>
    /// <param name="changes">Receives what is so from now on.</param>
    void JudgeAgain(int number, int place, List<Alarm> changes)
    {
        ref var station = ref _stations[number];
        Keep(station);
        GoAgain(ref station, place < 0 ? int.MaxValue : place);
        Tell(number, place != station.Open.Count - 1, changes);
    }

    /// <summary>Moves over the lateness window again. Rates before the first stage that is new, or counts otherwise, stay as they were found.</summary>
    void GoAgain(ref StationMemory station, int from = int.MaxValue)
    {
        var open = station.Open.Stages;
        from = Math.Min(from, Doubt.Weigh(ref station, 0, _settled.Gauges(station), ClockOf(station)));
        _now.Follow(_settled, station);
        for (var i = 0; i < open.Length; i++)
        {
            if (i >= from)
                open[i].Rate = Unsettled.Unasked;
            _now.Step(station, open[..(i + 1)], _before);
        }
    }

    void Keep(in StationMemory station) => _now.Stands(station).CopyTo(_before);

    /// <summary>Says what is otherwise than before.</summary>
    void Tell(int number, bool isRestated, List<Alarm> changes)
    {
        ref var station = ref _stations[number];
        var stands = _now.Stands(station);
        for (var slot = 0; slot < station.LadderSlots + station.RateSlots; slot++)
        {
            ref var stand = ref stands[slot];
            if (_asleep?[station.FirstSlot + slot] is { } told)
            {
                // Awake once the replay has come to the same judgement.
                if (IsReplayed(station, told) && Stand.Same(stand.Alarm, told))
                    Wake(number, slot, told);
                continue;
            }
            ref readonly var before = ref _before[slot];
            if (!ReferenceEquals(before.Alarm, stand.Alarm))
                Say(number, slot, before.Alarm, isRestated, changes);
            if (stand.Level != AlarmLevel.None && stand.Alarm!.Grade > Grade.A)
                Improve(number, slot, changes);
        }
    }

    /// <summary>Whether the replay has come to what a statement was made by.</summary>
    bool IsReplayed(in StationMemory station, Alarm told) =>
        Ticks.Of(told.Evidence.MeasuredAt) <= station.Open.Stages[^1].MeasuredAt
        && (told.RestatedAt is not { } at || Ticks.Of(at) <= ClockOf(station));

    void Say(int number, int slot, Alarm? before, bool isRestated, List<Alarm> changes)
    {
        ref var station = ref _stations[number];
        ref var stand = ref _now.Stands(station)[slot];
        if (Stand.Same(before, stand.Alarm))
        {
            if (stand.Level != AlarmLevel.None)
                stand.Alarm = before;
            else if (stand.Alarm is { } over && over.Since != before?.Since && Late is not null)
                _late.TakeOver(over, before, station, Late);
            return;
        }
        if (stand.Level == AlarmLevel.None && ReferenceEquals(stand.Alarm, _settled.Stands(station)[slot].Alarm))
            stand.Alarm = TakenBack(station, before!);
        isRestated |= Ticks.Of(stand.Alarm!.Evidence.MeasuredAt) != station.Open.Stages[^1].MeasuredAt;
        stand.Alarm = stand.Alarm with
        {
            RestatedAt = isRestated ? Ticks.ToInstant(ClockOf(station)) : stand.Alarm.RestatedAt,
            Grade = GradeOf(number, slot, PlaceOf(station, stand.Alarm)),
        };
        changes.Add(stand.Alarm!);
        MoveGate(station, slot, stand.Alarm!);
    }

    /// <summary>Says that an alarm is better borne out than when it was told.</summary>
    void Improve(int number, int slot, List<Alarm> changes)
    {
        ref var station = ref _stations[number];
        ref var stand = ref _now.Stands(station)[slot];
        if (!IsBorneOutByNewest(station, slot) || GradeOf(number, slot, station.Open.Count - 1) is var grade && grade >= stand.Alarm!.Grade)
            return;
        stand.Alarm = stand.Alarm with { Grade = grade };
        changes.Add(stand.Alarm);
    }

    /// <summary>The grade by one stage, or by the newest where that speaks for the alarm even better.</summary>
    Grade GradeOf(int number, int slot, int place)
    {
        ref var station = ref _stations[number];
        var level = _now.Stands(station)[slot].Level;
        var grade = _grader.Of(number, slot, level, place);
        var newest = station.Open.Count - 1;
        return grade > Grade.A && place != newest && IsBorneOutByNewest(station, slot)
            ? (Grade)Math.Min((int)grade, (int)_grader.Of(number, slot, level, newest))
            : grade;
    }

    bool IsBorneOutByNewest(in StationMemory station, int slot) =>
        slot < station.LadderSlots && _now.Stands(station)[slot].Level is var level && level != AlarmLevel.None && _grader.IsSupported(station, level);

    /// <summary>Where the reading behind an alarm stands; the newest when it is settled.</summary>
    int PlaceOf(in StationMemory station, Alarm alarm)
    {
        var open = station.Open.Stages;
        var at = Ticks.Of(alarm.Evidence.MeasuredAt);
        for (var i = open.Length - 1; i >= 0; i--)
            if (open[i].MeasuredAt == at && _rules.Gauges[station.FirstGauge + open[i].Gauge].Series == alarm.Evidence.Series.Value)
                return i;
        return open.Length - 1;
    }

    /// <summary>What was told has turned out never to have been: it ends when it began, by the newest reading.</summary>
    Alarm TakenBack(in StationMemory station, Alarm told)
    {
        var open = station.Open.Stages;
        ref readonly var newest = ref open[^1];
        return told with
        {
            Level = AlarmLevel.None,
            From = told.Level,
            FromSince = told.Since,
            Evidence = newest.ToReading(_rules.Gauges[station.FirstGauge + newest.Gauge].Series),
            Rate = _now.Rate(station, open, newest.Gauge),
        };
    }

    /// <summary>Moves the watermark on, and with it all that no straggler can change any more.</summary>
    /// <param name="station">The station.</param>
    /// <param name="force">Up to here in any case.</param>
    void Settle(ref StationMemory station, long force = Ticks.Never)
    {
        var open = station.Open.Stages;
        if (open.Length > StationRules.LongestWindow)
            force = Math.Max(force, open[open.Length - StationRules.LongestWindow - 1].MeasuredAt);
        var watermark = Math.Max(Math.Max(station.Watermark, force), open[^1].MeasuredAt - station.Lateness);
        var done = 0;
        for (; done < open.Length && open[done].MeasuredAt <= watermark; done++)
        {
            ref readonly var stage = ref open[done];
            if (stage.IsSuspect && stage.MeasuredAt > force && !Doubt.IsSettled(station, open, done, watermark, ClockOf(station)))
                break;
            _settled.Step(station, open.Slice(done, 1), _now.Stands(station));
            if (stage.Counted != Unsettled.Nothing)
                _recent.Take(station.FirstGauge + stage.Gauge, station.Spacing, stage.MeasuredAt, stage.Counted);
        }
        station.Watermark = done < open.Length ? Math.Min(watermark, open[done].MeasuredAt - 1) : watermark;
        station.Open.Remove(done);
    }

    /// <summary>All that was stored has been replayed. What has come to be otherwise since it was told is told now.</summary>
    void EndReplay(int number, List<Alarm> changes)
    {
        ref var station = ref _stations[number];
        if (_pins is not null && station.Open.Count > 0)
            Unpin(ref station);
        else if (station.IsWaiting)
            GoAgain(ref station);
        for (var slot = 0; slot < station.LadderSlots + station.RateSlots; slot++)
        {
            if (_asleep![station.FirstSlot + slot] is not { } told)
                continue;
            ref var stand = ref _now.Stands(station)[slot];
            var isOther = station.Open.Count > 0 && stand.Level != told.Level;
            Wake(number, slot, told, isOther);
            if (isOther)
                Say(number, slot, told, false, changes);
        }
    }

    /// <summary>From now on the lateness window is judged by its readings alone. Where that does not lead to what was told, too much is missing, and the
    /// window begins behind it.</summary>
    void Unpin(ref StationMemory station)
    {
        GoAgain(ref station);
        Keep(station);
        Pin(null);
        GoAgain(ref station);
        var pinnedTo = Ticks.Never;
        var stands = _now.Stands(station);
        for (var slot = 0; slot < station.LadderSlots + station.RateSlots; slot++)
            if (_pins![station.FirstSlot + slot] is { } told && !Stand.Same(stands[slot].Alarm, _before[slot].Alarm))
                pinnedTo = Math.Max(pinnedTo, Ticks.Of(told.Evidence.MeasuredAt));
        Pin(_pins);
        if (pinnedTo == Ticks.Never)
            return;
        Settle(ref station, pinnedTo);
        GoAgain(ref station);
    }

    void Pin(Alarm?[]? pins) => _settled.Pins = _now.Pins = pins;

    void Wake(int number, int slot, Alarm told, bool isOther = false)
    {
        ref var station = ref _stations[number];
        _asleep![station.FirstSlot + slot] = null;
        if (isOther)
            return;
        ref var stand = ref _now.Stands(station)[slot];
        ref var settled = ref _settled.Stands(station)[slot];
        // A replay that was cut may have come to the same level later.
        if (settled.Level == told.Level && (Stand.Same(settled.Alarm, told) || Ticks.Of(told.Evidence.MeasuredAt) <= station.Watermark))
            settled.Alarm = told;
        stand.Alarm = told;
        stand.Level = told.Level;
        // A replay that was cut may not have come by the peak.
        if (_pins is not null)
            stand.PeakStage = Math.Max(stand.PeakStage, told.PeakStage?.Millimetres ?? int.MinValue);
        MoveGate(station, slot, told);
    }

    void EndSilence(int number, in Reading reading, List<Alarm> changes)
    {
        ref var station = ref _stations[number];
        var stands = _now.Stands(station);
        for (var slot = station.LadderSlots + station.RateSlots; slot < station.Slots; slot++)
            // It may have come in before the tick that found the silence, and been stored after it.
            if (stands[slot].Level != AlarmLevel.None)
                SaySilence(number, slot, AlarmLevel.None, Instant.Max(reading.ReceivedAt, stands[slot].Alarm!.Since), reading, changes);
    }

    void SaySilence(int number, int slot, AlarmLevel next, Instant since, in Reading evidence, List<Alarm> changes)
    {
        ref var station = ref _stations[number];
        ref var stand = ref _now.Stands(station)[slot];
        stand.Alarm = new Alarm(_rules.KeyOf(number, slot), Cause.Silence, next, stand.Level, since, AlarmLevel.I, evidence, null, null);
        stand.Level = next;
        changes.Add(stand.Alarm);
        MoveGate(station, slot, stand.Alarm);
    }

    void MoveGate(in StationMemory station, int slot, Alarm alarm)
    {
        if (_gates.TryGetValue(station.FirstSlot + slot, out var gate))
            Moved.Add(new GateMove(gate, alarm.Level, alarm.Since));
    }
}
