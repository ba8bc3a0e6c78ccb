using System.Globalization;

namespace CanhLu;

/// <summary>The height of the water over its station's datum, in whole millimetres.</summary>
/// <remarks>A stage is a place on a ruler: two of them subtract to millimetres, they do not add. Metres with decimals exist only on
/// the wire and in text.</remarks>
/// <param name="Millimetres">Height over the datum, mm; negative below it.</param>
public readonly record struct Stage(int Millimetres) : IComparable<Stage>
{
    /// <summary>The stage nearest to a height in metres; halves are rounded away from zero.</summary>
    /// <param name="metres">Height over the datum, m.</param>
    /// <exception cref="OverflowException">The height does not fit in whole millimetres of an <see cref="int"/>.</exception>
    public static Stage FromMetres(decimal metres) => new(decimal.ToInt32(decimal.Round(metres * 1000m, MidpointRounding.AwayFromZero)));

    /// <summary>Height over the datum, m.</summary>
    public decimal Metres => Millimetres / 1000m;

    /// <summary>How far <paramref name="a"/> stands above <paramref name="b"/>, mm; negative when below.</summary>
    public static int operator -(Stage a, Stage b) => a.Millimetres - b.Millimetres;

    /// <summary>Whether the left stage is the lower one.</summary>
    public static bool operator <(Stage a, Stage b) => a.Millimetres < b.Millimetres;

    /// <summary>Whether the left stage is the higher one.</summary>
    public static bool operator >(Stage a, Stage b) => a.Millimetres > b.Millimetres;

    /// <summary>Whether the left stage is the lower one or equal.</summary>
    public static bool operator <=(Stage a, Stage b) => a.Millimetres <= b.Millimetres;

    /// <summary>Whether the left stage is the higher one or equal.</summary>
    public static bool operator >=(Stage a, Stage b) => a.Millimetres >= b.Millimetres;

    /// <inheritdoc/>
    public int CompareTo(Stage other) => Millimetres.CompareTo(other.Millimetres);

    /// <summary>Metres with three decimals and the unit, <c>2.680 m</c>.</summary>
    public override string ToString() => Metres.ToString("0.000", CultureInfo.InvariantCulture) + " m";
}
