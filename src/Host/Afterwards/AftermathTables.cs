using CanhLu.Backtest;
using CanhLu.Backtest.Report;
using CanhLu.Duty;
using CanhLu.Notify;
using NodaTime;

namespace CanhLu.Host.Afterwards;

/// <summary>The report's tables: what was told, how long before, whom not, at what cost, what is still owed, and who did what.</summary>
static class AftermathTables
{
    const int MostMissed = 500;
    const int MostDeeds = 1_000;

    public static void Write(Html html, Aftermath after)
    {
        Bulletins(html, after);
        Leads(html, after);
        Missed(html, after);
        Cost(html, after);
        Debts(html, after);
        Deeds(html, after);
    }

    static void Bulletins(Html html, Aftermath after)
    {
        Begin(html, "Bản tin", "Bulletins", after.Bulletins.IsEmpty, ("Số", "No.", ""), ("Quyết định lúc", "Decided", ""), ("Người quyết định", "By", ""), ("Mức", "Level", ""), ("Nội dung", "Words", ""),
            ("Người nhận", "People", "n"), ("Đã báo", "Told", "n"), ("Tới máy", "On handsets", "n"), ("Đã xem", "Seen", "n"), ("Gửi từ – đến", "Sent from – to", ""));
        foreach (var bulletin in after.Bulletins)
        {
            var wards = after.Wards.Where(ward => ward.Bulletin == bulletin.Id).ToList();
            var (who, whoEn) = DeedWords.Who(bulletin.DecidedBy);
            html.Raw($"<tr>").Cell($"#{bulletin.Id}").Cell(AftermathPage.Time(after, bulletin.DecidedAt)).CellBoth(who, whoEn)
                .Raw($"<td><span class=\"level l{(int)bulletin.Level}\">{(bulletin.Kind == BulletinKind.AllClear ? "✓" : bulletin.Level.ToString())}</span></td>")
                .CellBoth(BulletinText.Of(bulletin.Content, after.Site, "vi").Text, BulletinText.Of(bulletin.Content, after.Site, "en").Text, "wrap");
            Number(html, wards.Sum(ward => ward.People));
            Number(html, wards.Sum(ward => ward.Told));
            Number(html, wards.Sum(ward => ward.Delivered));
            Number(html, wards.Sum(ward => ward.Seen));
            html.CellBoth(Sent(after, bulletin, wards, "quá muộn, không gửi"), Sent(after, bulletin, wards, "too late, not sent"), "narrow").Raw($"</tr>");
        }
        End(html);
    }

    static string Sent(Aftermath after, DecidedBulletin bulletin, List<WardOutcome> wards, string late) => bulletin.ExpiredAt is not null
        ? late
        : $"{AftermathPage.Time(after, wards.Min(ward => ward.FirstHandedOverAt))} – {AftermathPage.Time(after, wards.Max(ward => ward.LastAcceptedAt))}";

    static void Leads(Html html, Aftermath after)
    {
        var warnings = after.Bulletins.Where(bulletin => bulletin.Kind == BulletinKind.Warning && bulletin.ExpiredAt is null).ToList();
        Begin(html, "Thời gian báo trước theo phường", "Lead time by ward", warnings.Count == 0, ("Bản tin", "Bulletin", ""), ("Phường", "Ward", ""), ("Trước khi", "Before", ""), ("Đạt lúc", "Reached", ""),
            ("Người nhận", "People", "n"), ("Đã báo", "Told", "n"), ("Người đầu", "First", "n"), ("Nửa số người", "Half of them", "n"), ("Người cuối", "Last", "n"));
        foreach (var warning in warnings)
        {
            if (after.Stations.FirstOrDefault(river => river.Station.Id == warning.Station) is not { } river)
                continue;
            var lead = LeadTime.Of(warning, river);
            foreach (var ward in after.Wards.Where(ward => ward.Bulletin == warning.Id))
            {
                html.Raw($"<tr>").Cell($"#{warning.Id}").Cell(Area(after, ward.WardCode))
                    .CellBoth(lead.Level == AlarmLevel.None ? "đỉnh lũ" : $"báo động {lead.Level}", lead.Level == AlarmLevel.None ? "highest water" : $"level {lead.Level}")
                    .CellBoth(lead.At is null ? "không đạt" : AftermathPage.Time(after, lead.At), lead.At is null ? "never" : AftermathPage.Time(after, lead.At));
                Number(html, ward.People);
                Number(html, ward.Told);
                foreach (var accepted in (ReadOnlySpan<Instant?>)[ward.FirstAcceptedAt, ward.HalfAcceptedAt, ward.LastAcceptedAt])
                    html.CellBoth(Numbers.Lead(lead.At - accepted, "vi"), Numbers.Lead(lead.At - accepted, "en"), "n");
                html.Raw($"</tr>");
            }
        }
        End(html);
    }

    static void Missed(Html html, Aftermath after)
    {
        Begin(html, "Chưa báo được", "Not reached", after.Missed.IsEmpty, ("Bản tin", "Bulletin", ""), ("Phường", "Ward", ""), ("Số điện thoại", "Number", ""), ("Kênh cuối", "Last carrier", ""),
            ("Kết quả", "Outcome", ""), ("Trả lời", "Answer", ""));
        foreach (var missed in after.Missed.Take(MostMissed))
            html.Raw($"<tr>").Cell($"#{missed.Bulletin}").Cell(Area(after, missed.WardCode)).Cell(missed.Phone.Masked).Cell(missed.Carrier)
                .CellBoth(State(missed.State), missed.State.ToString().ToLowerInvariant()).Cell($"{missed.Code} {missed.Answer}".Trim(), "wrap").Raw($"</tr>");
        End(html);
        if (after.Missed.Length > MostMissed)
            html.Raw($"<p>").Both(
                $"Còn {Numbers.Whole(after.Missed.Length - MostMissed, "vi")} lượt khác: canhlu ledger export ghi đủ.",
                $"{Numbers.Whole(after.Missed.Length - MostMissed, "en")} more are not shown: canhlu ledger export has them all.").Raw($"</p>");
    }

    static void Cost(Html html, Aftermath after)
    {
        Begin(html, "Chi phí theo kênh", "Cost by carrier", after.Carriers.IsEmpty, ("Kênh", "Carrier", ""), ("Tin giao cho kênh", "Given", "n"), ("Đã nhận", "Accepted", "n"), ("Tới máy", "On handsets", "n"),
            ("Đã xem", "Seen", "n"), ("Không hồi báo", "Not reported", "n"), ("Từ chối", "Refused", "n"), ("Đơn vị tính", "Units", "n"), ("Đơn giá", "Price", "n"), ("Thành tiền", "Cost", "n"));
        foreach (var carrier in after.Carriers.GroupBy(one => one.Carrier))
        {
            var units = carrier.Sum(one => one.Accepted * one.Units);
            html.Raw($"<tr>").Cell(carrier.Key);
            Number(html, carrier.Sum(one => one.Deliveries));
            Number(html, carrier.Sum(one => one.Accepted));
            Number(html, carrier.Sum(one => one.Delivered));
            Number(html, carrier.Sum(one => one.Seen));
            Number(html, carrier.Sum(one => one.NoReceipt));
            Number(html, carrier.Sum(one => one.Failed));
            Number(html, units);
            var priced = carrier.Select(one => (Units: one.Accepted * one.Units, Price: after.Prices.TryGetValue(one.Carrier, out var given) ? given : one.Price)).Where(one => one.Units > 0).ToList();
            if (priced.Count > 0 && priced.All(one => one.Price is not null))
            {
                var cost = priced.Sum(one => one.Units * one.Price!.Value);
                html.CellBoth(Each(priced, "vi") + " đ", Each(priced, "en") + " VND", "n")
                    .CellBoth(Numbers.Whole((long)cost, "vi") + " đ", Numbers.Whole((long)cost, "en") + " VND", "n");
            }
            else
                html.CellBoth(priced.Count == 0 ? "–" : "chưa cho giá", priced.Count == 0 ? "–" : "no price given", "n").Cell("–", "n");
            html.Raw($"</tr>");
        }
        End(html);
    }

    /// <summary>One price, or from the lowest to the highest.</summary>
    static string Each(List<(long Units, decimal? Price)> priced, string language)
    {
        var (least, most) = ((double)priced.Min(one => one.Price)!, (double)priced.Max(one => one.Price)!);
        var each = Numbers.Decimal(least, "#,0.##", language);
        return least == most ? each : $"{each} – {Numbers.Decimal(most, "#,0.##", language)}";
    }

    static void Debts(Html html, Aftermath after)
    {
        Begin(html, "Nợ tin kết thúc", "All-clears owed", after.Debts.IsEmpty, ("Báo động", "Alarm", ""), ("Trạm", "Station", ""), ("Đã cảnh báo", "Warned", "n"), ("Đã báo kết thúc", "Told the end", "n"),
            ("Không liên lạc được", "Out of reach", "n"), ("Còn nợ", "Still owed", "n"));
        foreach (var debt in after.Debts)
        {
            html.Raw($"<tr>").Cell($"#{debt.Episode}").Cell(after.Site.StationOf(debt.Station)?.Name ?? debt.Station);
            Number(html, debt.Made);
            Number(html, debt.Paid);
            Number(html, debt.Unreachable);
            Number(html, debt.Open);
            html.Raw($"</tr>");
        }
        End(html);
    }

    static void Deeds(Html html, Aftermath after)
    {
        Begin(html, "Diễn biến và người quyết định", "What happened, and who decided", after.Deeds.IsEmpty, ("Lúc", "When", ""), ("Việc", "What", ""), ("Người", "Who", ""), ("Chi tiết", "Details", ""));
        foreach (var entry in after.Deeds.Take(MostDeeds))
        {
            var (what, who, facts) = (DeedWords.What(entry, after), DeedWords.Who(entry.Who), DeedWords.Facts(entry));
            html.Raw($"<tr>").Cell(AftermathPage.Time(after, entry.At)).CellBoth(what.Vi, what.En).CellBoth(who.Vi, who.En).CellBoth(facts.Vi, facts.En, "wrap").Raw($"</tr>");
        }
        End(html);
    }

    static string Area(Aftermath after, string code) => after.Site.Areas.TryGetValue(code, out var area) ? area.Name : code;

    static string State(DeliveryState state) => state switch
    {
        DeliveryState.Failed => "bị từ chối",
        DeliveryState.Expired => "hết hạn",
        DeliveryState.HandedOver => "chưa rõ",
        _ => "chưa gửi",
    };

    /// <summary>Begins a table, or says that there is nothing for it.</summary>
    static void Begin(Html html, string vi, string en, bool isEmpty, params ReadOnlySpan<(string, string, string)> heads)
    {
        html.Raw($"<h2>").Both(vi, en).Raw($"</h2><div class=\"sheet\">");
        if (isEmpty)
            html.Raw($"<p>").Both("Không có.", "None.").Raw($"</p>");
        html.Raw($"<table>");
        if (!isEmpty)
        {
            // On paper the heads stand on every page.
            html.Raw($"<thead>");
            html.Heads(heads).Raw($"</thead>");
        }
    }

    static void End(Html html) => html.Raw($"</table></div>");

    static void Number(Html html, long number) => html.CellBoth(Numbers.Whole(number, "vi"), Numbers.Whole(number, "en"), "n");
}
