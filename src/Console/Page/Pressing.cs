using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;

namespace CanhLu.Console.Page;

/// <summary>What the API answers goes pressed to whoever reads it so: a hydrograph over a weak line takes a sixth of the time.</summary>
/// <remarks>Over TLS too. What can be guessed from the length of a pressed answer (BREACH) is a secret that stands beside what an attacker put there: whatever tells secrets, sessions and
/// everything that is no GET, is left as it is.</remarks>
static class Pressing
{
    static readonly string[] Pressed = ["application/json", "application/geo+json", "text/csv"];

    public static void AddPressing(this IServiceCollection services)
    {
        services.AddResponseCompression(options => (options.EnableForHttps, options.MimeTypes) = (true, Pressed));
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal);
        services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal);
    }

    public static void UsePressing(this WebApplication app) => app.UseWhen(context => IsOpen(context.Request), branch => branch.UseResponseCompression());

    static bool IsOpen(HttpRequest request) => HttpMethods.IsGet(request.Method) && request.Path.StartsWithSegments("/api", StringComparison.Ordinal, out var rest)
        && !rest.StartsWithSegments("/session", StringComparison.Ordinal) && !rest.StartsWithSegments("/live", StringComparison.Ordinal);
}
