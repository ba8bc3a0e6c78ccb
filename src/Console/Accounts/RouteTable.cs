using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CanhLu.Console.Accounts;

/// <summary>Every route and its least role, in one place to read. A route that is missing here is the administrators' alone.</summary>
static class RouteTable
{
    /// <summary>Stands for every method of a route that asks for none.</summary>
    public const string AnyMethod = "*";

    static readonly RouteRule Everybody = new((Role?)null);
    static readonly RouteRule Shown = Everybody with { Pace = Pace.Public };
    static readonly RouteRule SigningIn = Everybody with { Pace = Pace.SignIn };
    static readonly RouteRule Looking = new(Role.Viewer);
    static readonly RouteRule Things = Looking with { Pace = Pace.Public, MayBePublic = true };
    static readonly RouteRule Enrolling = Looking with { BeforeSecondFactor = true };
    static readonly RouteRule Deciding = new(Role.Officer);
    static readonly RouteRule Commanding = new(Role.Commander, Reach.Everywhere);
    static readonly RouteRule Administering = new(Role.Administrator, Reach.Everywhere);

    /// <summary>The rules by method and pattern.</summary>
    public static readonly FrozenDictionary<string, RouteRule> Rules = new Dictionary<string, RouteRule>
    {
        ["GET /healthz"] = Everybody,
        ["GET /readyz"] = Everybody,
        ["* /metrics"] = Everybody,
        ["GET /openapi/v1.json"] = Shown,
        ["GET /{**path}"] = Everybody,
        ["HEAD /{**path}"] = Everybody,
        ["GET /cap/feed.atom"] = Shown,
        ["HEAD /cap/feed.atom"] = Shown,
        ["GET /cap/{id}.xml"] = Shown,
        ["HEAD /cap/{id}.xml"] = Shown,
        ["GET /sta/v1.1"] = Things,
        ["GET /sta/v1.1/{**path}"] = Things,
        ["GET /callbacks/{carrier}/{secret}"] = Everybody,
        ["POST /callbacks/{carrier}/{secret}"] = Everybody,

        ["GET /api/stations"] = Looking,
        ["GET /api/stations/{id}/explain"] = Looking,
        ["GET /api/stations/{id}/late"] = Looking,
        ["GET /api/stations/{id}/tide"] = Looking,
        ["GET /api/stations/{id}/told"] = Looking,
        ["GET /api/stations/{id}/staff"] = Looking,
        ["GET /api/stations/{id}/calibrations"] = Looking,
        ["GET /api/readings"] = Looking,
        ["GET /api/readings.csv"] = Looking,
        ["GET /api/readings/thinned"] = Looking,
        ["GET /api/map"] = Looking,
        ["GET /api/alarms"] = Looking,
        ["GET /api/alarms/{id:long}"] = Looking,
        ["GET /api/handovers"] = Looking,
        ["GET /api/rules"] = Looking,
        ["GET /api/rules/trials"] = Looking,
        ["GET /api/backtests/last"] = Looking,
        ["GET /api/backtests/{id:long}/result"] = Looking,
        ["GET /api/backtests/{id:long}/report"] = Looking,
        ["GET /api/installation"] = Looking,
        ["GET /api/proposals"] = Looking,
        ["GET /api/broadcasts"] = Looking,
        ["GET /api/broadcasts/{id:long}/wards"] = Looking,
        ["GET /api/broadcasts/{id:long}/failures"] = Looking,
        ["GET /api/broadcasts/{id:long}/missed"] = Looking,
        ["GET /api/broadcasts/{id:long}/missed.csv"] = Looking,
        ["GET /api/deliveries"] = Looking,
        ["GET /api/debts"] = Looking,
        ["GET /api/carriers"] = Looking,
        ["GET /api/costs"] = Looking,
        ["GET /api/sirens"] = Looking,
        ["GET /api/canary"] = Looking,
        ["GET /api/devices"] = Looking,
        ["GET /api/maintenance"] = Looking,
        ["GET /api/releases"] = Looking,
        ["GET /api/officers"] = Looking,
        ["GET /api/shifts"] = Looking,
        ["GET /api/roster/areas"] = Looking,
        ["GET /api/live"] = Looking,
        ["GET /api/sms"] = Looking,
        ["POST /api/sms"] = Looking,

        ["GET /api/rejections"] = new(Role.Technician),
        ["POST /api/backups"] = new(Role.Technician, Reach.Everywhere),
        ["GET /api/devices/accounts"] = new(Role.Technician),
        ["GET /api/devices/strangers"] = new(Role.Technician),
        ["GET /api/devices/{id}/messages"] = new(Role.Technician),
        ["GET /api/devices/{id}/commands"] = new(Role.Technician),
        ["GET /api/adoptions"] = new(Role.Technician),
        ["POST /api/devices/{id}/account"] = new(Role.Technician, Reach.Device),
        ["POST /api/devices/{id}/account/renew"] = new(Role.Technician, Reach.Device),
        ["POST /api/devices/{id}/account/revoke"] = new(Role.Technician, Reach.Device),
        ["POST /api/devices/{id}/commands"] = new(Role.Technician, Reach.Device),
        ["POST /api/adoptions"] = new(Role.Technician, Reach.Adoption),
        ["POST /api/adoptions/{id:long}/end"] = new(Role.Technician, Reach.AdoptionEnd),
        ["POST /api/stations/{id}/staff"] = new(Role.Technician, Reach.Device),
        ["POST /api/staff/{id:long}/strike"] = new(Role.Technician, Reach.Staff),
        ["POST /api/staff/{id:long}/calibrate"] = new(Role.Technician, Reach.Staff),
        ["POST /api/calibrations/{id:long}/end"] = new(Role.Technician, Reach.Calibration),
        ["POST /api/maintenance"] = new(Role.Technician, Reach.Maintenance),
        ["POST /api/alarms/{id:long}/comment"] = new(Role.Technician, Reach.Alarm),
        ["POST /api/maintenance/{id:long}/end"] = new(Role.Technician, Reach.MaintenanceEnd),

        ["GET /api/roster"] = Deciding,
        ["GET /api/audit"] = Deciding,
        ["POST /api/backtests"] = Deciding,
        ["POST /api/backtests/{id:long}/stop"] = Deciding,
        ["POST /api/alarms/{id:long}/acknowledge"] = new(Role.Officer, Reach.Alarm),
        ["POST /api/alarms/{id:long}/assign"] = new(Role.Officer, Reach.Alarm),
        ["POST /api/alarms/{id:long}/shelve"] = new(Role.Officer, Reach.Alarm),
        ["POST /api/alarms/{id:long}/unshelve"] = new(Role.Officer, Reach.Alarm),
        ["POST /api/handovers"] = Deciding,
        ["POST /api/handovers/{id:long}/items/{item:int}/accept"] = Deciding,
        ["POST /api/proposals/{id:long}/approve"] = new(Role.Officer, Reach.Approval),
        ["POST /api/proposals/{id:long}/decline"] = new(Role.Officer, Reach.Proposal),
        ["POST /api/proposals/{id:long}/edit"] = new(Role.Officer, Reach.Edit),
        ["POST /api/announcements"] = new(Role.Officer, Reach.Announcement),
        ["POST /api/broadcasts/{id:long}/stop"] = new(Role.Officer, Reach.Bulletin),
        ["POST /api/releases"] = new(Role.Officer, Reach.Everywhere),
        ["POST /api/releases/{id:long}/end"] = new(Role.Officer, Reach.Everywhere),
        ["POST /api/calls/{code}/acknowledge"] = Deciding with { Pace = Pace.SignIn },
        ["POST /api/roster/opt-out"] = new(Role.Officer, Reach.Person),
        ["POST /api/roster/opt-in"] = new(Role.Officer, Reach.Person),
        ["POST /api/roster/{id:long}/number"] = Deciding,
        ["POST /api/deliveries/{id:long}/number"] = Deciding,
        ["POST /api/officers/{id:long}/number"] = Deciding,

        ["POST /api/officers"] = Commanding,
        ["POST /api/officers/{id:long}/leave"] = Commanding,
        ["POST /api/shifts"] = Commanding,
        ["DELETE /api/shifts/{id:long}"] = Commanding,

        ["GET /api/session"] = Everybody,
        ["GET /api/desk"] = Everybody,
        ["POST /api/session"] = SigningIn,
        ["GET /api/session/sign-on"] = SigningIn,
        ["DELETE /api/session"] = Enrolling,
        ["POST /api/session/second-factor/begin"] = Enrolling,
        ["POST /api/session/second-factor"] = Enrolling with { Pace = Pace.SignIn },
        ["POST /api/session/password"] = Looking with { Pace = Pace.SignIn },
        ["POST /api/invitations/look"] = SigningIn,
        ["POST /api/invitations/accept"] = SigningIn,
        ["GET /api/sessions"] = Looking,
        ["POST /api/sessions/{id:long}/end"] = Looking,
        ["POST /api/invitations"] = Administering,
        ["GET /api/backups"] = Administering,
        ["GET /api/users"] = Administering,
        ["POST /api/users/{id:long}"] = Administering,
        ["POST /api/users/{id:long}/end"] = Administering,
        ["POST /api/users/{id:long}/reset"] = Administering,
        ["GET /api/tokens"] = Administering,
        ["POST /api/tokens"] = Administering,
        ["POST /api/tokens/{id:long}/end"] = Administering,
    }.ToFrozenDictionary();

    static readonly RouteRule Missing = Administering;

    /// <summary>The rule of a request's route.</summary>
    public static RouteRule Of(string method, RouteEndpoint endpoint)
    {
        var pattern = endpoint.RoutePattern.RawText;
        return Rules.TryGetValue($"{method} {pattern}", out var rule) || Rules.TryGetValue($"{AnyMethod} {pattern}", out rule) ? rule : Missing;
    }

    /// <summary>The rule of a request's route; null when it has none.</summary>
    public static RouteRule? Of(HttpContext context) => context.GetEndpoint() is RouteEndpoint endpoint ? Of(context.Request.Method, endpoint) : null;
}
