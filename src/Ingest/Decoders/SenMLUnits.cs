using System.Text;

namespace CanhLu.Ingest.Decoders;

/// <summary>Units of SenML (RFC 8428, section 12.1, and RFC 8798) beside those of UCUM, as far as gauges, access points and cameras have them.</summary>
/// <remarks>Only so that a contradiction is seen: a record whose unit is not the field's on the wire is rejected. Nothing is converted, because a sensor that sends
/// another unit than was agreed on is set up wrongly, and its other numbers may be wrong as well.</remarks>
static class SenMLUnits
{
    static readonly (byte[] Unit, string Of, double Size)[] Units =
    [
        .. new (string Unit, string Of, double Size)[]
        {
            ("m", "length", 1), ("mm", "length", 1e-3), ("cm", "length", 1e-2), ("km", "length", 1e3),
            ("V", "voltage", 1), ("mV", "voltage", 1e-3), ("A", "current", 1), ("mA", "current", 1e-3), ("W", "power", 1),
            ("Cel", "temperature", 1), ("K", "absolute temperature", 1),
            ("s", "time", 1), ("ms", "time", 1e-3), ("min", "time", 60), ("h", "time", 3600),
            ("Pa", "pressure", 1), ("hPa", "pressure", 100),
            ("1", "number", 1), ("/", "number", 1), ("count", "number", 1), ("%", "number", 1e-2), ("/100", "number", 1e-2), ("%RH", "number", 1e-2), ("%EL", "number", 1e-2),
            ("dB", "ratio of powers", 1), ("dBm", "power over a milliwatt", 1), ("Hz", "frequency", 1), ("1/s", "frequency", 1), ("MHz", "frequency", 1e6),
            ("m/s", "speed", 1), ("mm/h", "speed", 1e-3 / 3600), ("m/h", "speed", 1.0 / 3600), ("km/h", "speed", 1e3 / 3600),
            ("m3/s", "flow", 1), ("l/s", "flow", 1e-3), ("L/s", "flow", 1e-3),
            ("bit", "data", 1), ("B", "data", 8), ("By", "data", 8), ("KiB", "data", 8192), ("bit/s", "data rate", 1), ("Mbit/s", "data rate", 1e6), ("B/s", "data rate", 8),
            ("lx", "light", 1), ("S/m", "conductivity", 1), ("pH", "acidity", 1), ("[pH]", "acidity", 1),
        }.Select(one => (Encoding.UTF8.GetBytes(one.Unit), one.Of, one.Size)),
    ];

    /// <summary>Whether a record's unit is that of a field's number on the wire.</summary>
    public static bool Agrees(ReadOnlySpan<byte> said, Field field)
    {
        var (fieldOf, fieldSize) = Find(field.Unit);
        foreach (var (unit, of, size) in Units)
            if (said.SequenceEqual(unit) && fieldOf is not null)
                return of == fieldOf && Math.Abs(size / (fieldSize * field.Scale) - 1) < 1e-9;
        // A unit that only the site knows.
        return field.Scale == 1 && Matches(said, field.Unit);
    }

    static (string? Of, double Size) Find(string ucum)
    {
        // An annotation counts something: {clients}.
        if (ucum.StartsWith('{') && ucum.EndsWith('}'))
            return ("number", 1);
        foreach (var (unit, of, size) in Units)
            if (Matches(unit, ucum))
                return (of, size);
        return default;
    }

    static bool Matches(ReadOnlySpan<byte> utf8, string text)
    {
        Span<byte> bytes = stackalloc byte[64];
        return Encoding.UTF8.TryGetBytes(text, bytes, out var length) && utf8.SequenceEqual(bytes[..length]);
    }
}
