namespace CanhLu.Notify.Cap;

/// <summary>The few words of an alert that no template of the site has: what happens, the headline, and the mark of what is not meant.</summary>
static class CapWords
{
    /// <summary>What happens: <c>Lũ trên sông Tam Kỳ</c>.</summary>
    public static string Event(Bulletin bulletin, Site site, string language)
    {
        var station = site.StationOf(bulletin.Station);
        var (river, place) = (station?.River ?? bulletin.Station, station?.Name ?? bulletin.Station);
        return (bulletin.Cause, language) switch
        {
            (Cause.Threshold, "vi") => $"Lũ trên sông {river}",
            (Cause.Threshold, _) => $"Flood on the {river} river",
            (Cause.Rate, "vi") => $"Nước sông {river} lên nhanh",
            (Cause.Rate, _) => $"Fast rise of the {river} river",
            (Cause.Forecast, "vi") => $"Dự báo lũ trên sông {river}",
            (Cause.Forecast, _) => $"Flood expected on the {river} river",
            (Cause.Release, "vi") => $"Xả nước hồ {bulletin.Outflow?.Reservoir ?? river}",
            (Cause.Release, _) => $"Release of {bulletin.Outflow?.Reservoir ?? river} reservoir",
            (Cause.Announcement, "vi") => $"Tin về sông {river}",
            (Cause.Announcement, _) => $"News of the {river} river",
            (_, "vi") => $"Cảnh báo tại trạm {place}",
            _ => $"Warning at {place} station",
        };
    }

    /// <summary>One line: <c>Báo động III: Lũ trên sông Tam Kỳ</c>.</summary>
    public static string Headline(Bulletin bulletin, string happening, string language) => (bulletin.Kind, bulletin.Cause, language) switch
    {
        (BulletinKind.AllClear, _, "vi") => $"Hết cảnh báo: {happening}",
        (BulletinKind.AllClear, _, _) => $"All clear: {happening}",
        (_, Cause.Threshold, "vi") => $"Báo động {bulletin.Level}: {happening}",
        (_, Cause.Threshold, _) => $"Alarm level {bulletin.Level}: {happening}",
        (BulletinKind.Announcement, _, "vi") => $"Thông báo: {happening}",
        (BulletinKind.Announcement, _, _) => $"Announcement: {happening}",
        (_, _, "vi") => $"Cảnh báo: {happening}",
        _ => $"Warning: {happening}",
    };

    /// <summary>The headline of what is taken back.</summary>
    public static string Withdrawn(string headline, string language) => language == "vi" ? $"Đã thu hồi: {headline}" : $"Withdrawn: {headline}";

    /// <summary>What one who reads that must know: it is no all-clear.</summary>
    public static string WithdrawnBecause(string language) => language == "vi"
        ? "Trực ban đã thu hồi bản tin này. Đây không phải tin báo yên: xin theo dõi bản tin tiếp theo."
        : "The duty officer has withdrawn this message. This is no all-clear: please watch for the next one.";

    /// <summary>A text with the mark in front that nobody can overlook, unless it is meant.</summary>
    public static string Marked(string text, CapStatus status, string language) => (status, language) switch
    {
        (CapStatus.Exercise, "vi") => $"[DIỄN TẬP] {text}",
        (CapStatus.Exercise, _) => $"[EXERCISE] {text}",
        (CapStatus.Test, "vi") => $"[THỬ] {text}",
        (CapStatus.Test, _) => $"[TEST] {text}",
        _ => text,
    };
}
