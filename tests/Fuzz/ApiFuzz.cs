using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CanhLu.Console.Accounts;
using CanhLu.Tests.Access;
using Xunit;

namespace CanhLu.Tests.Fuzz;

/// <summary>The HTTP API: every operation that its own description names, with values as they are meant and as they are not, asked by an administrator.</summary>
/// <remarks>An input is a line <c>{method} {path and query}</c> and the body.</remarks>
public sealed class ApiFuzz(ITestOutputHelper output, GuardedEngine engine) : IClassFixture<GuardedEngine>
{
    /// <summary>Copies of both stores, by the thousand, would fill the disk; and who is asked for must stay who asks.</summary>
    static readonly string[] LeftOut = ["/api/backups", "/api/users"];

    [Fact]
    public async Task Whatever_is_asked_the_answer_is_a_result_or_a_problem_and_never_an_error_of_ours()
    {
        var caller = engine.As(Role.Administrator);
        using var description = await caller.Ask("GET", "openapi/v1.json");
        var seeds = Operations(JsonElement.Parse(await description.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)))
            .Where(one => !LeftOut.Any(left => one.Contains(left, StringComparison.Ordinal))).ToArray();
        Assert.True(seeds.Length > 60, $"{seeds.Length} operations");
        await new Fuzzer("api", output)
        {
            Longest = 48 * 1024,
            // What our own client makes of an address.
            AllowanceOfByte = 1_000,
            Words =
            [
                "POST ", "GET ", "DELETE ", "HEAD ", "/api/", "?", "&", "=", "%00", "%2B", "%ud800", "..%2f", "9223372036854775807", "-1", "\"who\":\"Người Administrator\"", "\"\\ud800\":1", "\"\\ud800\"", "true", "Infinity", "tam-ky", "tk-gauge-1",
                "9999-12-31T23:59:59-18:00", "-9998-01-01T00:00:00+18:00", "2025-10-29T21:00:00+07:00", "from=", "to=", "every=1d", "count=", "before=", "\"until\":", "\"from\":", "\"at\":", "\"metres\":1e308", "\"weeks\":2147483647",
            ],
        }.Run(seeds.Select(Encoding.UTF8.GetBytes), async input =>
        {
            var text = Encoding.UTF8.GetString(input);
            var end = text.IndexOf('\n', StringComparison.Ordinal);
            var head = (end < 0 ? text : text[..end]).Split(' ', 2);
            var method = new string([.. head[0].Where(char.IsAsciiLetterUpper).Take(10)]);
            if (method.Length == 0 || head.Length < 2 || !Uri.TryCreate(engine.Page, head[1].TrimStart('/'), out var address) || address.Authority != engine.Page.Authority
                || LeftOut.Any(left => address.AbsolutePath.StartsWith(left, StringComparison.OrdinalIgnoreCase)))
                return "no address";
            using var content = method is "POST" or "PUT" or "PATCH" or "DELETE" && end >= 0
                ? new ByteArrayContent(input[(Array.IndexOf(input, (byte)'\n') + 1)..]) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } }
                : null;
            using var answer = await caller.Ask(method, address.ToString(), content);
            var status = (int)answer.StatusCode;
            // It signed itself out.
            if (status == 401)
                caller = engine.As(Role.Administrator);
            var kind = answer.Content.Headers.ContentType?.MediaType;
            var said = kind == "text/event-stream" ? "" : await answer.Content.ReadAsStringAsync(CancellationToken.None);
            Assert.True(status is >= 200 and < 500 or 503, $"{status} {said}");
            if (status >= 400 && address.AbsolutePath.StartsWith("/api/", StringComparison.Ordinal) && said.Length > 0)
                Assert.Equal("application/problem+json", kind);
            var detail = status >= 400 && kind == "application/problem+json" && said.Length > 0 && JsonElement.Parse(said).TryGetProperty("detail", out var told) ? told.ToString() : "";
            return $"{method} {string.Join('/', address.AbsolutePath.Split('/').Take(3))} {status} {new string([.. detail.Where(char.IsAsciiLetter).Take(20)])}";
        });
    }

    /// <summary>Every operation once with everything that it takes, and once with what it needs.</summary>
    static IEnumerable<string> Operations(JsonElement description)
    {
        foreach (var path in description.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                var (address, query) = (path.Name, new List<string>());
                foreach (var parameter in operation.Value.TryGetProperty("parameters", out var some) ? some.EnumerateArray() : default)
                {
                    var name = parameter.GetProperty("name").GetString()!;
                    var value = Uri.EscapeDataString(Plain(name));
                    if (parameter.GetProperty("in").GetString() == "path")
                        address = address.Replace($"{{{name}}}", value, StringComparison.Ordinal);
                    else
                        query.Add($"{name}={value}");
                }
                var body = operation.Value.TryGetProperty("requestBody", out var wanted)
                    ? "\n" + Body(wanted.GetProperty("content").GetProperty("application/json").GetProperty("schema"), description, 0)
                    : "";
                yield return $"{operation.Name.ToUpperInvariant()} {address}{(query.Count > 0 ? "?" + string.Join('&', query) : "")}{body}";
                yield return $"{operation.Name.ToUpperInvariant()} {address}{body}";
            }
        }
    }

    static string Body(JsonElement schema, JsonElement description, int depth)
    {
        if (schema.TryGetProperty("$ref", out var reference))
            return depth > 4 ? "null" : Body(description.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]), description, depth + 1);
        if (schema.TryGetProperty("oneOf", out var either))
            return Body(either.EnumerateArray().Last(), description, depth);
        if (schema.TryGetProperty("properties", out var properties))
            return $"{{{string.Join(',', properties.EnumerateObject().Select(one => $"\"{one.Name}\":{Value(one.Name, one.Value, description, depth + 1)}"))}}}";
        return Value("", schema, description, depth);
    }

    static string Value(string name, JsonElement schema, JsonElement description, int depth)
    {
        if (schema.TryGetProperty("$ref", out _) || schema.TryGetProperty("oneOf", out _) || schema.TryGetProperty("properties", out _))
            return Body(schema, description, depth);
        var type = schema.TryGetProperty("type", out var said) ? said.ToString() : "string";
        return type.Contains("array", StringComparison.Ordinal) ? $"[{(schema.TryGetProperty("items", out var items) ? Value(name, items, description, depth + 1) : "")}]"
            : type.Contains("integer", StringComparison.Ordinal) || type.Contains("number", StringComparison.Ordinal) ? "1"
            : type.Contains("boolean", StringComparison.Ordinal) ? "true"
            : JsonSerializer.Serialize(Plain(name));
    }

    /// <summary>A value as it is meant.</summary>
    static string Plain(string name) => name switch
    {
        "from" or "at" or "since" => "2025-10-29T21:00:00+07:00",
        "to" or "until" => "2099-10-30T21:00:00+07:00",
        "station" or "subject" => "tam-ky",
        "device" => "tk-gauge-1",
        "id" or "item" or "before" or "after" or "count" or "limit" or "bulletin" or "recipient" or "officer" => "1",
        "every" => "1h",
        "series" => "stage",
        "phone" => "0901000001",
        "ward" or "ward_code" or "area" or "areas" => "20341",
        "state" => "accepted",
        "who" => GuardedEngine.NameOf(Role.Administrator),
        "open" or "waiting" or "tests" => "true",
        "text" => "Mực nước sông Tam Kỳ đang lên",
        _ => "x",
    };
}
