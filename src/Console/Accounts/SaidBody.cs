using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CanhLu.Console.Accounts;

/// <summary>What a request's body says, read before the route reads it, and as the route does: names in small letters or large.</summary>
/// <param name="Root">The object; null when there is no body.</param>
sealed record SaidBody(JsonElement? Root)
{
    /// <summary>Reads it and puts it back.</summary>
    /// <returns>The body, or the answer to one that cannot be.</returns>
    public static async Task<(SaidBody? Body, IResult? Wrong)> Read(HttpContext context)
    {
        var request = context.Request;
        if (request.ContentLength == 0 || context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
            return (new SaidBody((JsonElement?)null), null);
        if (!request.HasJsonContentType() || request.GetTypedHeaders().ContentType is { Charset: { HasValue: true } charset } && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            return (null, No(StatusCodes.Status415UnsupportedMediaType, "A body is JSON: Content-Type: application/json."));
        request.EnableBuffering();
        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, cancellationToken: context.RequestAborted);
            request.Body.Position = 0;
            var root = document.RootElement.Clone();
            if (root.ValueKind != JsonValueKind.Object)
                return (null, No(StatusCodes.Status400BadRequest, "A body is a JSON object."));
            var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            // The route would take the last of two, whichever was looked at here.
            return root.EnumerateObject().FirstOrDefault(one => !names.Add(one.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } twice
                ? (null, No(StatusCodes.Status400BadRequest, $"{twice.Name} stands twice in the body."))
                : (new SaidBody(root), null);
        }
        catch (JsonException)
        {
            return (null, No(StatusCodes.Status400BadRequest, "The body is no JSON."));
        }
        catch (BadHttpRequestException wrong)
        {
            return (null, No(wrong.StatusCode, wrong.Message));
        }
    }

    /// <summary>A text of it; null when it is not there, or no text.</summary>
    public string? Text(string name) => Find(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>A list of texts; null when it is not there, or null.</summary>
    public IReadOnlyList<string>? Texts(string name) => Find(name) is { ValueKind: JsonValueKind.Array } list
        ? [.. list.EnumerateArray().Select(one => one.ValueKind == JsonValueKind.String ? one.GetString()! : "")]
        : null;

    JsonElement? Find(string name)
    {
        foreach (var one in Root?.EnumerateObject() ?? default)
            if (one.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return one.Value;
        return null;
    }

    static IResult No(int status, string detail) => Results.Problem(detail, statusCode: status);
}
