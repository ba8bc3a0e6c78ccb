using NodaTime;

namespace CanhLu.Backtest;

/// <summary>A stage over time in bounded memory: the least and the greatest of each stretch. Stretches are a minute wide and double when there would be too many.</summary>
public sealed class Curve
{
    const int Most = 1 << 16;
    const int Empty = int.MinValue;

    (int Min, int Max)[] _stretches = [];
    long _start;
    long _width = NodaConstants.TicksPerMinute;
    int _count;

    /// <summary>Takes the next stage, no older than those before.</summary>
    /// <param name="at">Ticks since 1970.</param>
    /// <param name="millimetres">The stage.</param>
    internal void Take(long at, int millimetres)
    {
        if (_count == 0)
            _start = at - at % _width;
        var place = (at - _start) / _width;
        while (place >= Most)
        {
            Widen();
            place = (at - _start) / _width;
        }
        if (place >= _count)
            Reach((int)place + 1);
        ref var stretch = ref _stretches[place];
        stretch = stretch.Max == Empty ? (millimetres, millimetres) : (Math.Min(stretch.Min, millimetres), Math.Max(stretch.Max, millimetres));
    }

    /// <summary>The curve from one time to another in at most so many stretches: their middles, least and greatest stages, mm.</summary>
    public IReadOnlyList<(Instant At, int Min, int Max)> Between(Instant from, Instant to, int most)
    {
        var first = (int)Math.Clamp((from.ToUnixTimeTicks() - _start) / _width, 0, _count);
        var last = (int)Math.Clamp((to.ToUnixTimeTicks() - _start) / _width + 1, first, _count);
        var step = Math.Max(1, (last - first + most - 1) / Math.Max(1, most));
        var points = new List<(Instant, int, int)>();
        for (var place = first; place < last; place += step)
        {
            var (min, max) = (int.MaxValue, Empty);
            var end = Math.Min(place + step, last);
            for (var i = place; i < end; i++)
                if (_stretches[i].Max != Empty)
                    (min, max) = (Math.Min(min, _stretches[i].Min), Math.Max(max, _stretches[i].Max));
            if (max != Empty)
                points.Add((Instant.FromUnixTimeTicks(_start + (place + end) * _width / 2), min, max));
        }
        return points;
    }

    /// <summary>How much time a point stands for when <see cref="Between"/> gives at most so many.</summary>
    public Duration Resolution(Instant from, Instant to, int most) =>
        Duration.Max(Duration.FromTicks(_width), (to - from) / Math.Max(1, most));

    void Reach(int count)
    {
        if (count > _stretches.Length)
            Array.Resize(ref _stretches, Math.Min(Most, Math.Max(1024, Math.Max(count, 2 * _stretches.Length))));
        _stretches.AsSpan(_count, count - _count).Fill((Empty, Empty));
        _count = count;
    }

    void Widen()
    {
        // An odd start would make a stretch of half the width: stretches are counted from _start, whatever its place in the day.
        for (var i = 0; i < _count; i += 2)
        {
            var (one, two) = (_stretches[i], i + 1 < _count ? _stretches[i + 1] : (Empty, Empty));
            _stretches[i / 2] = one.Max == Empty ? two : two.Item2 == Empty ? one : (Math.Min(one.Min, two.Item1), Math.Max(one.Max, two.Item2));
        }
        _count = (_count + 1) / 2;
        _width *= 2;
    }
}
