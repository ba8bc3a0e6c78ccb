using System.Runtime.CompilerServices;
using NodaTime;

namespace CanhLu.Rules.Forecasting;

/// <summary>The short memory of a forecast: the last two hours (six reports, when those are longer) as at most sixteen means.</summary>
struct Beats
{
    /// <summary>How many there are at most.</summary>
    public const int Capacity = 16;

    const int LeastReports = 6;

    static readonly long _usual = Ticks.Of(Duration.FromHours(2));

    Instants _at;
    Millimetres _stages;
    int _newest;
    int _count;
    int _inNewest;
    long _end;

    /// <summary>An empty memory for a gauge that reports so often, ticks.</summary>
    public Beats(long reportEvery)
    {
        Window = WindowFor(reportEvery);
        // A little less than the interval, so that a gauge whose clock shivers still fills every beat.
        Length = Math.Max(Window / (Capacity - 1), reportEvery - reportEvery / 5);
        _newest = -1;
    }

    /// <summary>How far back it reaches, ticks.</summary>
    public readonly long Window;

    /// <summary>How long one is, ticks.</summary>
    public readonly long Length;

    /// <summary>How far back the forecasts of a station reach, ticks.</summary>
    public static long WindowOf(Station station) => WindowFor(Ticks.Of(station.ReportEvery));

    /// <summary>Takes a stage that is newer than all before.</summary>
    /// <returns>Whether it begins a new beat.</returns>
    public bool Take(long at, double millimetres)
    {
        if (_count == 0 || at >= _end)
        {
            _end = (at / Length + (at < 0 ? 0 : 1)) * Length;
            _newest = (_newest + 1) % Capacity;
            _count = Math.Min(_count + 1, Capacity);
            _at[_newest] = at;
            _stages[_newest] = millimetres;
            _inNewest = 1;
            return true;
        }
        _inNewest++;
        _at[_newest] += (at - _at[_newest]) / _inNewest;
        _stages[_newest] += (millimetres - _stages[_newest]) / _inNewest;
        return false;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => _count = 0;

    /// <summary>Writes the beats of the window in ascending order.</summary>
    /// <param name="now">The window's end.</param>
    /// <param name="at">Room for the instants, ticks.</param>
    /// <param name="stages">Room for the stages, mm.</param>
    /// <returns>How many there are.</returns>
    public readonly int Read(long now, Span<long> at, Span<double> stages)
    {
        var read = 0;
        for (var i = _count - 1; i >= 0; i--)
        {
            var place = (_newest - i + Capacity) % Capacity;
            if (now - _at[place] > Window)
                continue;
            at[read] = _at[place];
            stages[read++] = _stages[place];
        }
        return read;
    }

    static long WindowFor(long reportEvery) => Math.Max(_usual, LeastReports * reportEvery);

    [InlineArray(Capacity)]
    struct Instants
    {
        long _first;
    }

    [InlineArray(Capacity)]
    struct Millimetres
    {
        double _first;
    }
}
