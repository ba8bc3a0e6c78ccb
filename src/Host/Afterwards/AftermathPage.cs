using System.Globalization;
using CanhLu.Backtest;
using CanhLu.Backtest.Report;
using NodaTime;

namespace CanhLu.Host.Afterwards;

/// <summary>The report after a flood as one HTML page, Vietnamese first, that loads nothing from anywhere.</summary>
static class AftermathPage
{
    const string More =
        """
        @page { size: A4; margin: 12mm; }
        td.wrap { white-space: normal; min-width: 240px; } td.narrow { white-space: normal; min-width: 130px; }
        .zone.l1 { fill: #fff3bf; fill-opacity: .55; } .zone.l2 { fill: #ffe8cc; fill-opacity: .6; } .zone.l3 { fill: #ffe3e3; fill-opacity: .7; }
        .decided { stroke: var(--ink); stroke-width: 1; stroke-dasharray: 2 3; }
        rect.sent { fill: #1971c2; } rect.arrived { fill: #2b8a3e; }
        rect.l0 { fill: #868e96; }
        @media print { body { font-size: 11px; } main, header { max-width: none; padding: 0; } svg { min-width: 0; } h1 { font-size: 20px; } h2 { font-size: 14px; margin-top: 16px; } table, th { font-size: 10px; } th, td { padding: 3px 5px; white-space: normal; } td.wrap, td.narrow { min-width: 0; } .cards { grid-template-columns: repeat(3, 1fr); gap: 8px; } .card { padding: 6px 10px; } .card b { font-size: 20px; } h2 { break-after: avoid; } tr { break-inside: avoid; } .sheet { overflow: visible; break-inside: auto; } }

        """;

    /// <summary>The page.</summary>
    public static string Of(Aftermath after)
    {
        var html = new Html();
        var (from, to) = (Time(after, after.From), Time(after, after.To));
        html.Raw($"<!DOCTYPE html>\n<html lang=\"vi\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            .Raw($"<title>{Html.Escape($"{after.Site.Name}: báo cáo sau lũ {from} – {to}")}</title><style>\n{HtmlReport.Style()}{More}</style></head><body>\n")
            .Raw($"<input class=\"pick\" type=\"radio\" name=\"language\" id=\"vi\" checked><input class=\"pick\" type=\"radio\" name=\"language\" id=\"en\">")
            .Raw($"<header><div class=\"langs\"><label for=\"vi\">Tiếng Việt</label><label for=\"en\">English</label></div><h1>")
            .Both($"{after.Site.Name}: báo cáo sau lũ", $"{after.Site.Name}: report after the flood").Raw($"</h1><p class=\"soft\">")
            .Both($"{from} – {to} · lập lúc {Time(after, after.WrittenAt)}", $"{from} – {to} · written {Time(after, after.WrittenAt)}").Raw($"</p></header><main>");
        Cards(html, after);
        foreach (var river in after.Stations)
        {
            html.Raw($"<h2>").Both($"Trạm {river.Station.Name}, sông {river.Station.River}", $"{river.Station.Name} station, {river.Station.River} river")
                .Raw($"</h2><div class=\"sheet\">");
            new FloodChart(after, river).Draw(html);
            if (river.Water.IsEmpty)
                html.Raw($"<p>").Both("Không có số đo trong thời gian này.", "No stage was measured in this time.").Raw($"</p>");
            html.Raw($"</div>");
        }
        AftermathTables.Write(html, after);
        html.Raw($"<h2>").Both("Cách tính", "How it is counted").Raw($"</h2><p>").Both(
            "Đã báo: nhà mạng đã nhận tin; tới máy: nhà mạng báo tin đã tới điện thoại. Báo trước: từ lúc nhà mạng nhận tin tới lúc nước đạt mức tiếp theo (sau báo động III: tới đỉnh lũ); dấu trừ là báo muộn. "
            + "Chi phí tính trên tin nhà mạng đã nhận, SMS theo số đoạn. Số điện thoại được che.",
            "Told: a carrier took the message; on handsets: it reported so. Lead: from the carrier's acceptance to the next level (after alarm level III: to the highest water); a minus means late. "
            + "Costs are of messages that carriers took, SMS by segments. Telephone numbers are masked.")
            .Raw($"</p><p>Canh Lũ</p></main></body></html>\n");
        return html.ToString();
    }

    /// <summary>A moment as the tables write it.</summary>
    public static string Time(Aftermath after, Instant? at) =>
        at is { } instant ? instant.InZone(after.Site.Zone).ToString("dd'/'MM'/'yyyy HH':'mm", CultureInfo.InvariantCulture) : "–";

    static void Cards(Html html, Aftermath after)
    {
        html.Raw($"<div class=\"cards\">");
        foreach (var river in after.Stations)
            if (river.Peak is { } peak)
            {
                var ladder = river.Station.LadderAt(peak.At);
                var level = ladder is null ? 0 : peak.High >= ladder.III.Raise ? 3 : peak.High >= ladder.II.Raise ? 2 : peak.High >= ladder.I.Raise ? 1 : 0;
                Card($"card l{level}", $"Đỉnh lũ tại {river.Station.Name}", $"Highest water at {river.Station.Name}",
                    OfficialWording.Height(peak.High, ladder, "vi"), OfficialWording.Height(peak.High, ladder, "en"),
                    $"{Time(after, peak.At)}{(ladder is null ? "" : ", " + OfficialWording.Relation(peak.High, ladder, "vi"))}",
                    $"{Time(after, peak.At)}{(ladder is null ? "" : ", " + OfficialWording.Relation(peak.High, ladder, "en"))}");
            }
        var newer = after.Wards.Sum(ward => ward.Replaced);
        var (people, told, delivered) = (after.Wards.Sum(ward => ward.People), after.Wards.Sum(ward => ward.Told), after.Wards.Sum(ward => ward.Delivered));
        Count("Bản tin", "Bulletins", after.Bulletins.Length, $"{after.Episodes.Length} báo động", $"{after.Episodes.Length} alarms");
        Count("Lượt báo", "Tellings", told, $"trên {Numbers.Whole(people, "vi")}; {Numbers.Whole(delivered, "vi")} tới máy{(newer > 0 ? $"; {Numbers.Whole(newer, "vi")} được báo tin mới hơn" : "")}",
            $"of {Numbers.Whole(people, "en")}; {Numbers.Whole(delivered, "en")} on handsets{(newer > 0 ? $"; {Numbers.Whole(newer, "en")} had a newer one" : "")}");
        Count("Chưa báo được", "Not reached", after.Missed.Length, "lượt, mọi kênh", "tellings, by every carrier");
        Count("Nợ tin kết thúc", "All-clears owed", after.Debts.Sum(debt => debt.Open),
            $"{Numbers.Whole(after.Debts.Sum(debt => debt.Paid), "vi")} đã trả, {Numbers.Whole(after.Debts.Sum(debt => debt.Unreachable), "vi")} không liên lạc được",
            $"{Numbers.Whole(after.Debts.Sum(debt => debt.Paid), "en")} paid, {Numbers.Whole(after.Debts.Sum(debt => debt.Unreachable), "en")} out of reach");
        html.Raw($"</div>");

        void Count(string vi, string en, long count, string noteVi, string noteEn) =>
            Card("card", vi, en, Numbers.Whole(count, "vi"), Numbers.Whole(count, "en"), noteVi, noteEn);

        void Card(string kind, string vi, string en, string valueVi, string valueEn, string noteVi, string noteEn) => html.Raw($"<div class=\"{kind}\"><small>").Both(vi, en)
            .Raw($"</small><b>").Both(valueVi, valueEn).Raw($"</b><small>").Both(noteVi, noteEn).Raw($"</small></div>");
    }
}
