using System.Globalization;
using System.Text;
using NodaTime;

namespace CanhLu.Backtest.Records;

/// <summary>A tab-delimited file of the U.S. Geological Survey's water services: gage height (parameter 00065) in feet, in local time with its zone.</summary>
/// <remarks>Form: USGS, "Tab-delimited (RDB) format". Comments open with <c>#</c>; a header is followed by a line of column widths; files of several sites repeat both.</remarks>
/// <param name="path">The file.</param>
/// <param name="keys">What may be read of it.</param>
/// <param name="station">The station that it is judged as; null when the site has one of the gauge's own number.</param>
sealed class RdbRecord(string path, SeriesKeys keys, string? station) : IRecord
{
    const int PageLength = 4_096;

    // Hours from UTC of the zones in which USGS reports.
    static readonly Dictionary<string, int> Zones = new(StringComparer.Ordinal)
    {
        ["UTC"] = 0,
        ["GMT"] = 0,
        ["AST"] = -4,
        ["ADT"] = -3,
        ["EST"] = -5,
        ["EDT"] = -4,
        ["CST"] = -6,
        ["CDT"] = -5,
        ["MST"] = -7,
        ["MDT"] = -6,
        ["PST"] = -8,
        ["PDT"] = -7,
        ["AKST"] = -9,
        ["AKDT"] = -8,
        ["HST"] = -10,
        ["SST"] = -11,
        ["GST"] = 10,
    };

    readonly Dictionary<string, long> _unknown = [];

    public string Name => Path.GetFileName(path);

    public IReadOnlyList<UnknownSeries> Unknown => [.. _unknown.Select(one => new UnknownSeries(one.Key, Device.StageQuantity, one.Value))];

    public Task ReadAsync(PageTaker page, CancellationToken cancellation)
    {
        using var file = new StreamReader(path);
        var readings = new Reading[PageLength];
        var (count, line, last) = (0, 0L, Instant.MinValue);
        string[]? columns = null;
        var (site, when, zone, height) = (-1, -1, -1, -1);
        while (file.ReadLine() is { } text)
        {
            line++;
            if (text.Length == 0 || text[0] == '#')
                continue;
            var fields = text.Split('\t');
            if (fields[0] == "agency_cd")
            {
                columns = fields;
                (site, when, zone) = (Column("site_no"), Column("datetime"), Column("tz_cd"));
                height = Array.FindIndex(columns, column => column.EndsWith("_00065", StringComparison.Ordinal));
                if (height < 0)
                    throw Wrong("it has no gage height", "ask the water services for parameterCd=00065");
                file.ReadLine();
                line++;
                continue;
            }
            if (columns is null)
                throw Wrong("a row stands before the header", "begin with the header that opens with agency_cd");
            if (fields.Length <= Math.Max(Math.Max(site, when), Math.Max(zone, height)))
                throw Wrong($"the line has {fields.Length} columns", $"the header has {columns.Length}");
            var id = Judged(fields[site]);
            if (id.Value == 0)
                continue;
            var at = At(fields[when], fields[zone]);
            if (at < last)
                throw Wrong($"{fields[when]} {fields[zone]} lies before the line above", "give one gauge a file, in the order of time");
            last = at;
            var isMissing = ValueText.ReadFeet(Encoding.ASCII.GetBytes(fields[height]), out var millimetres) is not null || double.IsNaN(millimetres);
            readings[count++] = new Reading(id, at, at, isMissing ? 0 : millimetres, isMissing ? Flag.Missing : keys[id].FlagOf(millimetres));
            if (count == PageLength)
            {
                cancellation.ThrowIfCancellationRequested();
                page(readings, (double)file.BaseStream.Position / file.BaseStream.Length);
                count = 0;
            }
        }
        if (columns is null)
            throw new RecordRefusedException(path, "it has no header", "a file of USGS opens with comments and the header agency_cd, site_no, datetime, tz_cd…");
        page(readings.AsSpan(0, count), 1);
        return Task.CompletedTask;

        int Column(string name) => Array.IndexOf(columns!, name) is >= 0 and var found
            ? found : throw Wrong($"the header has no column {name}", "take the instantaneous values (iv), not the daily ones");

        Instant At(string local, string code)
        {
            if (!Zones.TryGetValue(code, out var hours))
                throw Wrong($"tz_cd {code} is no zone that is known", $"known are {string.Join(", ", Zones.Keys)}");
            return DateTime.TryParseExact(local, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) && time.Year is >= 1800 and <= 2200
                ? LocalDateTime.FromDateTime(time).WithOffset(Offset.FromHours(hours)).ToInstant()
                : throw Wrong($"datetime {local} is no time", "write it like 2014-01-01 00:15");
        }

        RecordRefusedException Wrong(string wrong, string remedy) => new(path, line, wrong, remedy);
    }

    SeriesId Judged(string number)
    {
        var id = keys.Find(station ?? number, Device.StageQuantity);
        if (id.Value == 0)
            _unknown[station ?? number] = _unknown.GetValueOrDefault(station ?? number) + 1;
        return id;
    }
}
