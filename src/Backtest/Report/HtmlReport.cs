using System.Globalization;
using NodaTime;

namespace CanhLu.Backtest.Report;

/// <summary>A verdict as one HTML page, in Vietnamese and English, that loads nothing from anywhere.</summary>
public static class HtmlReport
{
    const int MostStations = 12;
    const int MostFloods = 4;

    /// <summary>The page.</summary>
    public static string Of(Verdict verdict)
    {
        var html = new Html();
        var site = verdict.Tried.Site;
        html.Raw($"<!DOCTYPE html>\n<html lang=\"vi\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            .Raw($"<title>{Html.Escape($"{site.Name} – {verdict.Record}")}</title><style>\n{Style()}</style></head><body>\n")
            .Raw($"<input class=\"pick\" type=\"radio\" name=\"language\" id=\"vi\" checked><input class=\"pick\" type=\"radio\" name=\"language\" id=\"en\">");
        Head(html, verdict);
        html.Raw($"<main>");
        Cards(html, verdict);
        if (verdict.Difference is { } difference)
            html.Raw($"<div class=\"change\">").Both(
                "So với quy tắc đang dùng: " + difference.Sentence(verdict.People, "vi"), "Against the rules in force: " + difference.Sentence(verdict.People, "en")).Raw($"</div>");
        Stations(html, verdict);
        ReportTables.Write(html, verdict);
        Method(html, verdict);
        html.Raw($"</main>");
        return html.Raw($"</body></html>\n").ToString();
    }

    static void Head(Html html, Verdict verdict)
    {
        var (site, observed) = (verdict.Tried.Site, verdict.Observed);
        html.Raw($"<header><div class=\"langs\"><label for=\"vi\">Tiếng Việt</label><label for=\"en\">English</label></div><h1>")
            .Both($"{site.Name}: quy tắc cảnh báo lũ, thử trên số liệu đã qua", $"{site.Name}: flood rules, tried on the past").Raw($"</h1><p class=\"soft\">")
            .Both(
                $"{verdict.Record} · {Time(site, observed.First!.Value)} – {Time(site, observed.Last!.Value)} · {Numbers.Whole(observed.Readings, "vi")} số đo · {Numbers.Decimal(observed.StationYears, "0.00", "vi")} năm-trạm",
                $"{verdict.Record} · {Time(site, observed.First!.Value)} – {Time(site, observed.Last!.Value)} · {Numbers.Whole(observed.Readings, "en")} readings · {Numbers.Decimal(observed.StationYears, "0.00", "en")} station-years")
            .Raw($"</p></header>");
    }

    static void Cards(Html html, Verdict verdict)
    {
        html.Raw($"<div class=\"cards\">");
        foreach (var score in verdict.Tried.Scores)
        {
            html.Raw($"<div class=\"card l{(int)score.Level}\"><small>").Both($"Báo động {score.Level}: được cảnh báo", $"Level {score.Level}: warned of")
                .Raw($"</small><b>{score.Hits} / {score.Outcomes.Length}</b><small>")
                .Both(
                    $"báo trước {Numbers.Lead(score.MedianLead, "vi")} (trung vị), {Numbers.Lead(score.WorstLead, "vi")} (ít nhất)",
                    $"lead {Numbers.Lead(score.MedianLead, "en")} (median), {Numbers.Lead(score.WorstLead, "en")} (worst)")
                .Raw($"</small><small>")
                .Both($"báo nhầm {score.FalseAlarms} · CSI {Numbers.Decimal(score.Csi, "0.00", "vi")}", $"{score.FalseAlarms} false · CSI {Numbers.Decimal(score.Csi, "0.00", "en")}")
                .Raw($"</small></div>");
        }
        if (verdict.Tried.Scores.IsEmpty)
        {
            var begun = verdict.Tried.Alarms.Count(alarm => alarm.From == AlarmLevel.None && alarm.Level != AlarmLevel.None);
            var warned = verdict.Tried.Warnings.Count(warning => warning.Level == AlarmLevel.I);
            Card("Lần báo động", "Alarms", begun, "của mọi quy tắc", "of all rules");
            Card("Lần cảnh báo nước", "Warnings of water", warned, "từ các quy tắc báo cho dân", "by the rules that tell residents");
        }
        var postage = verdict.Tried.Postage;
        html.Raw($"<div class=\"card\"><small>").Both("Tin nhắn tới một người dân", "Messages to one resident").Raw($"</small><b>")
            .Both(Numbers.Decimal(postage.Messages.Values.Sum(), "0.#", "vi"), Numbers.Decimal(postage.Messages.Values.Sum(), "0.#", "en")).Raw($"</b><small>")
            .Both(Messages(verdict, "vi"), Messages(verdict, "en")).Raw($"</small></div></div>");

        void Card(string vi, string en, int count, string noteVi, string noteEn) => html.Raw($"<div class=\"card\"><small>").Both(vi, en)
            .Raw($"</small><b>{count}</b><small>").Both(noteVi, noteEn).Raw($"</small></div>");
    }

    static string Messages(Verdict verdict, string language)
    {
        var postage = verdict.Tried.Postage;
        var parts = postage.Messages.Select(one => $"{one.Key} {Numbers.Decimal(one.Value, "0.#", language)}").ToList();
        if (postage.Cost is { } cost)
            parts.Add($"{Numbers.Whole((long)(verdict.People is { } people ? cost * people : cost), language)} {(language == "vi" ? "đồng" : "VND")}"
                + (verdict.People is { } all ? $" / {Numbers.Whole(all, language)} {(language == "vi" ? "người" : "people")}" : ""));
        return parts.Count == 0 ? language == "vi" ? "không có" : "none" : string.Join(" · ", parts);
    }

    static void Stations(Html html, Verdict verdict)
    {
        var site = verdict.Tried.Site;
        var shown = site.Stations
            .Where(station => verdict.Observed.Stations.TryGetValue(station.Id, out var record) && record.Curve is not null)
            .Select((station, place) => (Station: station, Record: verdict.Observed.Stations[station.Id], Place: place,
                Worst: verdict.Tried.Warnings.Where(warning => warning.Station == station.Id).Select(warning => warning.Level).DefaultIfEmpty(AlarmLevel.None).Max()))
            .OrderByDescending(one => one.Worst).ThenBy(one => one.Place).ToList();
        foreach (var (station, record, _, _) in shown.Take(MostStations))
        {
            html.Raw($"<h2>").Both($"Trạm {station.Name}, sông {station.River}", $"{station.Name} station, {station.River} river").Raw($"</h2><div class=\"sheet\">");
            var chart = new StationChart(verdict, station, record);
            var (from, to) = (record.First, Instant.Max(record.Last, record.First + Duration.FromHours(1)));
            chart.Draw(html, from, to);
            foreach (var flood in Floods.Of(verdict, station.Id, record, MostFloods))
            {
                if ((flood.To - flood.From) * 1.5 > to - from)
                    continue;
                html.Raw($"<h3>").Both($"{Time(site, flood.From)} – {Time(site, flood.To)}", $"{Time(site, flood.From)} – {Time(site, flood.To)}").Raw($"</h3>");
                chart.Draw(html, flood.From, flood.To);
            }
            html.Raw($"</div>");
        }
        if (shown.Count > MostStations)
            html.Raw($"<p class=\"soft\">").Both(
                $"Còn {shown.Count - MostStations} trạm khác, không có mức báo động cao hơn.", $"{shown.Count - MostStations} more stations, none with a higher level, are not drawn.").Raw($"</p>");
    }

    static void Method(Html html, Verdict verdict)
    {
        html.Raw($"<h2>").Both("Cách tính", "How it is counted").Raw($"</h2><p>").Both(
            "Chính bộ quy tắc của hệ thống đang chạy đã xét từng số đo theo thứ tự thời gian đo. Vạch đậm trên biểu đồ là mực nước cao nhất, dải nhạt là từ thấp nhất tới cao nhất trong mỗi khoảng.",
            "The judge of the live engine took every reading in the order in which it was measured. On the charts the line is the highest stage of each stretch of time, the pale band its range.")
            .Raw($"</p>");
        if (verdict.Scorer is not null)
        {
            var minutes = (long)verdict.Tolerance.TotalMinutes;
            html.Raw($"<p>").Both(
                $"Một trận lũ là khoảng thời gian mực nước ở hoặc trên mức đó; một cảnh báo là khoảng thời gian quy tắc báo mức đó hoặc cao hơn. Hai khoảng khớp nhau khi cách nhau không quá {minutes} phút. "
                + "POD = khớp / (khớp + sót); FAR = nhầm / (khớp + nhầm); CSI = khớp / (khớp + sót + nhầm). Báo trước tính từ lúc cảnh báo bắt đầu tới lúc lũ bắt đầu; dấu trừ là báo muộn.",
                $"An event is a time in which the water was at a level or above it; a warning is one in which the rules said so. They meet when they lie no more than {minutes} minutes apart. "
                + "POD = hits / (hits + misses); FAR = false alarms / (hits + false alarms); CSI = hits / (hits + misses + false alarms). The lead runs from the warning's beginning to the event's; a minus means late.")
                .Raw($"</p>");
        }
        html.Raw($"<p>").Both(
            "Tin nhắn: mỗi lần lên mức cao hơn là một bản tin, mỗi người được báo cũng được một tin kết thúc; đề xuất tính như đã được duyệt; kênh được thử theo thứ tự của cấu hình.",
            "Messages: every rise to a higher level is one bulletin, and everyone warned gets one all-clear; proposals count as agreed to; carriers are tried in the site's order.")
            .Raw($"</p><p>Canh Lũ</p>");
    }

    internal static string Time(Site site, Instant at) => at.InZone(site.Zone).ToString("dd'/'MM'/'yyyy HH':'mm", CultureInfo.InvariantCulture);

    internal static string Style()
    {
        using var file = typeof(HtmlReport).Assembly.GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }
}
