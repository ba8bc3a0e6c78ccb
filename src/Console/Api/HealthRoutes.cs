using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CanhLu.Console.Api;

/// <summary>For those who watch the engine.</summary>
static class HealthRoutes
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => Results.Text("alive\n")).WithSummary("The process answers.");
        routes.MapGet("/readyz", (Readiness readiness) => readiness.Trouble is { } trouble
                ? Results.Text(trouble + "\n", statusCode: StatusCodes.Status503ServiceUnavailable)
                : Results.Text("ready\n"))
            .WithSummary("What comes in is being kept; 503 with the reason in words when it is not.");
    }
}
