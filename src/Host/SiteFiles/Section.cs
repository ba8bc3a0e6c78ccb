using CanhLu.Host.SiteFiles.Yaml;

namespace CanhLu.Host.SiteFiles;

/// <summary>One mapping of a site's file, read key by key: whatever is asked for is known, whatever is left over is an error.</summary>
/// <remarks>Every question answers null when there is nothing right to answer, and has then noted why.</remarks>
sealed class Section
{
    static readonly string[] Secrets = ["password", "passwd", "pass", "secret", "token", "key", "credential"];

    readonly Node.Map? _map;
    readonly HashSet<string> _known = new(StringComparer.Ordinal);
    readonly List<string> _listed = [];
    readonly int _before;
    readonly bool _holdsUnreadable;

    /// <summary>The section at a node, which must be a mapping.</summary>
    /// <param name="findings">Where errors go.</param>
    /// <param name="node">The node.</param>
    /// <param name="what">What it describes: <c>station tam-ky</c>.</param>
    public Section(Findings findings, Node node, string what)
    {
        Findings = findings;
        What = what;
        Node = node;
        _before = findings.Count;
        _map = node as Node.Map;
        if (_map is null && node is not Node.Unreadable)
            Wrong(node, "must be a mapping of keys to values", "write it as 'key: value' lines");
        Readable = _map is not null;
        _holdsUnreadable = node.HoldsUnreadable;
    }

    /// <summary>Where errors go.</summary>
    public Findings Findings { get; }

    /// <summary>What it describes.</summary>
    public string What { get; }

    /// <summary>The node it is read from.</summary>
    public Node Node { get; }

    /// <summary>Whether it is a mapping at all.</summary>
    public bool Readable { get; }

    /// <summary>Whether nothing was found wrong in it so far.</summary>
    public bool Sound => Readable && Findings.Count == _before && !_holdsUnreadable;

    /// <summary>Entries of a list, each a section called by its id where it has one.</summary>
    public static IEnumerable<Section> Entries(Findings findings, Node? list, string what, string named = "id")
    {
        if (list is not Node.List entries)
            yield break;
        for (var i = 0; i < entries.Items.Length; i++)
        {
            var id = (entries.Items[i] as Node.Map)?[named] as Node.Scalar;
            yield return new(findings, entries.Items[i], id is { Nothing: false } ? $"{what} {Shown.Of(id.Text)}" : $"{what} no. {i + 1}");
        }
    }

    /// <summary>Whether a key is written.</summary>
    public bool Has(string key)
    {
        Know(key);
        return _map?[key] is not (null or Node.Scalar { Nothing: true });
    }

    /// <summary>The node of a key that may be left out.</summary>
    public Node? Optional(string key) => Has(key) ? _map![key] : null;

    /// <summary>The node of a key that must be there.</summary>
    public Node? Required(string key)
    {
        if (Has(key))
            return _map![key];
        if (_map is null)
            return null;
        if (_map[key] is { } empty)
            Findings.Add(empty.Place, "", $"{What}: {key} has no value", "write one behind the colon");
        else
            Findings.Add(_map.Place, "", $"{What}: {key} is missing", $"add '{key}: …'");
        return null;
    }

    /// <summary>The value of a key that must be there and be a single one.</summary>
    public Node.Scalar? Single(string key) => Single(key, Required(key));

    /// <summary>The value of a key that may be left out, but must be a single one.</summary>
    public Node.Scalar? SingleOrNone(string key) => Single(key, Optional(key));

    /// <summary>The list at a key that must be there.</summary>
    public Node.List? List(string key) => List(key, Required(key));

    /// <summary>The list at a key that may be left out.</summary>
    public Node.List? ListOrNone(string key) => List(key, Optional(key));

    /// <summary>The sections in the list at a key that must be there.</summary>
    /// <param name="key">The key.</param>
    /// <param name="what">What one entry describes.</param>
    /// <param name="named">The key by which an entry is called.</param>
    public IEnumerable<Section> Sections(string key, string what, string named = "id") => Entries(Findings, List(key), what, named);

    /// <summary>The section at a key that must be there; null when it is not.</summary>
    public Section? Within(string key, string what) => Required(key) is { } node ? new(Findings, node, what) : null;

    /// <summary>The section at a key that may be left out.</summary>
    public Section? WithinOrNone(string key, string what) => Optional(key) is { } node ? new(Findings, node, what) : null;

    /// <summary>Notes what is wrong at a node of this section.</summary>
    public void Wrong(Node at, string message, string remedy) => Findings.Add(at, $"{What}: {message}", remedy);

    /// <summary>Notes what is wrong at the value of a key, which is there.</summary>
    public void WrongAt(string key, string message, string remedy) => Wrong(_map![key]!, message, remedy);

    /// <summary>Every key was asked for: whatever else is written is an error. To be called last.</summary>
    public void Done()
    {
        foreach (var (key, value) in _map?.Entries ?? [])
        {
            if (_known.Contains(key.Text))
                continue;
            if (MaySpeakSecrets(key.Text))
                Findings.Add(key.Place, $"{Shown.Of(key.Text)}: ***", $"{What}: a site holds no secrets",
                    "take it out of this file, change it if it was ever shared, and give it to the engine by the environment or a file of its own");
            else if (key.Text.All(char.IsAsciiDigit) && value is Node.Scalar { Nothing: true })
                Findings.Add(key.Place, Shown.Of(key.Text), $"{What}: a comma ends the value before it", "write decimals with a point: 1.70");
            else
                Findings.Add(key.Place, $"{Shown.Of(key.Text)}: {Shown.Of(value)}", $"{What}: unknown key {Shown.Of(key.Text)}",
                    Nearest.Remedy(key.Text, _listed, "keys here"));
        }
    }

    /// <summary>Whether a key, or a line, is of a kind that may hold a secret.</summary>
    public static bool MaySpeakSecrets(string text) =>
        text.Split('_', '-', '.', ' ', ':', '"', '\'', '{', ',').Any(word => Secrets.Contains(word, StringComparer.OrdinalIgnoreCase));

    void Know(string key)
    {
        if (_known.Add(key))
            _listed.Add(key);
    }

    Node.Scalar? Single(string key, Node? node)
    {
        if (node is Node.List or Node.Map)
            Wrong(node, $"{key} must be a single value", "write one value, in double quotes if it begins with { or [");
        return node as Node.Scalar;
    }

    Node.List? List(string key, Node? node)
    {
        if (node is Node.Scalar or Node.Map)
            Wrong(node, $"{key} must be a list", "begin each entry with '- ', or write [a, b]");
        return node as Node.List;
    }
}
