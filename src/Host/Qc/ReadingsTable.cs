using System.Globalization;

namespace CanhLu.Host.Qc;

/// <summary>Why a file is no table of readings, in one sentence with its remedy.</summary>
sealed class NotReadingsException(string message) : Exception(message);

/// <summary>Which column of a file holds what.</summary>
/// <param name="Time">When it was measured.</param>
/// <param name="Value">The value.</param>
/// <param name="Station">The station; -1 when the file is of one station.</param>
/// <param name="Series">The series; -1 when the file is of one series.</param>
/// <param name="Flag">What the decoder said of it; -1 when it is not told.</param>
/// <param name="Received">When it came in; -1 when it is not told.</param>
/// <param name="Unit">The unit of the value; -1 when it is not told.</param>
/// <param name="Names">The header as it is written.</param>
sealed record ReadingsTable(int Time, int Value, int Station, int Series, int Flag, int Received, int Unit, IReadOnlyList<string> Names)
{
    static readonly string[] Times = ["measured_at", "time", "timestamp", "datetime", "date_time", "date"];

    static readonly string[] Values =
    [
        "value", "stage_m", "stage", "water_level", "level", "sea_surface_height_above_sea_level", "sea_surface_height_above_geoid",
        "water_surface_height_above_reference_datum", "gage_height",
    ];

    /// <summary>Finds the columns in a header: by the names that were given, else by those that are usual.</summary>
    /// <exception cref="NotReadingsException">A column is not there; the message lists those that are.</exception>
    public static ReadingsTable Of(string header, string? time, string? value)
    {
        var names = header.TrimStart('\ufeff').Split(',').Select(name => name.Trim().Trim('"')).ToArray();
        return new ReadingsTable(
            Column(names, time, Times, "time", "--time-column"), Column(names, value, Values, "value", "--value-column"),
            Index(names, "station"), Index(names, "series"), Index(names, "flag"), Index(names, "received_at"), Index(names, "unit"), names);
    }

    static int Column(string[] names, string? given, string[] usual, string what, string option)
    {
        var found = (given is null ? usual : [given]).Select(name => Index(names, name)).FirstOrDefault(index => index >= 0, -1);
        return found >= 0 ? found : throw new NotReadingsException(
            (given is null ? $"No column of the file is known as its {what}" : $"The file has no column '{given}'")
            + string.Create(CultureInfo.InvariantCulture, $". Name it with {option}; the columns are: {string.Join(", ", names)}"));
    }

    static int Index(string[] names, string name) => Array.FindIndex(names, one => one.Equals(name, StringComparison.OrdinalIgnoreCase));
}
