using System.Runtime.CompilerServices;

namespace CanhLu.Rules.Quality;

/// <summary>For every series with a flat-line test: how long its last readings have stayed within the tolerance.</summary>
/// <remarks>
/// Not the window is kept but what may end it: the falling greatest and the rising least values of the run, eight of each. Whole millimetres within a
/// tolerance of up to 8 mm never need more; where values are finer and keep falling or rising within the tolerance, a run may begin later than it did: fewer flags, never more.
/// </remarks>
sealed class FlatLines
{
    readonly FlatRun[] _runs;

    public FlatLines(int series) => _runs = new FlatRun[series];

    /// <summary>Takes the next reading of a series; NaN is a missing one, which has its place in the run and says nothing.</summary>
    /// <returns>The run that ends with it.</returns>
    public ref readonly FlatRun Take(int number, double value, long at, double tolerance, long interval)
    {
        ref var run = ref _runs[number];
        if (run.Readings == 0)
            run.BrokenAt = at - interval;
        run.Readings++;
        if (double.IsNaN(value))
            return ref run;
        var point = new FlatPoint { Value = value, At = at, Number = run.Readings };
        run.Highest.Push(point, falling: true, ref run);
        run.Lowest.Push(point, falling: false, ref run);
        while (run.Highest.First.Value - run.Lowest.First.Value >= tolerance)
        {
            var broken = run.Highest.First.Number < run.Lowest.First.Number ? run.Highest.First : run.Lowest.First;
            run.Break(broken);
            run.Highest.Forget(broken.Number);
            run.Lowest.Forget(broken.Number);
        }
        return ref run;
    }
}

/// <summary>One run of readings that are the same within the tolerance.</summary>
struct FlatRun
{
    public FlatEdge Highest;
    public FlatEdge Lowest;

    /// <summary>When the reading was measured that differs from it; an interval before the first reading when none does.</summary>
    public long BrokenAt;

    /// <summary>Which reading that was, the first is 1; 0 for none.</summary>
    public int Broken;

    /// <summary>How many readings there were.</summary>
    public int Readings;

    /// <summary>How many readings the run has, missing ones among them.</summary>
    public readonly int Length => Readings - Broken;

    public void Break(in FlatPoint point)
    {
        if (point.Number <= Broken)
            return;
        Broken = point.Number;
        BrokenAt = point.At;
    }
}

struct FlatPoint
{
    public double Value;
    public long At;
    public int Number;
}

/// <summary>The greatest values of a run, falling, or its least ones, rising: each the extreme of all that came after the one before it.</summary>
struct FlatEdge
{
    const int Depth = 8;
    const int Mask = Depth - 1;

    Points _points;
    byte _first;
    byte _count;

    public readonly FlatPoint First => _points[_first];

    public void Push(in FlatPoint point, bool falling, ref FlatRun run)
    {
        while (_count > 0 && _points[(_first + _count - 1) & Mask] is var last && (falling ? last.Value <= point.Value : last.Value >= point.Value))
            _count--;
        if (_count == Depth)
        {
            run.Break(_points[_first]);
            Drop();
        }
        _points[(_first + _count) & Mask] = point;
        _count++;
    }

    /// <summary>Forgets every reading up to this one.</summary>
    public void Forget(int number)
    {
        while (_count > 0 && _points[_first].Number <= number)
            Drop();
    }

    void Drop()
    {
        _first = (byte)((_first + 1) & Mask);
        _count--;
    }

    [InlineArray(Depth)]
    struct Points
    {
        FlatPoint _i;
    }
}
