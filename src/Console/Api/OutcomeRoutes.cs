using System.Collections.Immutable;
using System.Text;
using CanhLu.Console.Accounts;
using CanhLu.Duty;
using CanhLu.Notify;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace CanhLu.Console.Api;

/// <summary>What became of one bulletin: area by area, why carriers refused, and whom to tell by word of mouth. Whoever has an account for some areas sees those.</summary>
static class OutcomeRoutes
{
    sealed record WardView(
        string WardCode, string Ward, long People, long Told, long Delivered, long Seen, long Replaced, long Held, long OverBudget, Instant? FirstAcceptedAt,
        Instant? HalfAcceptedAt, Instant? LastAcceptedAt);

    sealed record FailureView(string Carrier, string? Code, string? Answer, long Deliveries, long PassedOn);

    sealed record MissedView(
        long Recipient, string Name, string Phone, string WardCode, string Ward, string? Hamlet, string Carrier, DeliveryState State, string? Code, string? Answer);

    public static void MapOutcomes(this IEndpointRouteBuilder api)
    {
        api.MapGet("/broadcasts/{id:long}/wards", (long id, Outcomes outcomes, DutyLog log, Func<Site> site, HttpContext context) =>
                Known(log, id) ?? Results.Ok(outcomes.ByWard([id]).Where(one => Visitor.Of(context).Covers(one.WardCode)).Select(one => new WardView(
                    one.WardCode, NameOf(site(), one.WardCode), one.People, one.Told, one.Delivered, one.Seen, one.Replaced, one.Held, one.OverBudget,
                    one.FirstAcceptedAt, one.HalfAcceptedAt, one.LastAcceptedAt)).ToImmutableArray()))
            .WithSummary("How one bulletin has reached each area: for how many people it is, how many a carrier has told, how many handsets have it.");

        api.MapGet("/broadcasts/{id:long}/failures", (long id, Outcomes outcomes, DutyLog log, HttpContext context) =>
                Known(log, id) ?? Results.Ok(outcomes.Failures([id]).Where(one => Visitor.Of(context).Covers(one.WardCode))
                    .GroupBy(one => (one.Carrier, one.Code))
                    .Select(same => new FailureView(
                        same.Key.Carrier, same.Key.Code, same.First().Answer, same.Sum(one => one.Deliveries), same.Sum(one => one.PassedOn)))
                    .OrderByDescending(one => one.Deliveries).ToImmutableArray()))
            .WithSummary("Why carriers refused deliveries of one bulletin, and how many of those the next carrier was asked for.");

        api.MapGet("/broadcasts/{id:long}/missed", (long id, Outcomes outcomes, DutyLog log, Func<Site> site, HttpContext context, bool waiting = false) =>
                Known(log, id) ?? Results.Ok(Missed(outcomes, id, site(), context, waiting)))
            .WithSummary("Whom no carrier could tell one bulletin, by area: for the loudspeakers. waiting=true also for those who are still being told. Numbers are masked.");

        api.MapGet("/broadcasts/{id:long}/missed.csv", (long id, Outcomes outcomes, DutyLog log, Func<Site> site, HttpContext context, bool waiting = false) =>
                Known(log, id) ?? Results.File(Csv(Missed(outcomes, id, site(), context, waiting)), "text/csv; charset=utf-8", $"canhlu-{id}-chua-toi.csv"))
            .WithSummary("The same as a table for a spreadsheet.");
    }

    static IResult? Known(DutyLog log, long id) =>
        id < long.MaxValue && log.Bulletins(1, id + 1).FirstOrDefault() is { } found && found.Id == id ? null : Problems.Missing("There is no bulletin of that number.");

    static ImmutableArray<MissedView> Missed(Outcomes outcomes, long id, Site site, HttpContext context, bool waiting) =>
    [
        .. outcomes.Missed([id])
            .Where(one => Visitor.Of(context).Covers(one.WardCode) && (waiting || one.State is not (DeliveryState.Planned or DeliveryState.HandedOver)))
            .OrderBy(one => one.WardCode, StringComparer.Ordinal).ThenBy(one => one.Hamlet, StringComparer.Ordinal).ThenBy(one => one.Name, StringComparer.Ordinal)
            .Select(one => new MissedView(
                one.Recipient, one.Name, one.Phone.ToString(), one.WardCode, NameOf(site, one.WardCode), one.Hamlet, one.Carrier, one.State, one.Code, one.Answer)),
    ];

    static string NameOf(Site site, string code) => site.Areas.TryGetValue(code, out var area) ? area.Name : code;

    /// <summary>With the mark by which spreadsheets know UTF-8.</summary>
    static byte[] Csv(ImmutableArray<MissedView> missed)
    {
        var text = new StringBuilder("\uFEFFMã phường,Phường,Thôn/khối phố,Tên,Số điện thoại,Kênh,Kết quả,Mã lỗi,Lý do\r\n");
        foreach (var one in missed)
            text.AppendJoin(',', new[] { one.WardCode, one.Ward, one.Hamlet, one.Name, one.Phone, one.Carrier, StateOf(one.State), one.Code, one.Answer }.Select(Cell)).Append("\r\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    static string StateOf(DeliveryState state) => state switch
    {
        DeliveryState.Planned => "chờ gửi",
        DeliveryState.HandedOver => "đang gửi",
        DeliveryState.Expired => "quá hạn",
        DeliveryState.Stopped => "đã dừng",
        _ => "không gửi được",
    };

    /// <summary>A name that begins like a formula is not to become one in the reader's spreadsheet.</summary>
    static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        var isFormula = text[0] is '=' or '@' or '-' or '\t' || (text[0] == '+' && text.Skip(1).Any(one => !char.IsAsciiDigit(one) && one != '•'));
        var said = isFormula ? $"'{text}" : text;
        return said.AsSpan().IndexOfAny(",;\"\r\n") >= 0 ? $"\"{said.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : said;
    }
}
