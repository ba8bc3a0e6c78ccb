using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CanhLu.Console.Accounts;

/// <summary>How often one address may sign in and ask for what is public. Carriers' callbacks are not counted: receipts of a broadcast come by the thousand, under a secret path.</summary>
static class Limits
{
    const int NetworkBytes = 8;

    static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static void Set(RateLimiterOptions limiter)
    {
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, (Pace, string)>(context =>
        {
            var pace = RouteTable.Of(context)?.Pace ?? Pace.Free;
            var options = context.RequestServices.GetRequiredService<IOptions<AccountOptions>>().Value;
            return pace switch
            {
                Pace.SignIn => RateLimitPartition.GetFixedWindowLimiter((pace, Address(context)), _ => Of(options.SignInsPerMinute)),
                Pace.Public => RateLimitPartition.GetFixedWindowLimiter((pace, Address(context)), _ => Of(options.PublicPerMinute)),
                _ => RateLimitPartition.GetNoLimiter((pace, "")),
            };
        });
        limiter.OnRejected = async (rejected, _) =>
        {
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Window;
            rejected.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            await Results.Problem("Too many requests from this address within a minute: wait.", statusCode: StatusCodes.Status429TooManyRequests).ExecuteAsync(rejected.HttpContext);
        };
    }

    static FixedWindowRateLimiterOptions Of(int permits) => new() { PermitLimit = permits, Window = Window, QueueLimit = 0 };

    /// <summary>Of IPv6 the network: one household has more addresses than could be counted.</summary>
    static string Address(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, NetworkBytes)) : address.ToString();
    }
}
