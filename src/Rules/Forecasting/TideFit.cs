using NodaTime;

namespace CanhLu.Rules.Forecasting;

/// <summary>Finds the tide in a station's long memory: harmonic least squares, robust against floods.</summary>
/// <remarks>
/// Each hour is taken less the mean of the 25 hours about it, and so is each harmonic: what is slower than a day (a flood, the season, the river's own water)
/// cancels on both sides. Then least squares, the weights by Cauchy's function of the residuals, six times over (Holland and Welsch 1977; the way of UTide,
/// Codiga 2011), so that the rise of a flood counts little. The mean of an hour flattens a harmonic by a known factor, which is part of it here.
/// Bounds: 200 days of hours, ten constituents, six times 4,800 × 210 multiplications, once a day for each tidal station. The scratch memory is shared.
/// </remarks>
sealed class TideFit
{
    /// <summary>What a station remembers for it: as long as all constituents need, and the day since the last fit.</summary>
    public const int Hours = Window + 24;

    const int Window = 200 * 24;
    const int HalfDay = 12;
    const int LeastAboutIt = 20;
    const int Rounds = 6;

    // Holland and Welsch 1977: 95 % efficient where the residuals are normal.
    const double Cauchy = 2.385;

    /// <summary>From a median of absolute residuals to a standard deviation.</summary>
    public const double OfNormal = 1.4826;

    // A tide that explains less than half of what moves within a day is none to rely on.
    const double LeastExplained = 0.5;

    // A record may have gaps of a fifth.
    const double LeastPresent = 0.8;

    double[] _harmonics = [];
    double[] _rows = [];
    readonly double[] _stages = new double[Window];
    readonly double[] _weights = new double[Window];
    readonly double[] _residuals = new double[Window];

    /// <summary>The tide as the hours before <paramref name="end"/> tell it; null when they are too few, or tell none.</summary>
    public Tide? Of(HourlyStages hours, long end)
    {
        var first = end - Window;
        while (first < end && double.IsNaN(hours[first]))
            first++;
        var days = (end - first) / 24;
        var count = 0;
        while (count < Constituent.All.Length && Constituent.All[count].MinDays <= days)
            count++;
        if (count == 0 || Present(hours, first, end) < LeastPresent * (end - first))
            return null;
        var width = 2 * count;
        Array.Resize(ref _harmonics, Math.Max(_harmonics.Length, Window * width));
        Array.Resize(ref _rows, Math.Max(_rows.Length, Window * width));
        Span<double> unknowns = stackalloc double[width];
        var rows = Filter(hours, first, end, count);
        return Solve(rows, width, unknowns) >= LeastExplained
            ? new Tide(end * NodaConstants.TicksPerHour, Every(unknowns, 0), Every(unknowns, 1))
            : null;
    }

    static int Present(HourlyStages hours, long first, long end)
    {
        var present = 0;
        for (var hour = first; hour < end; hour++)
            present += double.IsNaN(hours[hour]) ? 0 : 1;
        return present;
    }

    /// <summary>Writes stages and harmonics, each less its mean over the hours about it.</summary>
    /// <returns>How many rows there are.</returns>
    int Filter(HourlyStages hours, long first, long end, int count)
    {
        var width = 2 * count;
        Span<double> factors = stackalloc double[count];
        for (var k = 0; k < count; k++)
            factors[k] = Flattened(Constituent.All[k].Speed, hours.PerHour);
        for (var hour = first; hour < end; hour++)
            for (var k = 0; k < count && !double.IsNaN(hours[hour]); k++)
            {
                var (sin, cos) = Math.SinCos(Constituent.All[k].Speed * (hour - end + hours.MiddleOf(hour)));
                var place = (int)(hour - first) * width + 2 * k;
                _harmonics[place] = factors[k] * cos;
                _harmonics[place + 1] = factors[k] * sin;
            }

        Span<double> sums = stackalloc double[width];
        sums.Clear();
        var sum = 0.0;
        int about = 0, rows = 0;
        for (var hour = first; hour < first + HalfDay && hour < end; hour++)
            Move(sums, hour, +1);
        for (var hour = first; hour < end; hour++)
        {
            Move(sums, hour + HalfDay, +1);
            Move(sums, hour - HalfDay - 1, -1);
            if (double.IsNaN(hours[hour]) || about < LeastAboutIt)
                continue;
            _stages[rows] = hours[hour] - sum / about;
            var harmonics = _harmonics.AsSpan((int)(hour - first) * width, width);
            var row = _rows.AsSpan(rows * width, width);
            for (var i = 0; i < width; i++)
                row[i] = harmonics[i] - sums[i] / about;
            rows++;
        }
        return rows;

        void Move(Span<double> sums, long hour, int sign)
        {
            if (hour < first || hour >= end || double.IsNaN(hours[hour]))
                return;
            sum += sign * hours[hour];
            about += sign;
            var harmonics = _harmonics.AsSpan((int)(hour - first) * width, width);
            for (var i = 0; i < width; i++)
                sums[i] += sign * harmonics[i];
        }
    }

    /// <summary>Weighted least squares by the normal equations, again and again with the weights of the residuals before.</summary>
    /// <returns>The share of the variance that is explained, as weighted.</returns>
    double Solve(int rows, int width, Span<double> unknowns)
    {
        if (rows < 2 * width)
            return 0;
        _weights.AsSpan(0, rows).Fill(1);
        Span<double> matrix = stackalloc double[width * width];
        var explained = 0.0;
        for (var round = 0; round < Rounds; round++)
        {
            matrix.Clear();
            unknowns.Clear();
            for (var r = 0; r < rows; r++)
            {
                var row = _rows.AsSpan(r * width, width);
                for (var i = 0; i < width; i++)
                {
                    var weighted = _weights[r] * row[i];
                    unknowns[i] += weighted * _stages[r];
                    for (var j = 0; j <= i; j++)
                        matrix[i * width + j] += weighted * row[j];
                }
            }
            if (!Cholesky(matrix, width, unknowns))
                return 0;
            explained = Weigh(rows, width, unknowns);
        }
        return explained;
    }

    double Weigh(int rows, int width, ReadOnlySpan<double> unknowns)
    {
        for (var r = 0; r < rows; r++)
            _residuals[r] = Math.Abs(Residual(r, width, unknowns));
        var scale = Math.Max(1, Cauchy * OfNormal * Middle.Of(_residuals.AsSpan(0, rows)));
        double left = 0, all = 0;
        for (var r = 0; r < rows; r++)
        {
            var residual = Residual(r, width, unknowns);
            _weights[r] = 1 / (1 + residual * residual / (scale * scale));
            left += _weights[r] * residual * residual;
            all += _weights[r] * _stages[r] * _stages[r];
        }
        return all > 0 ? 1 - left / all : 0;
    }

    double Residual(int r, int width, ReadOnlySpan<double> unknowns)
    {
        var row = _rows.AsSpan(r * width, width);
        var residual = _stages[r];
        for (var i = 0; i < width; i++)
            residual -= row[i] * unknowns[i];
        return residual;
    }

    /// <summary>Solves a symmetric system in place, given its lower half.</summary>
    static bool Cholesky(Span<double> matrix, int width, Span<double> right)
    {
        for (var i = 0; i < width; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = matrix[i * width + j];
                for (var k = 0; k < j; k++)
                    sum -= matrix[i * width + k] * matrix[j * width + k];
                if (i != j)
                    matrix[i * width + j] = sum / matrix[j * width + j];
                else if (sum <= 0)
                    return false;
                else
                    matrix[i * width + i] = Math.Sqrt(sum);
            }
            for (var k = 0; k < i; k++)
                right[i] -= matrix[i * width + k] * right[k];
            right[i] /= matrix[i * width + i];
        }
        for (var i = width - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < width; k++)
                right[i] -= matrix[k * width + i] * right[k];
            right[i] /= matrix[i * width + i];
        }
        return true;
    }

    // The mean of n equal steps within an hour of a wave: Dirichlet's kernel.
    static double Flattened(double speed, int perHour) =>
        perHour == 1 ? 1 : Math.Sin(speed / 2) / (perHour * Math.Sin(speed / (2 * perHour)));

    static double[] Every(ReadOnlySpan<double> unknowns, int from)
    {
        var values = new double[unknowns.Length / 2];
        for (var k = 0; k < values.Length; k++)
            values[k] = unknowns[2 * k + from];
        return values;
    }
}
