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
            if (!root.EnumerateObject().All(IsText))
                return (null, No(StatusCodes.Status400BadRequest, "The body has a text that is none: half a surrogate pair."));
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

    /// <summary>Within JSON's grammar <c>\ud800</c> may stand alone; read as a text it throws.</summary>
    static bool IsText(JsonProperty one)
    {
        try
        {
            _ = one.Name;
            if (one.Value.ValueKind == JsonValueKind.String)
                one.Value.GetString();
            else if (one.Value.ValueKind == JsonValueKind.Array)
                foreach (var text in one.Value.EnumerateArray().Where(text => text.ValueKind == JsonValueKind.String))
                    text.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    JsonElement? Find(string name)
    {
        foreach (var one in Root?.EnumerateObject() ?? default)
            if (one.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return one.Value;
        return null;
    }

    static IResult No(int status, string detail) => Results.Problem(detail, statusCode: status);
}
