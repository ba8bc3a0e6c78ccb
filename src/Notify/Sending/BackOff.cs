namespace CanhLu.Notify;

/// <summary>How long a delivery waits after a setback: doubling from the first wait to the longest, less up to a half so that they do not come back all at once.</summary>
/// <param name="first">The wait after the first setback.</param>
/// <param name="longest">The longest wait.</param>
/// <param name="jitter">Gives a number from 0 to 1.</param>
sealed class BackOff(TimeSpan first, TimeSpan longest, Func<double> jitter)
{
    public TimeSpan After(int setbacks)
    {
        var whole = first * Math.Pow(2, Math.Clamp(setbacks - 1, 0, 30));
        return (whole < longest ? whole : longest) * (1 - jitter() / 2);
    }
}
