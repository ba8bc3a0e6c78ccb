using System.Text;
using NodaTime;

namespace CanhLu.Backtest.Records;

/// <summary>Turns whole lines of bytes into readings. One at a time uses it; nothing is allocated for a line.</summary>
/// <remarks>A reading counts as received when it was measured: what an archive or a file says of its arrival may be the day of an import.</remarks>
sealed class CsvParser(CsvHeader header, SeriesKeys keys)
{
    readonly NameTable _names = new(keys);
    TimeText _times;

    public IEnumerable<UnknownSeries> Unknown => _names.Unknown();

    /// <summary>Reads a block into a page, up to the first line that is wrong.</summary>
    public void Parse(ReadOnlySpan<byte> block, CsvPage page)
    {
        Span<int> ends = stackalloc int[CsvHeader.MostColumns];
        while (block.Length > 0)
        {
            var end = block.IndexOf((byte)'\n');
            var line = end < 0 ? block : block[..end];
            block = end < 0 ? [] : block[(end + 1)..];
            if (line.Length > 0 && line[^1] == '\r')
                line = line[..^1];
            if (line.Length > 0 && !Parse(line, ends, page))
                return;
            page.Lines++;
        }
    }

    bool Parse(ReadOnlySpan<byte> line, Span<int> ends, CsvPage page)
    {
        var from = 0;
        for (var column = 0; column < header.Columns; column++)
        {
            var comma = line[from..].IndexOf((byte)',');
            if (comma < 0 && column < header.Columns - 1)
                return Wrong(page, $"the line has {column + 1} columns", $"it needs at least {header.Columns}, as the header has them");
            ends[column] = comma < 0 ? line.Length : from + comma;
            from = ends[column] + 1;
        }

        var time = Field(line, ends, header.MeasuredAt);
        if (_times.Read(time, out var ticks) is { } wrong)
            return Wrong(page, $"measured_at {Shown(time)} {wrong}", wrong == TimeText.NoOffset
                ? $"write the offset too: {Shown(time)}+07:00" : "write it like 2025-10-29T21:00:00+07:00");
        if (ticks < page.Last)
            return Wrong(page, $"measured_at {Shown(time)} lies before the line above", CsvRecord.SortRemedy);
        if (page.First == long.MaxValue)
            page.First = ticks;
        page.Last = ticks;

        var station = Field(line, ends, header.Station);
        var series = Field(line, ends, header.Series);
        if (!_names.TryFind(station, series, out var place))
        {
            if (station.Length == 0 || series.Length == 0)
                return Wrong(page, station.Length == 0 ? "the station is empty" : "the series is empty", "write the station's id and the quantity: tam-ky,stage");
            _names.Add(station, series, default);
            _names.TryFind(station, series, out place);
        }
        var id = _names[place];
        if (id.Value == 0)
        {
            _names.Pass(place);
            return true;
        }

        var key = keys[id];
        var written = Field(line, ends, header.Value);
        if ((key.IsStage ? ValueText.ReadMetres(written, out var value) : ValueText.Read(written, out value)) is { } bad)
            return Wrong(page, $"value {Shown(written)} {bad}", key.IsStage ? "write the stage in metres, with a point: 2.68" : "write digits, with a point for decimals");
        var flag = double.IsNaN(value) ? Flag.Missing : key.FlagOf(value);
        if (header.Flag >= 0 && Field(line, ends, header.Flag) is { Length: > 0 } given && flag != Flag.Missing)
        {
            if (given.Length != 1 || given[0] is not ((>= (byte)'1' and <= (byte)'4') or (byte)'9'))
                return Wrong(page, $"flag {Shown(given)} is none", "write 1 good, 2 not evaluated, 3 suspect, 4 fail or 9 missing");
            flag = (Flag)(given[0] - '0');
        }
        var at = Instant.FromUnixTimeTicks(ticks);
        page.Add(new Reading(id, at, at, double.IsNaN(value) ? 0 : value, flag));
        return true;
    }

    static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> line, ReadOnlySpan<int> ends, int column)
    {
        var from = column == 0 ? 0 : ends[column - 1] + 1;
        var field = line[from..ends[column]];
        while (field.Length > 0 && field[0] == ' ')
            field = field[1..];
        while (field.Length > 0 && field[^1] == ' ')
            field = field[..^1];
        return field.Length >= 2 && field[0] == '"' && field[^1] == '"' ? field[1..^1] : field;
    }

    static string Shown(ReadOnlySpan<byte> field)
    {
        var text = Encoding.UTF8.GetString(field.Length > 60 ? field[..60] : field);
        return string.Concat(text.Select(letter => char.IsControl(letter) ? '\uFFFD' : letter)) is { Length: > 0 } shown ? shown : "(empty)";
    }

    static bool Wrong(CsvPage page, string wrong, string remedy)
    {
        page.Fault = (page.Lines, wrong, remedy);
        return false;
    }
}
