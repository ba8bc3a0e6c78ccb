using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace CanhLu.Notify;

/// <summary>A roster as CSV in UTF-8, separated by commas or semicolons, columns in any order: <c>name,phone,ward_code</c> and any of <see cref="RosterColumns"/>.</summary>
/// <remarks>Vietnamese headings are read too (<c>Họ tên; Số điện thoại; Mã phường; Thôn; Cao độ nền; Lý trình…</c>). An empty cell says nothing: of somebody new it leaves what is
/// usual (<c>vi</c>, level I), of somebody known what is so. A value that cannot be read in a column that telling does not depend on is left out and said; the line counts.</remarks>
sealed class RosterFile
{
    /// <summary>So that the rank of a recipient has room for the distance.</summary>
    const decimal LongestRiverKm = 999.999m;

    /// <summary>Nobody agreed before or after; and an offset would carry the first or last year of all out of time.</summary>
    const int FirstYear = 1900, LastYear = 2200;

    static readonly string[] Needed = ["name", "phone", "ward_code"];

    static readonly LocalDatePattern[] Days = [LocalDatePattern.Iso, LocalDatePattern.CreateWithInvariantCulture("d/M/uuuu")];

    readonly Dictionary<string, int> _columns;
    readonly char _separator;
    readonly int _width;
    readonly Site _site;

    RosterFile(IReadOnlyList<CsvLine> lines, int width, char separator, Dictionary<string, int> columns, IReadOnlyList<string> unknown, Site site)
    {
        Lines = lines;
        (_width, _separator) = (width, separator);
        _columns = columns;
        Unknown = unknown;
        _site = site;
    }

    /// <summary>The lines below the header.</summary>
    public IReadOnlyList<CsvLine> Lines { get; }

    /// <summary>Headings that mean no column of a roster: what stands below them is not read.</summary>
    public IReadOnlyList<string> Unknown { get; }

    /// <exception cref="NotARosterException">There is no header with at least name, phone and ward code, or the file is not UTF-8.</exception>
    public static RosterFile Open(TextReader reader, Site site)
    {
        var text = reader.ReadToEnd().TrimStart('\uFEFF');
        // What a reader of UTF-8 puts in the place of what is none: a name with it would be wrong for ever.
        if (text.IndexOf('\uFFFD', StringComparison.Ordinal) is >= 0 and var spoilt)
            throw new NotARosterException($"The file is not UTF-8 (line {text.AsSpan(0, spoilt).Count('\n') + 1}): save it as CSV UTF-8.");
        var header = text.AsSpan(0, text.AsSpan().IndexOf('\n') is var end and >= 0 ? end : text.Length);
        var separator = header.Count(';') > header.Count(',') ? ';' : ',';
        var lines = CsvLine.Read(new StringReader(text), separator).ToList();
        if (lines.Count == 0)
            throw new NotARosterException("The file is empty.");
        var (columns, unknown) = (new Dictionary<string, int>(), new List<string>());
        for (var i = 0; i < lines[0].Fields.Count; i++)
        {
            var heading = lines[0].Fields[i];
            if ((RosterColumns.Of(heading) is not { } known || !columns.TryAdd(known, i)) && heading.Length > 0)
                unknown.Add(heading);
        }
        var missing = Needed.Where(column => !columns.ContainsKey(column)).ToArray();
        if (missing.Length > 0)
            throw new NotARosterException($"The first line must name the columns name,phone,ward_code,language,lowest_level; it lacks {string.Join(", ", missing)}.");
        return new RosterFile(lines[1..], lines[0].Fields.Count, separator, columns, unknown, site);
    }

    /// <summary>A line as a row of the roster, or what is wrong with it.</summary>
    /// <param name="line">The line.</param>
    /// <param name="wrong">What makes the line no row.</param>
    /// <param name="leftOut">What is left out of the row.</param>
    public RosterRow? Read(CsvLine line, List<RosterRemark> wrong, List<RosterRemark> leftOut)
    {
        var before = wrong.Count;
        // Where a quotation mark is not closed, cells run on into the next lines.
        if (line.Fields.FirstOrDefault(field => field.Contains('\n', StringComparison.Ordinal) && field.Contains(_separator, StringComparison.Ordinal)) is { } runsOn)
            wrong.Add(new RosterRemark(
                line.Number, "line", runsOn[..runsOn.IndexOf('\n', StringComparison.Ordinal)].TrimEnd(), "runs on into the next lines: is a quotation mark missing?",
                "chạy sang các dòng sau: thiếu dấu ngoặc kép?"));
        var phone = Field(line, "phone") ?? "";
        if (PhoneNumber.Wrong(phone, out var number) is { } why)
            wrong.Add(new RosterRemark(line.Number, "phone", phone, why.En, why.Vi));
        var ward = Field(line, "ward_code") ?? "";
        if (!_site.Areas.ContainsKey(ward))
            wrong.Add(ward.Length == 0
                ? new RosterRemark(line.Number, "ward_code", ward, "is missing", "bị bỏ trống")
                : new RosterRemark(line.Number, "ward_code", ward, "is no area of the site", "không có trong khu vực được cấu hình"));
        var language = Field(line, "language")?.ToLowerInvariant();
        if (language is not (null or "vi" or "en"))
            wrong.Add(new RosterRemark(line.Number, "language", language, "is neither vi nor en", "không phải vi hay en"));
        var level = Level(line, wrong);
        if (wrong.Count > before)
            return null;

        if (line.Fields.Skip(_width).FirstOrDefault(field => field.Length > 0) is { } beyond)
            leftOut.Add(new RosterRemark(line.Number, "line", beyond, "stands beyond the last column: left out", "nằm ngoài cột cuối: bỏ qua"));
        var ground = Measure(line, "ground_height_m", -100, 9_000, leftOut);
        var river = Measure(line, "river_km", 0, LongestRiverKm, leftOut);
        var (latitude, longitude) = (Measure(line, "lat", 6, 24, leftOut), Measure(line, "lon", 102, 118, leftOut));
        return new RosterRow
        {
            Line = line.Number,
            Phone = number.E164,
            WardCode = ward,
            Name = Field(line, "name"),
            Hamlet = Field(line, "hamlet"),
            Language = language,
            LowestLevel = level,
            GroundMm = (int?)(ground * 1000),
            RiverM = (int?)(river * 1000),
            // Half a place is none.
            Latitude = longitude is null ? null : (double?)latitude,
            Longitude = latitude is null ? null : (double?)longitude,
            Carriers = Carriers(line, leftOut),
            Consent = Field(line, "consent"),
            ConsentAt = Moment(line, "consent_at", leftOut),
            OptedOutAt = Moment(line, "opted_out_at", leftOut),
        };
    }

    string? Field(CsvLine line, string column) =>
        _columns.TryGetValue(column, out var at) && at < line.Fields.Count && line.Fields[at].Length > 0 ? line.Fields[at] : null;

    AlarmLevel? Level(CsvLine line, List<RosterRemark> wrong)
    {
        var text = Field(line, "lowest_level");
        switch (text?.ToUpperInvariant())
        {
            case null:
                return null;
            case "I" or "1":
                return AlarmLevel.I;
            case "II" or "2":
                return AlarmLevel.II;
            case "III" or "3":
                return AlarmLevel.III;
            default:
                wrong.Add(new RosterRemark(line.Number, "lowest_level", text, "is none of I, II, III", "không phải I, II, III"));
                return null;
        }
    }

    /// <summary>A number with a point or a comma before its decimals.</summary>
    decimal? Measure(CsvLine line, string column, decimal least, decimal most, List<RosterRemark> leftOut)
    {
        if (Field(line, column) is not { } text)
            return null;
        if (decimal.TryParse(text.Replace(',', '.'), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && value >= least && value <= most)
            return value;
        leftOut.Add(new RosterRemark(
            line.Number, column, text, string.Create(CultureInfo.InvariantCulture, $"is no number from {least} to {most}: left out"),
            string.Create(CultureInfo.InvariantCulture, $"không phải số từ {least} đến {most}: bỏ qua")));
        return null;
    }

    /// <summary>One way is a wish; all of them are none.</summary>
    string? Carriers(CsvLine line, List<RosterRemark> leftOut)
    {
        if (Field(line, "carriers") is not { } text)
            return null;
        var ways = text.ToLowerInvariant().Split([' ', '+', '/', ',', ';'], StringSplitOptions.RemoveEmptyEntries).Distinct().Order(StringComparer.Ordinal).ToArray();
        switch (ways)
        {
            case ["sms"] or ["zalo"]:
                return ways[0];
            case ["sms", "zalo"] or ["any"]:
                return "";
            default:
                leftOut.Add(new RosterRemark(line.Number, "carriers", text, "is none of sms, zalo, any: left out", "không phải sms, zalo, any: bỏ qua"));
                return null;
        }
    }

    /// <summary>A day (2026-01-31, 31/1/2026), which begins at midnight in the site's zone, or a time with its offset.</summary>
    Instant? Moment(CsvLine line, string column, List<RosterRemark> leftOut)
    {
        if (Field(line, column) is not { } text)
            return null;
        if (OffsetDateTimePattern.Rfc3339.Parse(text) is { Success: true, Value: { Year: >= FirstYear and <= LastYear } moment })
            return moment.ToInstant();
        foreach (var pattern in Days)
            if (pattern.Parse(text) is { Success: true, Value: { Year: >= FirstYear and <= LastYear } day })
                return day.AtStartOfDayInZone(_site.Zone).ToInstant();
        leftOut.Add(new RosterRemark(
            line.Number, column, text, "is no day as 2026-01-31 and no time as 2026-01-31T08:00:00+07:00: left out", "không phải ngày như 31/1/2026: bỏ qua"));
        return null;
    }
}
