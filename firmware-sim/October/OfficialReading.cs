using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace CanhLu.FirmwareSim.October;

/// <summary>A water level that the national bulletins printed.</summary>
/// <param name="At">When.</param>
/// <param name="Station">Where, <c>tam-ky</c>.</param>
/// <param name="Level">Metres.</param>
public readonly record struct OfficialReading(Instant At, string Station, decimal Level)
{
    /// <summary>All of them, 2020 to 2025, out of the file that the simulator carries.</summary>
    public static IReadOnlyList<OfficialReading> All()
    {
        using var stream = typeof(OfficialReading).Assembly.GetManifestResourceStream("tam-ky-official-readings.csv")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Skip(1).Select(Read)];
    }

    static OfficialReading Read(string line)
    {
        var columns = line.Split(',');
        var at = OffsetDateTimePattern.ExtendedIso.Parse(columns[0]).Value.ToInstant();
        return new OfficialReading(at, columns[1], decimal.Parse(columns[2], CultureInfo.InvariantCulture));
    }
}
