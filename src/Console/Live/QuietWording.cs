using System.Globalization;
using CanhLu.Duty;

namespace CanhLu.Console.Live;

/// <summary>What keeps an alarm from telling people, in a sentence of each language.</summary>
static class QuietWording
{
    /// <summary>What keeps it quiet.</summary>
    public static (string Vi, string En) Of(QuietReason reason, string by, Site site) => reason switch
    {
        QuietReason.Maintenance => ($"đang bảo trì (số {by}): tạm không nhắc", $"under maintenance (no. {by}): kept quiet"),
        QuietReason.Inhibited => ($"ẩn vì đang có: {Alarm(by, site)}", $"hidden by: {Alarm(by, site)}"),
        QuietReason.Hours => ($"ngoài giờ nhắc ({by})", $"outside its hours ({by})"),
        QuietReason.Flapping => ($"chập chờn: bắt đầu {by} lần, chờ ổn định mới nhắc", $"flapping: it began {by} times and is told when it is steady"),
        QuietReason.Shelved => ($"đã gác lại (số {by})", $"put aside (no. {by})"),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Why a person is asked.</summary>
    public static (string Vi, string En) Of(AskedBecause because) => because switch
    {
        AskedBecause.Evidence => ("hỏi người trực vì bằng chứng yếu (hạng C)", "a person is asked because the evidence is weak (grade C)"),
        AskedBecause.Maintenance => ("hỏi người trực vì trạm đang bảo trì", "a person is asked because the station is under maintenance"),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    // rule@subject
    static string Alarm(string by, Site site)
    {
        var parts = by.Split('@');
        var rule = site.Rules.FirstOrDefault(rule => rule.Id == parts[0])?.Name ?? parts[0];
        return parts.Length < 2 ? rule : string.Create(CultureInfo.InvariantCulture, $"{rule} – {site.StationOf(parts[1])?.Name ?? site.Devices.GetValueOrDefault(parts[1])?.Name ?? parts[1]}");
    }
}
