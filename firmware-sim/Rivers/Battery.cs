using CanhLu.FirmwareSim.Script;
using NodaTime;

namespace CanhLu.FirmwareSim.Rivers;

/// <summary>A lithium cell under a small solar panel: fuller by day, emptier by night, and a little older every day.</summary>
/// <param name="Volts">Its mean at the start.</param>
/// <param name="LossPerDay">What age, rain or a dirty panel takes, volts a day.</param>
public readonly record struct Battery(double Volts, double LossPerDay)
{
    const double Swing = 0.08;
    const double Empty = 2.9;

    /// <summary>Its voltage, to the hundredth.</summary>
    public decimal At(Instant at, Instant from, Random chance)
    {
        var day = VietNam.HourOfDay(at) / 24;
        // Fullest at 16:00, emptiest at 04:00.
        var volts = Volts - LossPerDay * (at - from).TotalDays + Swing * Math.Cos(2 * Math.PI * (day - 16 / 24.0)) + 0.005 * chance.Normal();
        return Math.Round((decimal)Math.Max(volts, Empty), 2);
    }
}
