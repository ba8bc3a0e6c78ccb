using System.Collections.Immutable;
using CanhLu.Console.Accounts;
using CanhLu.Database;
using CanhLu.Ingest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CanhLu.Console.Api;

/// <summary>Accounts of devices at the front door: given, renewed and revoked by a person, who sees the password once. Only its hash is kept.</summary>
static class DeviceAccountRoutes
{
    const int LongestFormerHours = 168;
    const int UsualFormerHours = 24;

    sealed record Giving(string? Who);

    sealed record Renewing(string? Who, int? FormerHours);

    sealed record AccountView(
        string Device, Instant MadeAt, string MadeBy, Instant? RenewedAt, string? RenewedBy, Instant? FormerUntil, Instant? RevokedAt, string? RevokedBy);

    sealed record AccountsView(bool IsDoor, string? Broker, ImmutableArray<AccountView> Accounts);

    sealed record SecretView(string User, string Password, string Topic, string StatusTopic, string CommandTopic, Instant? FormerUntil);

    public static void MapDeviceAccounts(this IEndpointRouteBuilder api)
    {
        api.MapGet("/devices/accounts", (Ingest.Accounts accounts, Func<Site> site) => new AccountsView(
                site().Broker is null, site().Broker?.Url,
                [.. accounts.List().Where(one => one.Role == AccountRole.Device && one.Name != Canary.Id).Select(Of)]))
            .WithSummary("The accounts of devices at the front door, without what would prove them; where the site names a broker, accounts are the broker's.");

        api.MapPost("/devices/{id}/account", (string id, Giving said, HttpContext context, Ingest.Accounts accounts, Func<Site> site, ILogger<Ingest.Accounts> logger) =>
                WhyNot(context, site(), id, said.Who) ?? Stored(() =>
                {
                    var secret = accounts.AddDevice(id, said.Who!);
                    Log.DeviceAccountGiven(logger, said.Who!, id);
                    return Results.Ok(Secret(id, secret, null));
                }))
            .WithSummary("Gives a device its account and tells its password this once. 409 where it has one: renew or revoke that.");

        api.MapPost("/devices/{id}/account/renew", (string id, Renewing said, HttpContext context, Ingest.Accounts accounts, Func<Site> site, ILogger<Ingest.Accounts> logger) =>
                WhyNot(context, site(), id, said.Who) ?? (said.FormerHours is < 0 or > LongestFormerHours
                    ? Problems.Wrong($"former_hours goes from 0 to {LongestFormerHours}: how long the password before still lets in; 0 ends it at once.")
                    : Stored(() =>
                    {
                        var secret = accounts.RenewDevice(id, Duration.FromHours(said.FormerHours ?? UsualFormerHours), said.Who!);
                        Log.DeviceAccountRenewed(logger, said.Who!, id);
                        return Results.Ok(Secret(id, secret, accounts.Book.Find(id)?.FormerUntil));
                    })))
            .WithSummary("Gives a device's account another password, told this once. The one before lets in for former_hours (24) more; with 0 it ends at once and the device's connections are closed.");

        api.MapPost("/devices/{id}/account/revoke", (string id, Giving said, HttpContext context, Ingest.Accounts accounts, ILogger<Ingest.Accounts> logger) =>
                Unnamed(context, said.Who) ?? Stored(() =>
                {
                    if (accounts.Book.Find(id) is null or { Role: not AccountRole.Device } || id == Canary.Id || !accounts.Revoke(id, said.Who!))
                        return Problems.Missing($"There is no account of a device {id} in force.");
                    Log.DeviceAccountRevoked(logger, said.Who!, id);
                    return DutyRoutes.Said(new Duty.Answer.Done(null));
                }))
            .WithSummary("Ends a device's account: its connections are closed, and it does not come in any more.");
    }

    static AccountView Of(Account one) => new(one.Name, one.CreatedAt, one.CreatedBy, one.RenewedAt, one.RenewedBy, one.FormerUntil, one.RevokedAt, one.RevokedBy);

    static SecretView Secret(string id, string secret, Instant? formerUntil) =>
        new(id, secret, $"canhlu/v1/{id}/up", $"canhlu/v1/{id}/status", $"canhlu/v1/{id}/cmd", formerUntil);

    static IResult? WhyNot(HttpContext context, Site site, string id, string? who) =>
        Unnamed(context, who)
        ?? (site.Broker is not null ? Problems.Conflict("The site names a broker: devices have their accounts there, and not here.")
            : id == Canary.Id || !site.Devices.ContainsKey(id) ? Problems.Missing($"There is no device {id}: adopt it first (POST /api/adoptions), or write it into the site.")
            : null);

    // A password is shown to a person; a program that has a technician's token needs none.
    static IResult? Unnamed(HttpContext context, string? who) =>
        Visitor.Of(context) is { Name: not null, IsPerson: false }
            ? Problems.Forbidden("A device's password is shown to a person who has signed in, and to no program.")
            : DutyRoutes.Named(who, null);

    static IResult Stored(Func<IResult> work)
    {
        try
        {
            return work();
        }
        catch (InvalidOperationException taken)
        {
            // What Accounts says of a name that has an account already, or has none.
            return Problems.Conflict(taken.Message);
        }
        catch (SqliteException trouble) when (Operations.IsTrouble(trouble))
        {
            return DutyRoutes.Said(new Duty.Answer.NotStored());
        }
    }
}
