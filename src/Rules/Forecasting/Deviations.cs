namespace CanhLu.Rules.Forecasting;

/// <summary>How many standard deviations hold how much.</summary>
static class Deviations
{
    /// <summary>Nineteen of twenty lie below so many, when the deviation is known: the normal distribution.</summary>
    public const double NineteenOfTwentyOfMany = 1.6448536269514722;

    // Student's t from one to twelve degrees of freedom, 0.95.
    static readonly double[] _student = [6.314, 2.920, 2.353, 2.132, 2.015, 1.943, 1.895, 1.860, 1.833, 1.812, 1.796, 1.782];

    /// <summary>Nineteen of twenty lie below so many, when the deviation was estimated from so few: Student's distribution.</summary>
    public static double NineteenOfTwenty(int degrees) => _student[Math.Clamp(degrees, 1, _student.Length) - 1];

    /// <summary>The share of the normal distribution below so many, to 8e-8: Abramowitz and Stegun, <em>Handbook of Mathematical Functions</em>, 26.2.17.</summary>
    public static double Below(double deviations)
    {
        var t = 1 / (1 + 0.2316419 * Math.Abs(deviations));
        var tail = Math.Exp(-deviations * deviations / 2) / Math.Sqrt(2 * Math.PI) * t
            * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return deviations >= 0 ? 1 - tail : tail;
    }
}
