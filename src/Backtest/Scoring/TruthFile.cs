using System.Text;
using CanhLu.Backtest.Records;
using NodaTime;

namespace CanhLu.Backtest.Scoring;

/// <summary>A file of what really was: <c>station,level,begins_at,ends_at</c>.</summary>
public static class TruthFile
{
    const string Header = "station,level,begins_at,ends_at";

    /// <summary>Reads a file.</summary>
    /// <exception cref="RecordRefusedException">It is missing, or wrong somewhere.</exception>
    public static IReadOnlyList<TruthEvent> Read(string path)
    {
        if (!File.Exists(path))
            throw new RecordRefusedException(path, "there is no such file", $"give a CSV file with the header {Header}");
        return Of(path, File.ReadLines(path));
    }

    /// <summary>Reads the lines of a file.</summary>
    /// <param name="path">What the file is called, for whoever is told that it is wrong.</param>
    /// <param name="lines">Its lines.</param>
    /// <exception cref="RecordRefusedException">It is wrong somewhere.</exception>
    public static IReadOnlyList<TruthEvent> Of(string path, IEnumerable<string> lines)
    {
        var events = new List<TruthEvent>();
        int[]? columns = null;
        var line = 0;
        foreach (var text in lines)
        {
            line++;
            if (text.Trim().Length == 0)
                continue;
            string[] fields = [.. text.TrimStart('\uFEFF').Split(',').Select(field => field.Trim().Trim('"'))];
            if (columns is null)
                columns = Columns(path, line, fields);
            else
                events.Add(Event(path, line, fields, columns));
        }
        return columns is null ? throw new RecordRefusedException(path, "the file is empty", $"its first line must be {Header}") : events;
    }

    static int[] Columns(string path, int line, string[] fields)
    {
        int[] columns = [.. Header.Split(',').Select(name => Array.FindIndex(fields, field => field.Equals(name, StringComparison.OrdinalIgnoreCase)))];
        return columns.Contains(-1)
            ? throw new RecordRefusedException(path, line, $"the header is {string.Join(',', fields)}", $"write {Header}")
            : columns;
    }

    static TruthEvent Event(string path, int line, string[] fields, int[] columns)
    {
        if (fields.Length <= columns.Max())
            throw new RecordRefusedException(path, line, $"the line has {fields.Length} columns", $"it needs {Header}");
        var level = fields[columns[1]] switch
        {
            "I" or "1" => AlarmLevel.I,
            "II" or "2" => AlarmLevel.II,
            "III" or "3" => AlarmLevel.III,
            var other => throw new RecordRefusedException(path, line, $"level {(other.Length == 0 ? "(empty)" : other)} is none", "write I, II or III"),
        };
        var (begins, ends) = (Time(fields[columns[2]], "begins_at"), Time(fields[columns[3]], "ends_at"));
        return ends >= begins
            ? new TruthEvent(fields[columns[0]], level, begins, ends)
            : throw new RecordRefusedException(path, line, "ends_at lies before begins_at", "change them over");

        Instant Time(string text, string column) => new TimeText().Read(Encoding.UTF8.GetBytes(text), out var ticks) is { } wrong
            ? throw new RecordRefusedException(path, line, $"{column} {(text.Length == 0 ? "(empty)" : text)} {wrong}", "write it like 2025-10-29T21:00:00+07:00")
            : Instant.FromUnixTimeTicks(ticks);
    }
}
