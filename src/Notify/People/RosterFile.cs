namespace CanhLu.Notify;

/// <summary>A roster as CSV in UTF-8: <c>name,phone,ward_code,language,lowest_level</c>, separated by commas or semicolons, columns in any order.</summary>
/// <remarks>Vietnamese headings are read too (<c>Họ tên; Số điện thoại; Mã phường; Ngôn ngữ; Mức thấp nhất</c>). <c>language</c> may be left out or
/// empty (<c>vi</c>), and so may <c>lowest_level</c> (<c>I</c>; also written 1, 2, 3).</remarks>
sealed class RosterFile
{
    static readonly (string Column, string[] Headings)[] Columns =
    [
        ("name", ["name", "ten", "ho ten", "ho va ten"]),
        ("phone", ["phone", "so dien thoai", "dien thoai", "sdt", "di dong"]),
        ("ward_code", ["ward_code", "ward code", "ma phuong", "phuong", "ma xa", "ma phuong xa"]),
        ("language", ["language", "ngon ngu"]),
        ("lowest_level", ["lowest_level", "lowest level", "muc thap nhat", "bao dong thap nhat", "muc"]),
    ];

    static readonly string[] Needed = ["name", "phone", "ward_code"];

    readonly Dictionary<string, int> _columns;
    readonly Site _site;

    RosterFile(IReadOnlyList<CsvLine> lines, Dictionary<string, int> columns, Site site)
    {
        Lines = lines;
        _columns = columns;
        _site = site;
    }

    /// <summary>The lines below the header.</summary>
    public IReadOnlyList<CsvLine> Lines { get; }

    /// <exception cref="NotARosterException">There is no header with at least name, phone and ward code.</exception>
    public static RosterFile Open(TextReader reader, Site site)
    {
        var text = reader.ReadToEnd().TrimStart('\uFEFF');
        var header = text.AsSpan(0, text.AsSpan().IndexOf('\n') is var end and >= 0 ? end : text.Length);
        var separator = header.Count(';') > header.Count(',') ? ';' : ',';
        var lines = CsvLine.Read(new StringReader(text), separator).ToList();
        if (lines.Count == 0)
            throw new NotARosterException("The file is empty.");
        var columns = new Dictionary<string, int>();
        for (var i = 0; i < lines[0].Fields.Count; i++)
        {
            var heading = Unaccented.Of(lines[0].Fields[i]).ToLowerInvariant();
            var known = Array.Find(Columns, column => column.Headings.Contains(heading)).Column;
            if (known is not null)
                columns.TryAdd(known, i);
        }
        var missing = Needed.Where(column => !columns.ContainsKey(column)).ToArray();
        if (missing.Length > 0)
            throw new NotARosterException($"The first line must name the columns name,phone,ward_code,language,lowest_level; it lacks {string.Join(", ", missing)}.");
        return new RosterFile(lines[1..], columns, site);
    }

    /// <summary>A line as a row of the roster, or what is wrong with it.</summary>
    public RosterRow? Read(CsvLine line, List<RosterRemark> wrong)
    {
        var before = wrong.Count;
        var phone = Field(line, "phone");
        if (!PhoneNumber.TryRead(phone, out var number, out var reason))
            wrong.Add(new RosterRemark(line.Number, "phone", phone, phone.Length == 0 ? "is missing" : reason));
        var ward = Field(line, "ward_code");
        if (!_site.Areas.ContainsKey(ward))
            wrong.Add(new RosterRemark(line.Number, "ward_code", ward, ward.Length == 0 ? "is missing" : "is no area of the site"));
        var language = Field(line, "language") is { Length: > 0 } written ? written.ToLowerInvariant() : "vi";
        if (language is not ("vi" or "en"))
            wrong.Add(new RosterRemark(line.Number, "language", language, "is neither vi nor en"));
        var level = Level(Field(line, "lowest_level"));
        if (level is null)
            wrong.Add(new RosterRemark(line.Number, "lowest_level", Field(line, "lowest_level"), "is none of I, II, III"));
        return wrong.Count > before ? null : new RosterRow(line.Number, number.E164, Field(line, "name"), ward, language, level!.Value);
    }

    string Field(CsvLine line, string column) =>
        _columns.TryGetValue(column, out var at) && at < line.Fields.Count ? line.Fields[at] : "";

    static AlarmLevel? Level(string text) => text.ToUpperInvariant() switch
    {
        "" or "I" or "1" => AlarmLevel.I,
        "II" or "2" => AlarmLevel.II,
        "III" or "3" => AlarmLevel.III,
        _ => null,
    };
}

/// <summary>A good line of a roster file.</summary>
sealed record RosterRow(int Line, string Phone, string Name, string WardCode, string Language, AlarmLevel LowestLevel);
