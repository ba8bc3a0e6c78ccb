namespace CanhLu.Backtest.Report;

/// <summary>Stage from below to above, with marks at round heights.</summary>
sealed class StageAxis
{
    const int MostMarks = 7;

    readonly double _low;
    readonly double _high;
    readonly double _top;
    readonly double _bottom;
    readonly int _step;

    /// <param name="least">The least stage that must be seen, mm.</param>
    /// <param name="greatest">The greatest one.</param>
    /// <param name="top">Where the axis ends above, px.</param>
    /// <param name="bottom">Where it begins below.</param>
    public StageAxis(int least, int greatest, double top, double bottom)
    {
        var span = Math.Max(100, greatest - least);
        _step = 100;
        foreach (var step in (int[])[100, 200, 500, 1_000, 2_000, 5_000, 10_000, 100_000, 1_000_000])
            if ((_step = step) * (long)MostMarks >= span)
                break;
        _low = Math.Floor((least - 0.02 * span) / _step * 2) / 2 * _step;
        _high = Math.Max(greatest + 0.06 * span, _low + _step);
        (_top, _bottom) = (top, bottom);
    }

    public double Y(double millimetres) => _bottom - (_bottom - _top) * (millimetres - _low) / (_high - _low);

    public IEnumerable<(double Y, double Metres)> Marks()
    {
        for (var mark = Math.Ceiling(_low / _step) * _step; mark <= _high; mark += _step)
            yield return (Y(mark), mark / 1000);
    }
}
