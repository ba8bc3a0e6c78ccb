using System.Collections.Immutable;
using System.Globalization;
using CanhLu.Duty;
using CanhLu.Notify;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace CanhLu.Console.Accounts;

/// <summary>What lies in which areas: whoever has an account for some of them decides for those, and for no others.</summary>
sealed class Territory(Func<Site> site, DutyLog log, DutyList list, Roster roster, Adoptions adoptions, StaffReadings staff, Calibrations calibrations, IClock clock)
{
    /// <summary>Why a visitor may not do this to that; null when the visitor may.</summary>
    public string? WhyNot(Visitor visitor, Reach reach, HttpRequest request, SaidBody body)
    {
        if (WantsCommander(reach, request, body) && visitor.Role < Role.Commander && list.Officers().All(officer => officer.Role < OfficerRole.Supervisor))
            return "Only a commander may decide this.";
        if (visitor.IsEverywhere || reach == Reach.Nothing)
            return null;
        if (reach == Reach.Everywhere)
            return "This is about the whole city, and your account is for some of its areas.";
        // Of what is not there, the route says so.
        if (Areas(reach, request, body) is not { } areas)
            return null;
        var isEnough = reach is Reach.Alarm or Reach.Maintenance or Reach.MaintenanceEnd or Reach.Device or Reach.Adoption or Reach.AdoptionEnd or Reach.Staff or Reach.Calibration ? areas.Any(visitor.Covers) : areas.Length > 0 && areas.All(visitor.Covers);
        return isEnough ? null : $"Your account is for {string.Join(", ", visitor.Areas)}; this is about {(areas.IsEmpty ? "no area" : string.Join(", ", areas.Distinct()))}.";
    }

    bool WantsCommander(Reach reach, HttpRequest request, SaidBody body) => reach switch
    {
        Reach.Approval => log.Proposal(Number(request)) is { Decider: OfficerRole.Supervisor },
        Reach.Announcement => site().DecidingOn(BulletinKind.Announcement, Enum.TryParse<AlarmLevel>(body.Text("level"), true, out var level) ? level : AlarmLevel.I, null).By
            == OfficerRole.Supervisor,
        _ => false,
    };

    ImmutableArray<string>? Areas(Reach reach, HttpRequest request, SaidBody body)
    {
        switch (reach)
        {
            case Reach.Approval or Reach.Proposal:
                return log.Proposal(Number(request)) is { } proposal ? proposal.Areas ?? OfStation(proposal.Station) : null;
            case Reach.Edit:
                return log.Proposal(Number(request)) is { } edited
                    ? [.. edited.Areas ?? OfStation(edited.Station), .. body.Texts("areas")?.ToImmutableArray() ?? OfStation(edited.Station)]
                    : null;
            case Reach.Announcement:
                return body.Texts("areas")?.ToImmutableArray() ?? OfStation(body.Text("station") ?? "");
            case Reach.Bulletin:
                var id = Number(request);
                return log.Bulletins(1, id == long.MaxValue ? id : id + 1).FirstOrDefault(one => one.Id == id) is { } bulletin
                    ? bulletin.AreaCodes is { } codes ? User.Codes(codes) : OfStation(bulletin.Station)
                    : null;
            case Reach.Alarm:
                return log.Episode(Number(request)) is { } episode ? OfSubject(episode.Subject) : null;
            case Reach.Maintenance:
                return OfSubject(body.Text("subject") ?? "");
            case Reach.MaintenanceEnd:
                return log.Maintenance(clock.GetCurrentInstant()).FirstOrDefault(one => one.Id == Number(request)) is { } work ? OfSubject(work.Subject) : null;
            case Reach.Device:
                return OfSubject((string)request.RouteValues["id"]!);
            case Reach.Staff:
                return staff.StationOf(Number(request)) is { } read ? OfStation(read) : null;
            case Reach.Calibration:
                return calibrations.DeviceOf(Number(request)) is { } gauge ? OfSubject(gauge) : null;
            case Reach.Adoption:
                return OfStation(body.Text("station") ?? "");
            case Reach.AdoptionEnd:
                return adoptions.Of(Number(request)) is { } adopted ? OfStation(adopted.Station ?? "") : null;
            case Reach.Person:
                return PhoneNumber.TryRead(body.Text("phone") ?? "", out var phone, out _) && roster.Find(phone) is { } person ? [person.WardCode] : null;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    ImmutableArray<string> OfStation(string station) => site().StationOf(station)?.Areas ?? [];

    ImmutableArray<string> OfSubject(string subject) =>
        OfStation(site().Devices.TryGetValue(subject, out var device) ? device.Station ?? "" : subject);

    static long Number(HttpRequest request) => long.Parse((string)request.RouteValues["id"]!, CultureInfo.InvariantCulture);
}
