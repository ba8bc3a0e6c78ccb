namespace CanhLu.FirmwareSim.Storms;

/// <summary>A flood within seconds: calm, a rise through the levels, a fall, calm.</summary>
/// <param name="Base">The water before and after, metres.</param>
/// <param name="Peak">The highest water, metres.</param>
/// <param name="CalmBefore">How long it is calm first.</param>
/// <param name="Wave">From the first rise to the end of the fall.</param>
/// <param name="CalmAfter">How long it is calm at the end.</param>
public sealed record StageCurve(double Base, double Peak, TimeSpan CalmBefore, TimeSpan Wave, TimeSpan CalmAfter)
{
    /// <summary>From the first reading to the last.</summary>
    public TimeSpan Length => CalmBefore + Wave + CalmAfter;

    /// <summary>The water so long after the start, metres to the millimetre.</summary>
    public decimal At(TimeSpan since)
    {
        var phase = Math.Clamp((since - CalmBefore) / Wave, 0, 1);
        return Math.Round((decimal)(Base + (Peak - Base) * (1 - Math.Cos(2 * Math.PI * phase)) / 2), 3, MidpointRounding.AwayFromZero);
    }
}
