using CanhLu.Duty;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CanhLu.Console.Api;

/// <summary>Reservoirs' notices of releases: entered, shown and ended. Answers that are no are given in both languages, because officers read them on the page.</summary>
static class ReleaseRoutes
{
    const int MostAtOnce = 1000;
    const int LongestText = 500;
    const int LargestDischarge = 100_000;

    sealed record Entry(
        string? Source, int? QMin, int? QMax, string? StartsAt, string? EndsAt, string? Document, string? Who, long? Replaces);

    sealed record Ending(string? Who, string? Reason);

    public static void MapReleases(this IEndpointRouteBuilder api)
    {
        api.MapGet("/releases", (Releases releases, bool open = false, int count = 100, long before = long.MaxValue) =>
                open ? releases.InForce() : releases.Notices(Math.Clamp(count, 1, MostAtOnce), before))
            .WithSummary("Reservoirs' notices of releases, newest first; open=true for those in force.");

        api.MapPost("/releases", (Entry said, Releases releases) => Wrong(said, out var entry) ?? Said(releases.Enter(entry!)))
            .WithSummary("Enters a reservoir's notice of a release; it takes the place of the one in force for the same reservoir.")
            .WithDescription("Discharges are whole m³/s; q_max 0 says that the gates are closed. starts_at and ends_at are ISO 8601 with an offset; without ends_at it is " +
                "valid until replaced. replaces is the notice that is meant to be replaced: 409 when another one is in force.");

        api.MapPost("/releases/{id:long}/end", (long id, Ending said, Releases releases) =>
                Named(said.Who, said.Reason)
                ?? (string.IsNullOrWhiteSpace(said.Reason) ? Problems.Wrong("Thiếu lý do kết thúc. / reason is missing: why it is over.") : null)
                ?? Said(releases.End(id, said.Who!, said.Reason!)))
            .WithSummary("Says that a release is over, and why.");
    }

    static IResult? Wrong(Entry said, out ReleaseEntry? entry)
    {
        entry = null;
        if (Named(said.Who, said.Document) is { } unnamed)
            return unnamed;
        if (string.IsNullOrWhiteSpace(said.Source))
            return Problems.Wrong("Thiếu tên hồ. / source is missing: the reservoir's id.");
        if (said.QMin is not (>= 0 and <= LargestDischarge) || said.QMax is not (>= 0 and <= LargestDischarge) || said.QMin > said.QMax)
            return Problems.Wrong($"Lưu lượng là số nguyên m³/s, 0 đến {LargestDischarge}, q_min không lớn hơn q_max. / q_min and q_max are whole m³/s, 0 to {LargestDischarge}, q_min at most q_max.");
        if (!Asked.Instant(said.StartsAt, out var starts) || starts is null || !Asked.Instant(said.EndsAt, out var ends))
            return Problems.Wrong("Thời gian viết như 2025-10-30T14:00:00+07:00. / starts_at, and ends_at if given, are written as 2025-10-30T14:00:00+07:00.");
        if (ends <= starts)
            return Problems.Wrong("Giờ kết thúc phải sau giờ bắt đầu. / ends_at must be after starts_at.");
        entry = new ReleaseEntry(said.Source, said.QMin.Value, said.QMax.Value, starts.Value, ends, said.Document, said.Who!.Trim(), said.Replaces);
        return null;
    }

    static IResult? Named(string? who, string? text) =>
        string.IsNullOrWhiteSpace(who) ? Problems.Wrong("Thiếu tên người trực. / who is missing: the name of the person who says so.")
        : who.Length > LongestText || text?.Length > LongestText ? Problems.Wrong($"Tối đa {LongestText} ký tự. / A name or a text may have {LongestText} characters.")
        : null;

    static IResult Said(ReleaseAnswer answer) => answer switch
    {
        ReleaseAnswer.Done done => Results.Ok(done.Notice),
        ReleaseAnswer.UnknownSource unknown => Problems.Wrong(
            $"Không có hồ này; có: {string.Join(", ", unknown.Known)}. / No rule is about this source; there are: {string.Join(", ", unknown.Known)}."),
        ReleaseAnswer.NotInForce { InForce: { } other } => Problems.Conflict(
            $"Thông báo đang hiệu lực là số {other.Id} của {other.EnteredBy}. / Notice {other.Id} is in force, entered by {other.EnteredBy} at {other.EnteredAt}."),
        ReleaseAnswer.NotInForce => Problems.Conflict("Không có thông báo nào đang hiệu lực. / No notice is in force."),
        ReleaseAnswer.AlreadyEnded { Notice: var ended } => Problems.Conflict(
            $"Đã kết thúc bởi {ended.EndedBy}: {ended.EndReason}. / {ended.EndedBy} was first: it ended at {ended.EndedAt}, {ended.EndReason}."),
        ReleaseAnswer.Past => Problems.Wrong("Giờ kết thúc đã qua. / ends_at has passed."),
        ReleaseAnswer.NotFound => Problems.Missing("Không có thông báo số này. / There is none of that number."),
        ReleaseAnswer.NotStored => Problems.Unavailable(
            "Chưa lưu được, hãy thử lại khi đĩa có chỗ. / The operations store cannot be written now; nothing was done. Try again when the disk has room."),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
