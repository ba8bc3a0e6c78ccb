using System.Globalization;
using System.Text.Json;
using CanhLu.Backtest;
using CanhLu.Duty;

namespace CanhLu.Host.Afterwards;

/// <summary>Says in words what an audit entry keeps.</summary>
static class DeedWords
{
    static readonly Dictionary<string, (string Vi, string En)> Actions = new(StringComparer.Ordinal)
    {
        ["opened"] = ("bắt đầu", "began"),
        ["rose"] = ("lên mức cao hơn", "rose"),
        ["fell"] = ("xuống mức thấp hơn", "fell"),
        ["ended"] = ("kết thúc", "ended"),
        ["acknowledged"] = ("đã được xem", "was acknowledged"),
        ["commented"] = ("được ghi chú", "was commented on"),
        ["assigned"] = ("được giao", "was assigned"),
        ["shelved"] = ("được gác lại", "was put aside"),
        ["unshelved"] = ("được đưa trở lại", "was taken back"),
        ["better borne out"] = ("có thêm bằng chứng", "was better borne out"),
        ["kept quiet"] = ("được giữ yên lặng", "was kept quiet"),
        ["spoke again"] = ("hết yên lặng", "was no longer kept quiet"),
        ["told nobody"] = ("không báo cho ai", "told nobody"),
        ["proposed"] = ("được đề xuất", "was proposed"),
        ["approved"] = ("được duyệt", "was approved"),
        ["declined"] = ("bị từ chối", "was declined"),
        ["withdrew"] = ("được rút lại", "was withdrawn"),
        ["approved first"] = ("được người thứ nhất duyệt", "was approved by the first of two"),
        ["asked"] = ("được hỏi người trực", "was put to an officer"),
        ["heard"] = ("được người trực xác nhận", "was acknowledged by an officer"),
        ["escalated"] = ("được chuyển lên người tiếp theo", "was passed to the next person"),
        ["edited"] = ("được sửa", "was edited"),
        ["stopped"] = ("bị dừng gửi", "was stopped"),
        ["expired"] = ("hết hạn", "expired"),
        ["decided"] = ("được phát", "was decided"),
        ["decided old news"] = ("được ghi lại, quá muộn để gửi", "was recorded, too late to be sent"),
    };

    static readonly Dictionary<string, (string Vi, string En)> Subjects = new(StringComparer.Ordinal)
    {
        ["episode"] = ("Báo động", "Alarm"),
        ["proposal"] = ("Đề xuất", "Proposal"),
        ["bulletin"] = ("Bản tin", "Bulletin"),
    };

    /// <summary>What was done: <c>Bản tin #3 được phát</c>. Words of later versions stand as they are.</summary>
    public static (string Vi, string En) What(AuditEntry entry, Aftermath after) =>
        What(entry, after.Site, number => after.Episodes.FirstOrDefault(one => one.Id.ToString(CultureInfo.InvariantCulture) == number));

    /// <summary>The same, of whatever entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="site">The site in force.</param>
    /// <param name="episodeOf">The alarm of a number.</param>
    public static (string Vi, string En) What(AuditEntry entry, Site site, Func<string, Episode?> episodeOf)
    {
        var (kind, number) = entry.Subject.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash
            ? (entry.Subject[..slash], entry.Subject[(slash + 1)..])
            : (entry.Subject, "");
        var (subject, action) = (Subjects.GetValueOrDefault(kind, (kind, kind)), Actions.GetValueOrDefault(entry.Action, (entry.Action, entry.Action)));
        var alarm = kind == "episode" && episodeOf(number) is { } episode ? Alarm(episode, site) : ("", "");
        return ($"{subject.Item1} #{number}{alarm.Item1} {action.Item1}", $"{subject.Item2} #{number}{alarm.Item2} {action.Item2}");
    }

    static (string, string) Alarm(Episode episode, Site site)
    {
        var place = site.StationOf(episode.Subject)?.Name ?? site.Devices.GetValueOrDefault(episode.Subject)?.Name ?? episode.Subject;
        return ($" ({site.Rules.FirstOrDefault(rule => rule.Id == episode.Rule)?.Name ?? episode.Rule}, {place})", $" ({episode.Rule}, {place})");
    }

    /// <summary>Who did it.</summary>
    public static (string Vi, string En) Who(string who) => who == AuditEntry.Auto ? ("tự động", "automatic") : (who, who);

    /// <summary>What was so then: the level, the stage, the reason, the note.</summary>
    public static (string Vi, string En) Facts(AuditEntry entry)
    {
        if (entry.After is null)
            return ("", "");
        using var document = JsonDocument.Parse(entry.After);
        var (vi, en) = (new List<string>(), new List<string>());
        if (Of("level") is { } level && level != "None")
            Add($"mức {level}", $"level {level}");
        if (document.RootElement.TryGetProperty("stage_mm", out var stage) && stage.ValueKind == JsonValueKind.Number)
            Add(Numbers.Decimal(stage.GetDouble() / 1000, "0.00", "vi") + " m", Numbers.Decimal(stage.GetDouble() / 1000, "0.00", "en") + " m");
        foreach (var name in (ReadOnlySpan<string>)["reason", "note", "quiet"])
            if (Of(name) is { } text)
                Add(text, text);
        return (string.Join(" · ", vi), string.Join(" · ", en));

        string? Of(string name) => document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

        void Add(string one, string other)
        {
            vi.Add(one);
            en.Add(other);
        }
    }
}
