using NodaTime;

namespace CanhLu.Rules.Forecasting;

/// <summary>The long memory of a station: the mean stage of each hour, and where in the hour it lies.</summary>
/// <remarks>A ring in two flat arrays, 8 bytes an hour. An hour counts when half of the expected readings came; readings older than the newest hour are left
/// out. So the same readings leave the same ring, however they are cut into lives.</remarks>
sealed class HourlyStages
{
    readonly float[] _millimetres;
    readonly float[] _middles;
    readonly int _least;

    long _newest = long.MinValue;
    long _begin = Ticks.Never;
    double _sum;
    double _ticks;
    int _count;

    /// <summary>An empty memory.</summary>
    /// <param name="hours">How many it holds.</param>
    /// <param name="reportEvery">How often a reading is expected, ticks.</param>
    public HourlyStages(int hours, long reportEvery)
    {
        PerHour = (int)Math.Clamp(NodaConstants.TicksPerHour / Math.Max(1, reportEvery), 1, 3600);
        _least = (PerHour + 1) / 2;
        _millimetres = new float[hours];
        _middles = new float[hours];
        Array.Fill(_millimetres, float.NaN);
    }

    /// <summary>How many hours it holds.</summary>
    public int Capacity => _millimetres.Length;

    /// <summary>Readings expected in an hour.</summary>
    public int PerHour { get; }

    /// <summary>The hour that is being filled, counted from 1970: all before it are done.</summary>
    public long Running { get; private set; } = long.MinValue;

    /// <summary>The hour of an instant, counted from 1970.</summary>
    public static long HourOf(long ticks) => ticks / NodaConstants.TicksPerHour - (ticks % NodaConstants.TicksPerHour < 0 ? 1 : 0);

    /// <summary>Takes a stage that is newer than all before.</summary>
    /// <returns>Whether it was the first of its hour.</returns>
    public bool Take(long at, double millimetres)
    {
        var begins = _begin == Ticks.Never || at - _begin >= NodaConstants.TicksPerHour;
        if (begins)
        {
            Close();
            Running = HourOf(at);
            _begin = Running * NodaConstants.TicksPerHour;
        }
        _sum += millimetres;
        _ticks += at - _begin;
        _count++;
        return begins;
    }

    /// <summary>The mean stage of an hour that is done, mm; <see cref="double.NaN"/> when it is not known.</summary>
    public double this[long hour] => _newest == long.MinValue || hour > _newest || hour <= _newest - Capacity ? double.NaN : _millimetres[Place(hour)];

    /// <summary>The mean time of the readings of an hour, hours since its beginning.</summary>
    public double MiddleOf(long hour) => _middles[Place(hour)];

    void Close()
    {
        if (_count >= _least)
        {
            if (_newest == long.MinValue || Running - _newest >= Capacity)
                Array.Fill(_millimetres, float.NaN);
            else
                for (var hour = _newest + 1; hour < Running; hour++)
                    _millimetres[Place(hour)] = float.NaN;
            _newest = Running;
            _millimetres[Place(Running)] = (float)(_sum / _count);
            _middles[Place(Running)] = (float)(_ticks / _count / NodaConstants.TicksPerHour);
        }
        _sum = _ticks = 0;
        _count = 0;
    }

    int Place(long hour) => (int)(((hour % Capacity) + Capacity) % Capacity);
}
