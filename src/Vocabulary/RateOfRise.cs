using System.Globalization;

namespace CanhLu;

/// <summary>How fast the water rises, in millimetres per hour; negative when it falls.</summary>
/// <param name="MillimetresPerHour">mm/h.</param>
public readonly record struct RateOfRise(int MillimetresPerHour) : IComparable<RateOfRise>
{
    /// <summary>The rate in metres per hour, as the command line and the API write it.</summary>
    public decimal MetresPerHour => MillimetresPerHour / 1000m;

    /// <inheritdoc/>
    public int CompareTo(RateOfRise other) => MillimetresPerHour.CompareTo(other.MillimetresPerHour);

    /// <summary>Whether the left rate is the slower one.</summary>
    public static bool operator <(RateOfRise a, RateOfRise b) => a.MillimetresPerHour < b.MillimetresPerHour;

    /// <summary>Whether the left rate is the faster one.</summary>
    public static bool operator >(RateOfRise a, RateOfRise b) => a.MillimetresPerHour > b.MillimetresPerHour;

    /// <summary>Whether the left rate is the slower one or equal.</summary>
    public static bool operator <=(RateOfRise a, RateOfRise b) => a.MillimetresPerHour <= b.MillimetresPerHour;

    /// <summary>Whether the left rate is the faster one or equal.</summary>
    public static bool operator >=(RateOfRise a, RateOfRise b) => a.MillimetresPerHour >= b.MillimetresPerHour;

    /// <summary>Metres per hour with three decimals and the unit, <c>0.052 m/h</c>.</summary>
    public override string ToString() => MetresPerHour.ToString("0.000", CultureInfo.InvariantCulture) + " m/h";
}
