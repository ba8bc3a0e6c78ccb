using NodaTime;

namespace CanhLu.FirmwareSim.Rivers;

/// <summary>One flood going past one station: a rise of half a cosine, and a slower fall.</summary>
/// <param name="Base">The water before and long after, metres.</param>
/// <param name="Height">How far the peak stands over it, metres.</param>
/// <param name="PeakAt">When the peak passes.</param>
/// <param name="Rise">From the first rise to the peak.</param>
/// <param name="Fall">From the peak until about a third of the height is left.</param>
public sealed record FloodWave(double Base, double Height, Instant PeakAt, Duration Rise, Duration Fall)
{
    /// <summary>The water level, metres.</summary>
    public double StageAt(Instant at)
    {
        var hours = (at - PeakAt).TotalHours;
        if (hours <= -Rise.TotalHours)
        {
            return Base;
        }

        var share = hours <= 0 ? (1 + Math.Cos(Math.PI * hours / Rise.TotalHours)) / 2 : Math.Exp(-Math.Pow(hours / Fall.TotalHours, 1.5));
        return Base + Height * share;
    }

    /// <summary>The same flood further down: later, and lower.</summary>
    public FloodWave Downstream(Duration travel, double attenuation) => this with { PeakAt = PeakAt + travel, Height = Height * attenuation };
}
