using System.Globalization;
using NodaTime;

namespace CanhLu.Host.Qc;

/// <summary>One line of a file.</summary>
/// <param name="At">When it was measured.</param>
/// <param name="Series">Number of its station and series among those of the file.</param>
/// <param name="Value">As it is written; null when nothing is, or no number.</param>
/// <param name="Flag">What the file says of it; good when it does not.</param>
/// <param name="Received">When it came in, as the file says; null when it does not.</param>
readonly record struct FileReading(Instant At, int Series, double? Value, Flag Flag, Instant? Received);

/// <summary>A CSV file of readings, read line by line as often as wanted. A line that is none is counted, and the first ones are kept with their reason.</summary>
/// <param name="path">The file.</param>
/// <param name="time">Its column of times; null to find it.</param>
/// <param name="value">Its column of values; null to find it.</param>
/// <param name="station">The station where no column says one.</param>
/// <param name="series">The series where no column says one.</param>
sealed class ReadingsFile(string path, string? time, string? value, string station, string series)
{
    const int MostRemarks = 10;

    static readonly string[] TimeForms =
    [
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd' 'HH:mm:ssK", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd' 'HH:mmK",
    ];

    static readonly string[] Nothing = ["", "nan", "null", "none", "na", "-"];

    readonly Dictionary<(string Station, string Series, string Unit), int> _numbers = [];
    readonly List<(string Station, string Series, string Unit)> _series = [];
    int _line;

    /// <summary>Station and series by their number, as far as the file has been read, with the unit of the values; an empty one when the file does not say it.</summary>
    public IReadOnlyList<(string Station, string Series, string Unit)> Series => _series;

    /// <summary>Whether the file says what quality control said of its readings. Known when its first line is read.</summary>
    public bool HasFlags { get; private set; }

    /// <summary>How many lines of the last reading were no readings.</summary>
    public int Wrong { get; private set; }

    /// <summary>The first of them, each with its reason.</summary>
    public List<string> Remarks { get; } = [];

    /// <summary>Reads the file from its beginning.</summary>
    /// <param name="told">Is told how many bytes have been read, now and then.</param>
    /// <exception cref="NotReadingsException">The file has no columns of readings.</exception>
    public IEnumerable<FileReading> Read(Action<long>? told = null)
    {
        using var text = new StreamReader(path);
        if (text.ReadLine() is not { } header)
            throw new NotReadingsException($"{path} is empty. Its first line must be a header, as measured_at,station,series,value.");
        var table = ReadingsTable.Of(header, time, value);
        (Wrong, _line) = (0, 1);
        HasFlags = table.Flag >= 0;
        Remarks.Clear();
        while (text.ReadLine() is { } row)
        {
            _line++;
            if ((_line & 0xfff) == 0)
                told?.Invoke(text.BaseStream.Position);
            if (row.Length > 0 && Take(row, table, _line) is { } reading)
                yield return reading;
        }
        told?.Invoke(text.BaseStream.Position);
    }

    FileReading? Take(string row, ReadingsTable table, int line)
    {
        var cells = row.Contains('"', StringComparison.Ordinal) ? Quoted(row) : row.Split(',');
        if (cells.Length > table.Names.Count || cells.Length <= Math.Max(Math.Max(table.Time, table.Value), Math.Max(table.Station, table.Series)))
            return Refuse(line, $"has {cells.Length} columns, the header {table.Names.Count}");
        if (Time(cells[table.Time].Trim()) is not { } at)
            return Refuse(line, $"'{cells[table.Time]}' is no time with an offset, as 2025-10-29T21:00:00+07:00 or 2025-10-29T14:00:00Z");
        var written = cells[table.Value].Trim();
        double? number = null;
        if (!Nothing.Contains(written, StringComparer.OrdinalIgnoreCase))
        {
            if (!double.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) || !double.IsFinite(parsed))
                return Refuse(line, $"'{written}' is no number, as 2.68");
            number = parsed;
        }
        var flag = Flag.Good;
        if (table.Flag >= 0 && table.Flag < cells.Length && cells[table.Flag].Trim() is { Length: > 0 } said)
        {
            if (said is not ("1" or "2" or "3" or "4" or "9"))
                return Refuse(line, $"'{said}' is no flag: 1, 2, 3, 4 or 9");
            flag = (Flag)(said[0] - '0');
        }
        Instant? received = null;
        if (Optional(cells, table.Received) is { Length: > 0 } came && (received = Time(came)) is null)
            return Refuse(line, $"received_at '{came}' is no time with an offset, as 2025-10-29T21:00:00+07:00 or 2025-10-29T14:00:00Z");
        var key = (table.Station >= 0 ? cells[table.Station].Trim() : station, table.Series >= 0 ? cells[table.Series].Trim() : series, Optional(cells, table.Unit));
        if (!_numbers.TryGetValue(key, out var index))
        {
            _numbers.Add(key, index = _series.Count);
            _series.Add(key);
        }
        return new FileReading(at, index, number, flag, received);
    }

    static string Optional(string[] cells, int column) => column >= 0 && column < cells.Length ? cells[column].Trim() : "";

    static Instant? Time(string text)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var epoch))
            return text.Length <= 11 ? Instant.FromUnixTimeSeconds(epoch) : text.Length <= 14 ? Instant.FromUnixTimeMilliseconds(epoch) : null;
        // Without an offset nobody knows when that was.
        if (text.Length < 12 || !(text[^1] is 'Z' or 'z' || text.AsSpan(10).ContainsAny('+', '-')))
            return null;
        return DateTimeOffset.TryParseExact(text, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? Instant.FromDateTimeOffset(at) : null;
    }

    /// <summary>Cells in double quotes may hold commas, and two quotes for one.</summary>
    static string[] Quoted(string row)
    {
        var cells = new List<string>();
        var cell = new System.Text.StringBuilder();
        var inside = false;
        for (var i = 0; i < row.Length; i++)
        {
            if (row[i] == '"' && inside && i + 1 < row.Length && row[i + 1] == '"')
                cell.Append(row[i++]);
            else if (row[i] == '"')
                inside = !inside;
            else if (row[i] == ',' && !inside)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
                cell.Append(row[i]);
        }
        cells.Add(cell.ToString());
        return [.. cells];
    }

    /// <summary>Counts a line that whoever reads the file cannot take after all.</summary>
    public void Refuse(string reason) => Refuse(_line, reason);

    FileReading? Refuse(int line, string reason)
    {
        Wrong++;
        if (Remarks.Count < MostRemarks)
            Remarks.Add(string.Create(CultureInfo.InvariantCulture, $"line {line}: {reason}"));
        return null;
    }
}
