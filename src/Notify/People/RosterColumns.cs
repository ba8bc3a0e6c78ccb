namespace CanhLu.Notify;

/// <summary>The columns of a roster file: their names, in the order in which they are written, and the headings by which they are found (without marks, in lower case).</summary>
static class RosterColumns
{
    static readonly (string Column, string[] Headings)[] Known =
    [
        ("name", ["name", "ten", "ho ten", "ho va ten"]),
        ("phone", ["phone", "so dien thoai", "dien thoai", "sdt", "di dong"]),
        ("ward_code", ["ward_code", "ward code", "ma phuong", "phuong", "ma xa", "ma phuong xa"]),
        ("hamlet", ["hamlet", "thon", "to dan pho", "khoi pho", "khu pho", "thon to"]),
        ("language", ["language", "ngon ngu"]),
        ("lowest_level", ["lowest_level", "lowest level", "muc thap nhat", "bao dong thap nhat", "muc"]),
        ("ground_height_m", ["ground_height_m", "ground height", "cao do nen", "cao do", "do cao nen", "cao do nen (m)"]),
        ("river_km", ["river_km", "river km", "ly trinh", "km song", "ly trinh (km)"]),
        ("lat", ["lat", "latitude", "vi do"]),
        ("lon", ["lon", "lng", "long", "longitude", "kinh do"]),
        ("carriers", ["carriers", "carrier", "kenh", "kenh nhan tin"]),
        ("consent", ["consent", "dong y", "su dong y"]),
        ("consent_at", ["consent_at", "ngay dong y"]),
        ("opted_out_at", ["opted_out_at", "ngay tu choi"]),
    ];

    /// <summary>Their names, in the order in which they are written.</summary>
    public static IEnumerable<string> Names => Known.Select(column => column.Column);

    /// <summary>The column that a heading means; null when it means none.</summary>
    public static string? Of(string heading)
    {
        var plain = Unaccented.Of(heading).Trim().ToLowerInvariant();
        return Array.Find(Known, column => column.Headings.Contains(plain)).Column;
    }
}
