using NodaTime;

namespace CanhLu.Rules.Forecasting;

/// <summary>What is remembered of a station for its forecasts.</summary>
/// <remarks>One of its gauges is followed; another one takes its place when it has been silent for as long as a gauge's last word counts.</remarks>
sealed class ForecastStation
{
    /// <summary>The hours of which a station without a tide needs to know how its rate changes.</summary>
    public const int FewHours = 12;

    // How far back the rate's changes are looked at, and how much the usual one weighs against them: three of seven at most.
    const int WanderHours = 8;
    const int UsualWeight = 3;

    // (10 mm/h)² an hour: floods of lower reaches keep their rate to a centimetre an hour from one hour to the next.
    const double UsualWander = 100;

    // The stage now is where the last four beats say that the line is: one wild reading among them does not move it.
    const int Lately = 4;
    const int LeastBeats = 6;

    // A gauge is not better than a centimetre in moving water.
    const double LeastStageVariance = 25;

    static readonly long _hour = NodaConstants.TicksPerHour;

    readonly Ladder[] _ladders;
    readonly HourlyStages _hours;
    readonly long _fresh;
    readonly bool _feelsTide;
    Beats _beats;
    Followed _followed = Followed.Nobody;
    Followed _recalled = Followed.Nobody;
    long _fittedAt = long.MinValue;
    double _wander = UsualWander;
    int _changes;
    AlarmLevel _counted;
    bool _isSeen;
    int _up;
    int _down;

    /// <summary>A station about which nothing is known yet.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="station">The station.</param>
    /// <param name="ladders">Its thresholds, oldest first.</param>
    /// <param name="firstSlot">Where its slots begin.</param>
    /// <param name="slots">How many they are.</param>
    /// <param name="horizon">How far ahead it looks, ticks.</param>
    /// <param name="isPaired">Whether another station learns from it, or it from another.</param>
    public ForecastStation(int number, Station station, Ladder[] ladders, int firstSlot, int slots, long horizon, bool isPaired)
    {
        Number = number;
        FirstSlot = firstSlot;
        Slots = slots;
        Horizon = horizon;
        Verification = new Verification(horizon);
        var every = Ticks.Of(station.ReportEvery);
        _ladders = ladders;
        _feelsTide = station.FeelsTide;
        _hours = new HourlyStages(station.FeelsTide ? TideFit.Hours : isPaired ? FromAbove.Hours : FewHours, every);
        _fresh = every * StationRules.FreshIntervals;
        _beats = new Beats(every);
    }

    /// <summary>The station's number.</summary>
    public int Number { get; }

    /// <summary>Its slots, side by side.</summary>
    public int FirstSlot { get; }

    /// <summary>How many they are; 0 where only the tide is looked for.</summary>
    public int Slots { get; }

    /// <summary>How many of its slots stand.</summary>
    public int Standing { get; set; }

    /// <summary>How far ahead it looks, ticks.</summary>
    public long Horizon { get; }

    /// <summary>The level of the ladder, or the higher one at which the last reading stands.</summary>
    public AlarmLevel Reached { get; private set; }

    /// <summary>The forecast of the next level; null when it is not expected, or not known.</summary>
    public Forecast? Next { get; set; }

    /// <summary>MeasuredAt of the first stage that was taken, ticks; <see cref="Ticks.Never"/> before it.</summary>
    public long Since { get; private set; } = Ticks.Never;

    /// <summary>How its forecasts turn out.</summary>
    public Verification Verification { get; }

    /// <summary>What the station above tells; null where there is none.</summary>
    public FromAbove? Above { get; set; }

    /// <summary>How far back its slopes are averaged, ticks.</summary>
    public long Window => _beats.Window;

    /// <summary>How far back readings have a say in a forecast, beside the hourly memory: the window, and the beat that its beginning may cut.</summary>
    public long Reach => _beats.Window + _beats.Length;

    /// <summary>How much past the hourly memory holds.</summary>
    public Duration Memory => Duration.FromHours(_hours.Capacity);

    /// <summary>Whether this is a reading of the gauge that is followed, and a new one.</summary>
    public bool Follows(int series, long at)
    {
        var before = _followed.Series;
        if (!_followed.Takes(series, at, _fresh))
            return false;
        if (before != series)
            _beats.Clear();
        return true;
    }

    /// <summary>Fills the hourly memory alone, with the readings that were followed then.</summary>
    /// <param name="series">Whose reading.</param>
    /// <param name="at">When it was measured, ticks.</param>
    /// <param name="millimetres">The stage.</param>
    /// <param name="before">Where the replay begins: what was measured then or later only tells which readings were late.</param>
    public void Recall(int series, long at, int millimetres, long before)
    {
        if (_recalled.Takes(series, at, _fresh) && at < before && _followed.Takes(series, at, _fresh))
            _hours.Take(at, millimetres);
    }

    /// <summary>Takes a stage.</summary>
    /// <returns>Whether it is time for a forecast.</returns>
    public bool Take(long at, int millimetres, TideBook tides, TideFit fit)
    {
        // The first one after a recall too.
        var hourBegins = _hours.Take(at, millimetres) || Since == Ticks.Never;
        if (Since == Ticks.Never)
            Since = at;
        if ((_feelsTide || Above is not null) && _hours.Running / 24 != _fittedAt)
        {
            // By the day, not by the hours since the last fit: another life does it at the same readings.
            _fittedAt = _hours.Running / 24;
            if (_feelsTide)
                tides[Number] = fit.Of(_hours, _fittedAt * 24);
            Above?.Learn(this, tides, _fittedAt * 24);
            hourBegins = true;
        }
        if (hourBegins)
            _wander = Wander(tides);
        return _beats.Take(at, millimetres);
    }

    /// <summary>Moves <see cref="Reached"/>, and counts how the forecasts of what is reached turned out.</summary>
    public void Climb(long at, int millimetres, AlarmLevel ladderLevel)
    {
        if (LadderAt(at) is not (>= 0 and var number))
            return;
        ref readonly var steps = ref _ladders[number].Steps;
        var stands = AlarmLevel.III;
        while (stands > AlarmLevel.None && millimetres < steps[(int)stands - 1].Raise)
            stands--;
        Reached = stands > ladderLevel ? stands : ladderLevel;
        while (_counted > AlarmLevel.None && millimetres < steps[(int)_counted - 1].Clear)
            _counted--;
        while (_counted < stands)
        {
            _counted++;
            // What stands above a level when it is first seen has not come just now.
            if (_isSeen)
                Verification.Reached(_counted, at);
        }
        _isSeen = true;
        _up = _counted == AlarmLevel.III ? int.MaxValue : steps[(int)_counted].Raise;
        _down = _counted == AlarmLevel.None ? int.MinValue : steps[(int)_counted - 1].Clear;
    }

    /// <summary>Whether a stage is one to <see cref="Climb"/> for, though it is no time for a forecast.</summary>
    public bool Crosses(int millimetres) => millimetres >= _up || millimetres < _down || Standing > 0;

    /// <summary>Where the water is going.</summary>
    /// <param name="at">Now.</param>
    /// <param name="tide">The station's tide; null where none is known.</param>
    /// <param name="isKnown">Whether the water's past tells anything.</param>
    /// <returns>Null when the next level is surely not reached within the horizon, too.</returns>
    public Outlook? Look(long at, Tide? tide, out bool isKnown)
    {
        isKnown = false;
        // Below level I a rise may be the tide's alone; above it the river's own water is what rises.
        if ((_feelsTide && tide is null && Reached == AlarmLevel.None) || LadderAt(at) is not (>= 0 and var number))
            return null;
        Span<long> times = stackalloc long[Beats.Capacity];
        Span<double> stages = stackalloc double[Beats.Capacity];
        Span<double> hours = stackalloc double[Beats.Capacity];
        var count = _beats.Read(at, times, stages);
        if (count < LeastBeats || at - times[0] < _beats.Window / 2)
            return null;
        isKnown = true;
        if (Reached == AlarmLevel.III)
            return null;
        stages = stages[..count];
        hours = hours[..count];
        var highest = double.MinValue;
        for (var i = 0; i < count; i++)
        {
            hours[i] = (times[i] - at) / (double)_hour;
            stages[i] -= tide?.At(times[i]) ?? 0;
            highest = Math.Max(highest, stages[i]);
        }
        var far = Horizon / (double)_hour - hours[^Lately];
        if (Above?.Travel is null && TheilSen.IsSurelyBelow(hours, stages, (_ladders[number].Steps[(int)Reached].Raise - highest - (tide?.Highest ?? 0)) / far))
            return null;
        var band = TheilSen.Band(hours, stages, Deviations.NineteenOfTwentyOfMany);
        var stage = StageNow(hours[^Lately..], stages[^Lately..], band.Slope);
        var deviation = (band.High - band.Low) / (2 * Deviations.NineteenOfTwentyOfMany);
        var noise = Noise(hours, stages, band.Slope, stage);
        return new Outlook(at, stage, band.Slope, Math.Max(LeastStageVariance, noise * noise / Lately),
            deviation * deviation + _wander * (_beats.Window / (double)_hour) / 3, _wander,
            Deviations.NineteenOfTwenty(UsualWeight + _changes));
    }

    /// <summary>The mean of an hour less the tide, mm; <see cref="double.NaN"/> when it is not known.</summary>
    public double MeanOf(long hour, TideBook tides)
    {
        var mean = _hours[hour];
        return double.IsNaN(mean) || tides[Number] is not { } tide ? mean : mean - tide.At(MiddleOf(hour));
    }

    /// <summary>The water at an instant less the tide, mm: straight between the means of hours, and straight on beyond the last ones;
    /// <see cref="double.NaN"/> when they are not known.</summary>
    public double WaterAt(long at, TideBook tides)
    {
        if (Since == Ticks.Never)
            return double.NaN;
        var last = _hours.Running - 1;
        var hour = Math.Min(HourlyStages.HourOf(at), last);
        if (hour == last || at < MiddleOf(hour))
            hour--;
        long from = MiddleOf(hour), to = MiddleOf(hour + 1);
        double first = MeanOf(hour, tides), second = MeanOf(hour + 1, tides);
        return first + (second - first) * ((at - from) / (double)(to - from));
    }

    /// <summary>Where a level begins now, mm; null where nothing is in force.</summary>
    public int? RaiseOf(AlarmLevel level, long at) => LadderAt(at) is >= 0 and var number ? _ladders[number].Steps[(int)level - 1].Raise : null;

    // The median of what the points say of the line's stage now.
    static double StageNow(ReadOnlySpan<double> hours, ReadOnlySpan<double> stages, double slope)
    {
        Span<double> says = stackalloc double[Lately];
        for (var i = 0; i < Lately; i++)
            says[i] = stages[i] - slope * hours[i];
        return Middle.Of(says);
    }

    // The standard deviation of the points about the line, as their median distance tells it.
    static double Noise(ReadOnlySpan<double> hours, ReadOnlySpan<double> stages, double slope, double stage)
    {
        Span<double> away = stackalloc double[Beats.Capacity];
        for (var i = 0; i < hours.Length; i++)
            away[i] = Math.Abs(stages[i] - slope * hours[i] - stage);
        return TideFit.OfNormal * Middle.Of(away[..hours.Length]);
    }

    double Wander(TideBook tides)
    {
        var sum = UsualWeight * UsualWander;
        _changes = 0;
        double before = double.NaN, last = double.NaN;
        for (var hour = _hours.Running - WanderHours; hour < _hours.Running; hour++)
        {
            var mean = MeanOf(hour, tides);
            var change = mean - 2 * last + before;
            if (!double.IsNaN(change))
            {
                sum += change * change;
                _changes++;
            }
            (before, last) = (last, mean);
        }
        return sum / (UsualWeight + _changes);
    }

    long MiddleOf(long hour) => hour * _hour + (long)(_hours.MiddleOf(hour) * _hour);

    // Which of the ladders is in force; -1 for none.
    int LadderAt(long at)
    {
        var i = _ladders.Length - 1;
        while (i >= 0 && _ladders[i].From > at)
            i--;
        return i;
    }

    /// <summary>Which of a station's gauges is followed, and how far.</summary>
    struct Followed
    {
        long _newest;

        public static Followed Nobody => new() { _newest = Ticks.Never };

        public int Series { get; private set; }

        public bool Takes(int series, long at, long fresh)
        {
            if (_newest != Ticks.Never && (at <= _newest || (series != Series && at - _newest <= fresh)))
                return false;
            (Series, _newest) = (series, at);
            return true;
        }
    }
}
