using CanhLu.Notify.Canaries;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace CanhLu.Console.Api;

/// <summary>The trial of the whole way: when it last arrived, in how many seconds, and where it was lost.</summary>
static class CanaryRoutes
{
    sealed record CanaryView(bool On, double? EveryS, double? WithinS, Instant? TriedAt, Instant? SucceededAt, double? AcceptedS, double? DeliveredS, string? Trouble);

    public static void MapCanary(this IEndpointRouteBuilder api) => api
        .MapGet("/canary", (CanaryState state, Func<Site> site) =>
        {
            var (canary, last) = (site().Canary, state.Last);
            return new CanaryView(
                canary is not null, canary?.Every.TotalSeconds, canary?.Within.TotalSeconds, last.TriedAt, last.SucceededAt, last.AcceptedS, last.DeliveredS, last.Trouble);
        })
        .WithSummary("The pretend reading that goes the whole way to test telephones: when it last arrived, and where it was lost if it did not.");
}
