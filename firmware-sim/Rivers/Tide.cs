using NodaTime;

namespace CanhLu.FirmwareSim.Rivers;

/// <summary>The moon's half-daily tide (M2).</summary>
/// <param name="Amplitude">Half of the way from low to high water, metres.</param>
/// <param name="HighAt">A moment of high water.</param>
public readonly record struct Tide(double Amplitude, Instant HighAt)
{
    static readonly Duration Period = Duration.FromHours(12.4206012);

    /// <summary>What the tide adds to the water, metres.</summary>
    public double At(Instant at) => Amplitude * Math.Cos(2 * Math.PI * ((at - HighAt) / Period));
}
