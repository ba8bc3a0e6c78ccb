namespace CanhLu.Tests.Rules.Quality;

/// <summary>The tests as the batch reference describes them, over whole arrays at regular times; made of nothing of ours. NaN is missing.</summary>
static class Batch
{
    public static int[] Spike(double[] values, double suspect, double fail, bool differential) =>
        [.. values.Select((value, i) =>
        {
            if (double.IsNaN(value))
                return 9;
            if (i == 0 || i == values.Length - 1 || double.IsNaN(values[i - 1]) || double.IsNaN(values[i + 1]))
                return 2;
            var (before, after) = (value - values[i - 1], values[i + 1] - value);
            var height = !differential ? Math.Abs(value - (values[i - 1] + values[i + 1]) / 2)
                : Math.Sign(before) * Math.Sign(after) < 0 ? Math.Min(Math.Abs(before), Math.Abs(after)) : 0;
            return fail > 0 && height > fail ? 4 : suspect > 0 && height > suspect ? 3 : 1;
        })];

    public static int[] Rate(double[] values, long seconds, double suspect, double fail) =>
        [.. values.Select((value, i) => double.IsNaN(value) ? 9
            : i == 0 || double.IsNaN(values[i - 1]) ? 1
            : Math.Abs((value - values[i - 1]) / seconds) is var rate && rate > fail ? 4 : rate > suspect ? 3 : 1)];

    public static int[] FlatLine(double[] values, int suspect, int fail, double tolerance) =>
        [.. values.Select((value, i) => double.IsNaN(value) ? 9 : IsFlat(values, i, fail, tolerance) ? 4 : IsFlat(values, i, suspect, tolerance) ? 3 : 1)];

    public static int[] AttenuatedRange(double[] values, int window, int least, double suspect, double fail) =>
        [.. values.Select((value, i) =>
        {
            if (double.IsNaN(value))
                return 9;
            var seen = values[Math.Max(0, i - window + 1)..(i + 1)].Where(one => !double.IsNaN(one)).ToArray();
            return seen.Length < least ? 2 : seen.Max() - seen.Min() is var range && range < fail ? 4 : range < suspect ? 3 : 1;
        })];

    static bool IsFlat(double[] values, int at, int count, double tolerance)
    {
        if (at < count)
            return false;
        var window = values[(at - count)..(at + 1)].Where(one => !double.IsNaN(one)).ToArray();
        return window.Length > 0 && window.Max() - window.Min() < tolerance;
    }
}
