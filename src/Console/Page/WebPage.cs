using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace CanhLu.Console.Page;

/// <summary>The page's files, carried inside this assembly and served from memory; pressed once, when first asked for.</summary>
static class WebPage
{
    const string Prefix = "web/";

    sealed record PageFile(byte[] Bytes, string ContentType, string Tag, bool Hashed)
    {
        /// <summary>By what a browser says it reads, the smallest first.</summary>
        public (string Encoding, Lazy<byte[]> Bytes)[] Pressed { get; } = IsPressed(ContentType)
            ? [("br", Press(Bytes, to => new BrotliStream(to, CompressionLevel.SmallestSize))), ("gzip", Press(Bytes, to => new GZipStream(to, CompressionLevel.SmallestSize)))]
            : [];

        static bool IsPressed(string contentType) =>
            contentType.StartsWith("text/", StringComparison.Ordinal) || contentType is "image/svg+xml" or "application/json" or "application/manifest+json";

        static Lazy<byte[]> Press(byte[] bytes, Func<Stream, Stream> into) => new(() =>
        {
            using var pressed = new MemoryStream();
            using (var stream = into(pressed))
                stream.Write(bytes);
            return pressed.ToArray();
        });
    }

    /// <param name="routes">Where to.</param>
    /// <param name="ground">What lies under the map: pictures may come from there, and from nowhere else.</param>
    public static void MapWebPage(this IEndpointRouteBuilder routes, MapGround ground)
    {
        var files = Load();
        var policy =
            $"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:{(ground.Origin is { } origin ? $" {origin}" : "")}; font-src 'self'; connect-src 'self'; "
            + "manifest-src 'self'; worker-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
        routes.MapMethods("/{**path}", [HttpMethods.Get, HttpMethods.Head], (string? path, HttpContext context) =>
        {
            if (!files.TryGetValue(string.IsNullOrEmpty(path) ? "index.html" : path, out var file))
                return Results.Problem(statusCode: StatusCodes.Status404NotFound, title: $"There is nothing at /{path}.");
            var headers = context.Response.Headers;
            // A hashed name never changes its content; the first page must always be asked for anew.
            headers.CacheControl = file.Hashed ? "public, max-age=31536000, immutable" : "no-cache";
            headers.ContentSecurityPolicy = policy;
            headers.Vary = HeaderNames.AcceptEncoding;
            var (bytes, tag) = (file.Bytes, file.Tag);
            foreach (var (encoding, pressed) in file.Pressed)
            {
                if (!context.Request.Reads(encoding))
                    continue;
                headers.ContentEncoding = encoding;
                (bytes, tag) = (pressed.Value, $"{file.Tag}-{encoding}");
                break;
            }
            return Results.Bytes(bytes, file.ContentType, entityTag: new EntityTagHeaderValue($"\"{tag}\""));
        }).ExcludeFromDescription();
    }

    static FrozenDictionary<string, PageFile> Load()
    {
        var assembly = typeof(WebPage).Assembly;
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).ToFrozenDictionary(
            name => name[Prefix.Length..].Replace('\\', '/'),
            name =>
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                var bytes = new byte[stream.Length];
                stream.ReadExactly(bytes);
                var tag = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8));
                return new PageFile(bytes, ContentTypeOf(name), tag, name.Contains("/assets/", StringComparison.Ordinal));
            });
    }

    static string ContentTypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".json" => "application/json",
        ".webmanifest" => "application/manifest+json",
        ".png" => "image/png",
        ".woff2" => "font/woff2",
        _ => "application/octet-stream",
    };
}
