namespace CanhLu.Notify;

/// <summary>The people of a drill: a roster with one column more, <c>drill</c> (<c>diễn tập</c>), in which every line says yes. A roster of residents has no such column
/// and is refused whole, so that nobody is told of a drill who was not written down for one.</summary>
public static class DrillRoster
{
    static readonly string[] _headings = ["drill", "dien tap"];
    static readonly string[] _yes = ["yes", "y", "1", "x", "co"];

    /// <summary>Reads the file, and gives it on when all of it is of a drill.</summary>
    /// <exception cref="NotARosterException">The column is missing, or a line does not say yes.</exception>
    public static TextReader Checked(TextReader reader)
    {
        var text = reader.ReadToEnd().TrimStart('\uFEFF');
        var header = text.AsSpan(0, text.AsSpan().IndexOf('\n') is var end and >= 0 ? end : text.Length);
        var lines = CsvLine.Read(new StringReader(text), header.Count(';') > header.Count(',') ? ';' : ',').ToList();
        var column = lines.Count == 0 ? -1 : lines[0].Fields.ToList().FindIndex(heading => _headings.Contains(Unaccented.Of(heading).ToLowerInvariant()));
        if (column < 0)
            throw new NotARosterException("This is no roster of a drill: it needs a column drill, with yes on every line. Residents are never told of a drill.");
        foreach (var line in lines.Skip(1))
            if (column >= line.Fields.Count || !_yes.Contains(Unaccented.Of(line.Fields[column]).ToLowerInvariant()))
                throw new NotARosterException($"Line {line.Number} does not say yes under drill: nobody of this file is taken. Residents are never told of a drill.");
        return new StringReader(text);
    }
}
