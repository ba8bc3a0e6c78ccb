using System.Text.RegularExpressions;
using CanhLu.Host.SiteFiles.Yaml;

namespace CanhLu.Host.SiteFiles;

/// <summary>The ids of one sort of thing, and whoever refers to them.</summary>
/// <param name="thing">What they name: <c>station</c>.</param>
/// <param name="file">The file that lists them.</param>
/// <param name="form">What an id must look like.</param>
/// <param name="formInWords">The same in words.</param>
sealed partial class Names(string thing, string file, Regex form, string formInWords)
{
    readonly Dictionary<string, Place> _first = new(StringComparer.Ordinal);

    /// <summary>Whether the list could be read, so that a name which is not in it is wrong.</summary>
    public bool Listed { get; set; }

    /// <summary>Takes in the id of a section. Null when it is missing, malformed or taken; the thing is known by it nevertheless.</summary>
    public string? Take(Section section, string key = "id")
    {
        if (section.Single(key) is not { } written)
            return null;
        if (!form.IsMatch(written.Text))
            section.Wrong(written, $"{key} cannot be an id of a {thing}", formInWords);
        else if (_first.TryGetValue(written.Text, out var first))
            section.Wrong(written, $"there is another {thing} {written.Text}", $"give one of them a different {key}: the first is on line {first.Line}");
        else
        {
            _first.Add(written.Text, written.Place);
            return written.Text;
        }
        _first.TryAdd(written.Text, written.Place);
        return null;
    }

    /// <summary>Whether something is known by an id.</summary>
    public bool Has(string id) => _first.ContainsKey(id);

    /// <summary>The id that a section refers to, checked to be there.</summary>
    public string? Refer(Section section, string key, Node? written)
    {
        if (written is not Node.Scalar id)
        {
            if (written is Node.List or Node.Map)
                section.Wrong(written, $"{key} must be the id of a {thing}", "write one id");
            return null;
        }
        if (!Listed || _first.ContainsKey(id.Text))
            return id.Text;
        section.Wrong(id, $"there is no {thing} {Shown.Of(id.Text)}", Nearest.Remedy(id.Text, _first.Keys, $"{thing}s in {file}"));
        return null;
    }

    /// <summary>The ids in the list at a key, each checked to be there and to be there once; empty when the key is left out.</summary>
    public List<(string Id, Node.Scalar Written)> ReferAll(Section section, string key, bool required)
    {
        var ids = new List<(string, Node.Scalar)>();
        var list = required ? section.List(key) : section.ListOrNone(key);
        if (list is null)
            return ids;
        if (list.Items.Length == 0)
            section.Wrong(list, $"{key} is an empty list", required ? $"name at least one {thing}" : $"name a {thing}, or leave {key} out to mean all");
        foreach (var item in list.Items)
        {
            if (Refer(section, key, item) is not { } id)
                continue;
            if (ids.Exists(other => other.Item1 == id))
                section.Wrong(item, $"{key} names {id} twice", "keep one");
            else
                ids.Add((id, (Node.Scalar)item));
        }
        return ids;
    }

    /// <summary>Ids of stations, rules, models and sites.</summary>
    [GeneratedRegex(@"\A(?=.{1,64}\z)[a-z0-9]+(?:-[a-z0-9]+)*\z")]
    public static partial Regex IdForm();

    /// <summary><see cref="IdForm"/> in words.</summary>
    public const string IdInWords = "write small letters without marks, digits and single hyphens, at most 64: tam-ky";

    /// <summary>Ids of devices, as on the wire.</summary>
    [GeneratedRegex(@"\A[A-Za-z0-9_.-]{1,64}\z")]
    public static partial Regex DeviceForm();

    /// <summary><see cref="DeviceForm"/> in words.</summary>
    public const string DeviceInWords = "it is part of an MQTT topic: write letters without marks, digits, '-', '_' and '.', at most 64";

    /// <summary>Codes of areas.</summary>
    [GeneratedRegex(@"\A[0-9]{5}\z")]
    public static partial Regex AreaForm();

    /// <summary><see cref="AreaForm"/> in words.</summary>
    public const string AreaInWords = "write the five digits of the General Statistics Office in quotes: \"20341\"";
}
