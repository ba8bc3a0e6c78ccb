using NodaTime;

namespace CanhLu.Rules.Forecasting;

/// <summary>Keeps a station's forecasts until it is known how they turned out, and counts.</summary>
sealed class Verification
{
    /// <summary>Twelve hours of forecasts half an hour apart; a longer horizon spaces them out.</summary>
    const int Capacity = 24;

    static readonly long _shortest = Ticks.Of(Duration.FromMinutes(30));

    readonly long _horizon;
    readonly long _every;

    // Only a station that has ever been forecast to flood has them.
    Open[] _open = [];
    int _count;
    long _keptAt = Ticks.Never;
    int _came, _held, _openEnded, _stayed, _surprises;
    double _error, _lead, _brier;

    public Verification(long horizon)
    {
        _horizon = horizon;
        _every = Math.Max(_shortest, horizon / Capacity + 1);
    }

    /// <summary>Whether anything was ever counted or is waited for.</summary>
    public bool IsEmpty => _count == 0 && _came + _stayed + _surprises == 0;

    /// <summary>What was counted.</summary>
    public ForecastSkill Skill => new(
        _came, _held, _openEnded, _stayed, _surprises, Duration.FromTicks(Mean(_error, _came)), Duration.FromTicks(Mean(_lead, _came)),
        _came + _stayed == 0 ? 0 : _brier / (_came + _stayed));

    /// <summary>Counts those whose horizon has passed.</summary>
    public void Pass(long at)
    {
        var kept = 0;
        for (var i = 0; i < _count; i++)
        {
            ref readonly var open = ref _open[i];
            if (at - open.MadeAt <= _horizon)
            {
                _open[kept++] = open;
                continue;
            }
            _stayed++;
            _brier += open.Probability * open.Probability;
        }
        _count = kept;
    }

    /// <summary>Keeps a forecast, unless the last one is less than half an hour old.</summary>
    public void Keep(in Forecast forecast, long at)
    {
        if (_keptAt != Ticks.Never && at - _keptAt < _every)
            return;
        if (_open.Length == 0)
            _open = new Open[Capacity];
        if (_count == Capacity)
            return;
        _keptAt = at;
        _open[_count++] = new Open
        {
            MadeAt = at,
            From = Ticks.Of(forecast.From),
            Middle = Ticks.Of(forecast.Middle),
            To = forecast.To is { } to ? Ticks.Of(to) : long.MaxValue,
            Probability = forecast.Probability,
            Level = forecast.Level,
        };
    }

    /// <summary>A level was reached.</summary>
    public void Reached(AlarmLevel level, long at)
    {
        var kept = 0;
        var foreseen = false;
        for (var i = 0; i < _count; i++)
        {
            ref readonly var open = ref _open[i];
            if (open.Level > level)
            {
                _open[kept++] = open;
                continue;
            }
            foreseen |= open.Level == level;
            _came++;
            _error += Math.Abs(at - open.Middle);
            _lead += at - open.MadeAt;
            _brier += (1 - open.Probability) * (1 - open.Probability);
            if (at < open.From || at > open.To)
                continue;
            _held++;
            _openEnded += open.To == long.MaxValue ? 1 : 0;
        }
        _count = kept;
        _keptAt = Ticks.Never;
        _surprises += foreseen ? 0 : 1;
    }

    static long Mean(double sum, int count) => count == 0 ? 0 : (long)(sum / count);

    struct Open
    {
        public long MadeAt;
        public long From;
        public long Middle;
        public long To;
        public double Probability;
        public AlarmLevel Level;
    }
}
