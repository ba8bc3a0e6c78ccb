namespace CanhLu.Rules.Quality;

/// <summary>The formulas of the QARTOD tests that need no memory, as ioos_qc has them; a missing value is <see cref="double.NaN"/>.</summary>
static class Qartod
{
    /// <summary>Test 4. Both ends of a span are in it; the sensor's span goes before the user's.</summary>
    public static Flag GrossRange(double value, ValueSpan sensor, ValueSpan user) =>
        value < sensor.Least || value > sensor.Most ? Flag.Fail
        : value < user.Least || value > user.Most ? Flag.Suspect
        : Flag.Good;

    /// <summary>Test 5. A month of which nothing is known (NaN) is not evaluated; it never fails.</summary>
    public static Flag Climatology(double value, ValueSpan usual) =>
        double.IsNaN(usual.Least) ? Flag.NotEvaluated : value < usual.Least || value > usual.Most ? Flag.Suspect : Flag.Good;

    /// <summary>Test 6, of the value in the middle of three.</summary>
    public static Flag Spike(double before, double value, double after, SpikeMethod method, double suspect, double fail)
    {
        if (double.IsNaN(value))
            return Flag.Missing;
        if (double.IsNaN(before) || double.IsNaN(after))
            return Flag.NotEvaluated;
        var height = method == SpikeMethod.Average ? Math.Abs(value - (before + after) / 2) : Differential(value - before, after - value);
        return height > fail ? Flag.Fail : height > suspect ? Flag.Suspect : Flag.Good;
    }

    /// <summary>Test 7. Time counts in whole seconds, begun ones are left off; after nothing, or a missing value, there is no rate.</summary>
    public static Flag RateOfChange(double before, double value, long seconds, double suspect, double fail)
    {
        var rate = Math.Abs((value - before) / seconds);
        return rate > fail ? Flag.Fail : rate > suspect ? Flag.Suspect : Flag.Good;
    }

    /// <summary>Test 10, of what a window holds.</summary>
    public static Flag Attenuated(double movement, double suspect, double fail) =>
        movement < fail ? Flag.Fail : movement < suspect ? Flag.Suspect : Flag.Good;

    static double Differential(double step, double next) => step * next < 0 ? Math.Min(Math.Abs(step), Math.Abs(next)) : 0;
}
