using System.Text;

namespace CanhLu.Backtest.Records;

/// <summary>Where the columns of a readings file stand; other columns are passed over.</summary>
/// <param name="MeasuredAt">Column of the time.</param>
/// <param name="Station">Column of the station's or the device's id.</param>
/// <param name="Series">Column of the quantity.</param>
/// <param name="Value">Column of the value.</param>
/// <param name="Flag">Column of the flag; -1 for none.</param>
sealed record CsvHeader(int MeasuredAt, int Station, int Series, int Value, int Flag)
{
    public const string Right = "measured_at,station,series,value";
    public const int MostColumns = 32;

    /// <summary>One more than the last column that is read.</summary>
    public int Columns { get; } = 1 + Math.Max(Math.Max(Math.Max(MeasuredAt, Station), Math.Max(Series, Value)), Flag);

    /// <exception cref="RecordRefusedException">A column is missing.</exception>
    public static CsvHeader Of(ReadOnlySpan<byte> line, string file)
    {
        var text = Encoding.UTF8.GetString(line).Trim().TrimStart('\uFEFF');
        string[] columns = [.. text.Split(',').Select(column => column.Trim().Trim('"').ToLowerInvariant())];
        foreach (var wanted in (string[])["measured_at", "station", "series", "value"])
            if (!columns.Contains(wanted))
            {
                var shown = text.Length > 80 ? text[..80] + "…" : text;
                var how = text.Contains(';', StringComparison.Ordinal) || text.Contains('\t', StringComparison.Ordinal)
                    ? $"separate the columns with commas: {Right}"
                    : $"the first line must name the columns {Right} (received_at and flag may follow)";
                throw new RecordRefusedException(file, 1, text.Length == 0 ? "the header is empty" : $"the header has no column {wanted} (found {shown})", how);
            }
        if (columns.Length > MostColumns)
            throw new RecordRefusedException(file, 1, $"the header has {columns.Length} columns", $"keep it within {MostColumns}");
        int At(string column) => Array.IndexOf(columns, column);
        return new CsvHeader(At("measured_at"), At("station"), At("series"), At("value"), At("flag"));
    }
}
