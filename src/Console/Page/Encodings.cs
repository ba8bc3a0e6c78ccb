using Microsoft.AspNetCore.Http;

namespace CanhLu.Console.Page;

/// <summary>What a browser says it reads (RFC 9110, section 12.5.3).</summary>
static class Encodings
{
    /// <summary>Whether an encoding is named, and not with a weight of nothing.</summary>
    public static bool Reads(this HttpRequest request, string encoding) =>
        request.GetTypedHeaders().AcceptEncoding.Any(one => one.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase) && one.Quality is not 0);
}
