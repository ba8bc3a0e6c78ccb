using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using CanhLu.Archive;
using CanhLu.Console.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace CanhLu.Console.SensorThings;

/// <summary>The stations and what was measured there as OGC SensorThings API 1.1 (OGC 18-088), for reading: maps and programs that speak it need nothing of ours.</summary>
static class SensorThingsRoutes
{
    const string Folder = "/sta/v1.1";

    static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static void MapSensorThings(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Folder, (HttpContext context, IOptions<SensorThingsOptions> options) => Json(Answering.Index(Root(context.Request, options.Value)), context, options.Value))
            .WithSummary("SensorThings API 1.1 (OGC 18-088), for reading: the sets that there are.");

        routes.MapGet(Folder + "/{**path}", AnswerAsync)
            .WithSummary("SensorThings API 1.1: entities of a set, one of them, or what lies behind it: Things('tam-ky')/Datastreams(1)/Observations.")
            .WithDescription(
                "$filter (eq, ne, gt, ge, lt, le, and, or, not), $orderby, $top (100 when left out, 1000 at most), $skip, $count, $select and $expand with options of its own. A stage is in metres. "
                + "Observations come newest first; they are asked for by phenomenonTime, resultTime, result, resultQuality/qartod (QARTOD's flag) and Datastream/id.");
    }

    static async Task<IResult> AnswerAsync(
        string? path, HttpContext context, Func<Site> site, SeriesBook book, History history, IOptions<SensorThingsOptions> options, CancellationToken stop)
    {
        var root = Root(context.Request, options.Value);
        try
        {
            var steps = ResourcePath.Read(path ?? "");
            if (steps.Count == 0)
                return Json(Answering.Index(root), context, options.Value);
            var (json, text) = await new Answering(new Catalog(site(), book.All), history, root, stop).Of(steps, Question.Of(context.Request.Query));
            return text is null ? Json(json!, context, options.Value) : Results.Text(text, "text/plain", Encoding.UTF8);
        }
        catch (RefusedException refused)
        {
            return Results.Problem(refused.Message, statusCode: refused.Status);
        }
        catch (ArchiveNotReadyException closed)
        {
            return Problems.Unavailable(closed.Message);
        }
    }

    static IResult Json(JsonNode json, HttpContext context, SensorThingsOptions options)
    {
        // A map on a page of another origin may read what everybody may.
        if (options.Public)
            context.Response.Headers.AccessControlAllowOrigin = "*";
        context.Response.Headers.CacheControl = "no-cache";
        return Results.Text(json.ToJsonString(Readable), "application/json", Encoding.UTF8);
    }

    static string Root(HttpRequest request, SensorThingsOptions options) =>
        options.PublicUrl is { } url ? url.AbsoluteUri.TrimEnd('/') + Folder : $"{request.Scheme}://{request.Host}{request.PathBase}{Folder}";
}
