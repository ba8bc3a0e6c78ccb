using System.Globalization;
using System.Text;

namespace CanhLu.Ingest.Native;

/// <summary>A field of a model, and how its number on the wire becomes a value of its series.</summary>
sealed class WireField(Field field, SeriesId series)
{
    readonly double _scale = field.Scale;
    readonly bool _wholeMillimetres = field.Unit == "mm";
    readonly decimal _exactScale = Math.Abs(field.Scale) is < 1e12 and > 1e-12 ? (decimal)field.Scale : 0;

    public byte[] Name { get; } = Encoding.UTF8.GetBytes(field.Name);

    public SeriesId Series { get; } = series;

    /// <summary>The field as the model has it.</summary>
    public Field Model { get; } = field;

    public double Min { get; } = field.Min;

    public double Max { get; } = field.Max;

    /// <summary>The value of a JSON number in the series' unit, and whether the sensor can give it; false when it is not finite, or is no
    /// <see cref="Stage"/> where one is meant.</summary>
    public bool TryRead(ReadOnlySpan<byte> number, out double value, out Flag flag)
    {
        value = 0;
        flag = Flag.Good;
        var isShort = WireNumber.TryParse(number, out var parsed);
        double wire;
        if (isShort)
            wire = parsed.ToDouble();
        else if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out wire))
            return false;
        value = wire * _scale;
        if (!double.IsFinite(value))
            return false;
        flag = wire >= Min && wire <= Max ? Flag.Good : Flag.Fail;
        if (!_wholeMillimetres)
        {
            value += 0.0;
            return true;
        }
        if (Math.Abs(value) >= int.MaxValue)
            return false;
        // In decimal, as it stands on the wire: 1.0005 m is 1001 mm, but 1.0005 * 1000 in binary is 1000.4999….
        value = isShort && _exactScale != 0 && parsed.TryToDecimal(out var exact)
            ? (double)decimal.Round(exact * _exactScale, MidpointRounding.AwayFromZero)
            : Math.Round(value, MidpointRounding.AwayFromZero);
        // Makes of a negative zero a plain one.
        value += 0.0;
        return true;
    }
}
