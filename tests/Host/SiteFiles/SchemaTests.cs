using System.Text.Json;
using CanhLu.Host.SiteFiles;
using CanhLu.Host.SiteFiles.Yaml;
using Xunit;

namespace CanhLu.Tests.Host.SiteFiles;

public sealed class SchemaTests
{
    const string Unheard = "qqqqqqqqqqqqqqqqqqqq";

    static readonly string[] Sites = ["tam-ky", "small", "broker"];

    public static TheoryData<string> Schemas => ["site", "rules", "bulletins"];

    [Theory]
    [MemberData(nameof(Schemas))]
    public void A_schema_knows_every_key_of_a_real_file(string name)
    {
        using var schema = Schema(name);
        foreach (var site in Sites)
            Walk(schema.RootElement, schema.RootElement, Tree(site, $"{name}.yaml"), (at, map) =>
            {
                var known = Keys(schema.RootElement, at);
                Assert.All(map.Entries, entry => Assert.Contains(entry.Key.Text, known));
                Assert.All(Required(at), key => Assert.NotNull(map[key]));
            });
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void A_schema_knows_the_keys_that_the_reader_knows(string name)
    {
        using var schema = Schema(name);
        var asked = 0;
        foreach (var site in Sites)
            Walk(schema.RootElement, schema.RootElement, Tree(site, $"{name}.yaml"), (at, map) =>
            {
                // The reader tells its keys when it meets one that it has never heard of.
                var errors = ((SiteVerdict.Wrong)Read(site, $"{name}.yaml", map)).Errors;
                var listed = errors.Single(error => error.Value.StartsWith(Unheard, StringComparison.Ordinal)).Remedy["keys here: ".Length..];
                Assert.Equal(Keys(schema.RootElement, at).Order(StringComparer.Ordinal), listed.Split(", ").Order(StringComparer.Ordinal));
                asked++;
            });
        Assert.True(asked > 3);
    }

    [Theory]
    [MemberData(nameof(Schemas))]
    public void The_shipped_files_name_their_schema(string name) =>
        Assert.Equal($"# yaml-language-server: $schema=../schema/{name}.schema.json", File.ReadLines(Path.Combine(Folders.TamKy, $"{name}.yaml")).First());

    static void Walk(JsonElement root, JsonElement at, Node node, Action<JsonElement, Node.Map> visit)
    {
        at = Resolved(root, at);
        if (node is Node.List list)
        {
            foreach (var item in list.Items.Where(_ => at.TryGetProperty("items", out var _)))
                Walk(root, at.GetProperty("items"), item, visit);
            return;
        }
        if (node is not Node.Map map)
            return;
        if (at.TryGetProperty("oneOf", out var choices))
            at = choices.EnumerateArray().Select(choice => Resolved(root, choice)).Single(choice =>
                choice.TryGetProperty("properties", out var keys) && (map["type"] is not Node.Scalar type || keys.GetProperty("type").GetProperty("const").GetString() == type.Text));
        visit(at, map);
        foreach (var entry in map.Entries)
            Walk(root, at.GetProperty("properties").GetProperty(entry.Key.Text), entry.Value, visit);
    }

    static JsonElement Resolved(JsonElement root, JsonElement at)
    {
        if (!at.TryGetProperty("$ref", out var reference))
            return at;
        return reference.GetString()!.Split('/').Skip(1).Aggregate(root, (from, step) => from.GetProperty(step));
    }

    static List<string> Keys(JsonElement root, JsonElement at)
    {
        Assert.Equal(JsonValueKind.False, at.GetProperty("additionalProperties").ValueKind);
        return [.. at.GetProperty("properties").EnumerateObject().Select(property => property.Name)];
    }

    static IEnumerable<string> Required(JsonElement at) =>
        at.TryGetProperty("required", out var required) ? required.EnumerateArray().Select(key => key.GetString()!) : [];

    static JsonDocument Schema(string name) => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folders.Schemas, $"{name}.schema.json")));

    static byte[] Bytes(string site, string file)
    {
        var bytes = File.ReadAllBytes(Path.Combine(site == "tam-ky" ? Folders.TamKy : Folders.Small, file));
        return site == "broker" && file == SiteFolder.SiteFile
            ? [.. bytes, .. "broker:\n  url: mqtt://broker.example:1883\n  client_id: canhlu\ndecoders:\n  - topic: up/{device}\n    format: chirpstack\n    fields:\n      - { name: level, field: stage_m }\n"u8]
            : bytes;
    }

    static Node Tree(string site, string file) => YamlFile.Read(file, Bytes(site, file), new Findings())!;

    static SiteVerdict Read(string site, string file, Node.Map map)
    {
        // A new key before the mapping's first one: on a line of its own, or first in its braces.
        var (line, column) = (map.Entries[0].Key.Place.Line - 1, map.Entries[0].Key.Place.Column - 1);
        var lines = System.Text.Encoding.UTF8.GetString(Bytes(site, file)).Split('\n');
        lines[line] = lines[line][..column].Contains('{', StringComparison.Ordinal)
            ? lines[line].Insert(column, $"{Unheard}: 1, ")
            : lines[line].Insert(column, $"{Unheard}: 1\n{new string(' ', column)}");
        return SiteReader.Read(Folders.Small, name => name == file ? System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines))
            : name == SiteFolder.WardsFile ? null : Bytes(site, name), new Findings());
    }
}
