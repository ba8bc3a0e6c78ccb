namespace CanhLu.FirmwareSim.October;

/// <summary>A smooth curve through given points that never overshoots them: piecewise cubic Hermite (PCHIP) with the slopes of Fritsch and Butland.</summary>
sealed class MonotoneCurve
{
    readonly double[] _x;
    readonly double[] _y;
    readonly double[] _slope;

    /// <param name="points">At least three, in rising order of X.</param>
    public MonotoneCurve(IEnumerable<(double X, double Y)> points)
    {
        (_x, _y) = ([.. points.Select(point => point.X)], [.. points.Select(point => point.Y)]);
        _slope = Slopes(_x, _y);
    }

    /// <summary>The curve's height; the first or last point's outside of them.</summary>
    public double At(double x)
    {
        if (x <= _x[0] || x >= _x[^1])
        {
            return x <= _x[0] ? _y[0] : _y[^1];
        }

        var found = Array.BinarySearch(_x, x);
        if (found >= 0)
        {
            return _y[found];
        }

        var i = ~found - 1;
        var h = _x[i + 1] - _x[i];
        var t = (x - _x[i]) / h;
        return (1 + 2 * t) * (1 - t) * (1 - t) * _y[i] + t * (1 - t) * (1 - t) * h * _slope[i]
            + t * t * (3 - 2 * t) * _y[i + 1] + t * t * (t - 1) * h * _slope[i + 1];
    }

    static double[] Slopes(double[] x, double[] y)
    {
        var n = x.Length;
        var h = new double[n - 1];
        var secant = new double[n - 1];
        for (var i = 0; i < n - 1; i++)
        {
            h[i] = x[i + 1] - x[i];
            secant[i] = (y[i + 1] - y[i]) / h[i];
        }

        var slope = new double[n];
        for (var i = 1; i < n - 1; i++)
        {
            if (secant[i - 1] * secant[i] > 0)
            {
                var w1 = 2 * h[i] + h[i - 1];
                var w2 = h[i] + 2 * h[i - 1];
                slope[i] = (w1 + w2) / (w1 / secant[i - 1] + w2 / secant[i]);
            }
        }

        slope[0] = AtEnd(h[0], h[1], secant[0], secant[1]);
        slope[n - 1] = AtEnd(h[n - 2], h[n - 3], secant[n - 2], secant[n - 3]);
        return slope;
    }

    static double AtEnd(double h0, double h1, double secant0, double secant1)
    {
        var slope = ((2 * h0 + h1) * secant0 - h0 * secant1) / (h0 + h1);
        return slope * secant0 <= 0 ? 0
            : secant0 * secant1 < 0 && Math.Abs(slope) > 3 * Math.Abs(secant0) ? 3 * secant0
            : slope;
    }
}
