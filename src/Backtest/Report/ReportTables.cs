using System.Globalization;
using CanhLu.Backtest.Scoring;

namespace CanhLu.Backtest.Report;

/// <summary>The report's tables: scores, rules, and the timeline of alarms.</summary>
static class ReportTables
{
    const int MostAlarms = 500;

    public static void Write(Html html, Verdict verdict)
    {
        if (!verdict.Tried.Scores.IsEmpty)
            Scores(html, verdict);
        Rules(html, verdict);
        Alarms(html, verdict);
    }

    static void Scores(Html html, Verdict verdict)
    {
        html.Raw($"<h2>").Both("Chấm điểm", "Scores").Raw($"</h2><div class=\"sheet\"><table>").Heads(
            ("Quy tắc", "Rules", ""), ("Mức", "Level", ""), ("Khớp", "Hits", "n"), ("Sót", "Misses", "n"), ("Nhầm", "False", "n"), ("POD", "POD", "n"), ("FAR", "FAR", "n"),
            ("CSI", "CSI", "n"), ("Báo trước, trung vị", "Lead, median", "n"), ("Ít nhất", "Worst", "n"));
        foreach (var score in verdict.Tried.Scores)
            Row("Cùng nhau", "Together", score, "lead");
        foreach (var rule in verdict.Tried.Rules)
            foreach (var score in rule.Scores.Where(score => score.Hits + score.FalseAlarms > 0))
                Row(rule.Rule.Name, rule.Rule.Id, score, "");
        if (verdict.InForce is { } other)
            foreach (var score in other.Scores)
                Row("Đang dùng", "In force", score, "soft");
        html.Raw($"</table></div>");
        if (verdict.Tried.Scores.Sum(score => score.Outside) is > 0 and var outside)
            html.Raw($"<p>").Both($"{outside} trận nằm ngoài số liệu nên không chấm.", $"{outside} events lie outside the record and are not scored.").Raw($"</p>");

        void Row(string vi, string en, Score score, string kind)
        {
            html.Raw($"<tr class=\"{kind}\">").CellBoth(vi, en).Raw($"<td>{Badge(score.Level)}</td>").Cell(Count(score.Hits), "n").Cell(Count(score.Misses), "n").Cell(Count(score.FalseAlarms), "n");
            foreach (var share in (double?[])[score.Pod, score.Far, score.Csi])
                html.CellBoth(Numbers.Decimal(share, "0.00", "vi"), Numbers.Decimal(share, "0.00", "en"), "n");
            foreach (var lead in (NodaTime.Duration?[])[score.MedianLead, score.WorstLead])
                html.CellBoth(Numbers.Lead(lead, "vi"), Numbers.Lead(lead, "en"), "n");
            html.Raw($"</tr>");
        }
    }

    static void Rules(Html html, Verdict verdict)
    {
        html.Raw($"<h2>").Both("Từng quy tắc", "Rule by rule").Raw($"</h2><div class=\"sheet\"><table>").Heads(
            ("Quy tắc", "Rule", ""), ("Mã", "Id", ""), ("Xử lý", "Policy", ""), ("Lần báo", "Alarms", "n"), ("Mỗi năm-trạm", "A station-year", "n"));
        foreach (var rule in verdict.Tried.Rules)
        {
            var (vi, en) = rule.Rule.Policy switch
            {
                _ when rule.Rule.IsShadow => ("đang thử, không báo ai", "on trial, tells nobody"),
                Policy.Auto => ("báo dân ngay", "tells at once"),
                Policy.Ask => ("trực ban duyệt", "an officer decides"),
                _ => ("chỉ trực ban thấy", "desk only"),
            };
            html.Raw($"<tr>").Cell(rule.Rule.Name).Cell(rule.Rule.Id).CellBoth(vi, en).Cell(Count(rule.Alarms), "n")
                .CellBoth(Numbers.Decimal(rule.AlarmsPerStationYear, "0.0", "vi"), Numbers.Decimal(rule.AlarmsPerStationYear, "0.0", "en"), "n").Raw($"</tr>");
        }
        html.Raw($"</table></div>");
    }

    static void Alarms(Html html, Verdict verdict)
    {
        var (site, alarms) = (verdict.Tried.Site, verdict.Tried.Alarms);
        html.Raw($"<h2>").Both("Diễn biến báo động", "Timeline of alarms").Raw($"</h2>");
        if (alarms.Count == 0)
        {
            html.Raw($"<p>").Both("Không quy tắc nào báo động.", "No rule would have raised an alarm.").Raw($"</p>");
            return;
        }
        html.Raw($"<details{(alarms.Count <= 40 ? " open" : "")}><summary>").Both($"{alarms.Count} lần thay đổi", $"{alarms.Count} changes").Raw($"</summary><div class=\"sheet\"><table>")
            .Heads(("Lúc", "At", ""), ("Nơi", "Where", ""), ("Quy tắc", "Rule", ""), ("Từ", "From", ""), ("Đến", "To", ""), ("Mực nước", "Stage", "n"), ("Tốc độ", "Rate", "n"));
        foreach (var alarm in alarms.Take(MostAlarms))
        {
            var water = alarm.Cause is not (Cause.Silence or Cause.Limit);
            html.Raw($"<tr>").Cell(HtmlReport.Time(site, alarm.Since)).Cell(site.StationOf(alarm.Key.Subject)?.Name ?? alarm.Key.Subject).Cell(alarm.Key.Rule)
                .Raw($"<td>{Badge(alarm.From)}</td><td>{Badge(alarm.Level)}</td>");
            if (water)
            {
                var (metres, rate) = (alarm.Evidence.Value / 1000, (double?)alarm.Rate?.MetresPerHour);
                html.CellBoth(Numbers.Decimal(metres, "0.00", "vi") + " m", Numbers.Decimal(metres, "0.00", "en") + " m", "n");
                html.CellBoth(rate is null ? "–" : Numbers.Decimal(rate, "0.00", "vi") + " m/giờ", rate is null ? "–" : Numbers.Decimal(rate, "0.00", "en") + " m/h", "n");
            }
            else
                html.Raw($"<td></td><td></td>");
            html.Raw($"</tr>");
        }
        html.Raw($"</table></div>");
        if (alarms.Count > MostAlarms)
            html.Raw($"<p>").Both($"Và {alarms.Count - MostAlarms} lần nữa: xem bằng --json.", $"And {alarms.Count - MostAlarms} more: see them with --json.").Raw($"</p>");
        html.Raw($"</details>");
    }

    static string Badge(AlarmLevel level) => $"<span class=\"level l{(int)level}\">{(level == AlarmLevel.None ? "–" : level.ToString())}</span>";

    static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
