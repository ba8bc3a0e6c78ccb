using System.Collections.Immutable;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using Scalar = YamlDotNet.Core.Events.Scalar;

namespace CanhLu.Host.SiteFiles.Yaml;

/// <summary>Reads one YAML file as a tree whose every node knows its place.</summary>
/// <remarks>A tree of our own over the library's events, because the library's tree stops at the first double key. Aliases are refused, so a file
/// never grows when it is read; depth is bounded.</remarks>
sealed class YamlFile
{
    const int Deepest = 16;

    readonly string _file;
    readonly Findings _findings;
    readonly Parser _parser;
    Place _last;

    YamlFile(string file, string text, Findings findings)
    {
        _file = file;
        _findings = findings;
        _last = new(file, 1, 1);
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>The tree of a file; null when it could not be read, and then the reason is among the findings.</summary>
    public static Node? Read(string file, byte[] bytes, Findings findings)
    {
        if (Decoded(file, bytes, findings) is not { } text)
            return null;
        var yaml = new YamlFile(file, text, findings);
        try
        {
            return yaml.Document();
        }
        catch (StopReading)
        {
            return null;
        }
        catch (YamlException wrong)
        {
            yaml.NotYaml(new(file, (int)Math.Max(1, wrong.Start.Line), (int)Math.Max(1, wrong.Start.Column)), text, wrong.Message);
            return null;
        }
        catch (Exception wrong)
        {
            // The library's scanner also throws what is no YamlException (an InvalidOperationException for "- \t…" at some places):
            // whatever it throws at a text, the text is not YAML.
            yaml.NotYaml(yaml._last, text, wrong.GetType().Name);
            return null;
        }
    }

    static string? Decoded(string file, byte[] bytes, Findings findings)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\ufeff');
        }
        catch (DecoderFallbackException wrong)
        {
            var before = bytes.AsSpan(0, Math.Clamp(wrong.Index, 0, bytes.Length));
            var column = before.Length - before.LastIndexOf((byte)'\n');
            findings.Add(new(file, before.Count((byte)'\n') + 1, column), $"byte 0x{wrong.BytesUnknown?.FirstOrDefault() ?? 0:x2}",
                "this is not UTF-8", "save the file in the encoding UTF-8");
            return null;
        }
    }

    static string Reason(string message) =>
        message.Length == 0 ? "it cannot be read" : Shown.Reason(char.ToLowerInvariant(message[0]) + message[1..].TrimEnd('.'));

    void NotYaml(Place place, string text, string reason)
    {
        var line = text.Split('\n').ElementAtOrDefault(place.Line - 1)?.Trim() ?? "";
        var shown = Section.MaySpeakSecrets(line) ? "***" : Shown.Of(line);
        _findings.Add(place, shown, $"this is not YAML: {Reason(reason)}", SyntaxRemedy.For(reason, line));
    }

    Node? Document()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.Accept<DocumentStart>(out _))
        {
            _findings.Add(new(_file, 1, 1), "", "the file is empty", "write the keys of the site there");
            return null;
        }
        _parser.Consume<DocumentStart>();
        var root = Next(0);
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out var second))
            _findings.Add(At(second), "---", "a second document begins here", "keep one document a file");
        return root;
    }

    Node Next(int depth)
    {
        switch (_parser.Current)
        {
            case AnchorAlias alias:
                _parser.MoveNext();
                _findings.Add(At(alias), $"*{Shown.Of(alias.Value.Value)}", "references to anchors are not read", "write the value out");
                return new Node.Unreadable(At(alias));
            case Scalar scalar:
                _parser.MoveNext();
                return Untagged(scalar, new Node.Scalar(At(scalar), scalar.Value, scalar.Style == ScalarStyle.Plain));
            case SequenceStart start:
                return List(start, Deeper(start, depth));
            case MappingStart start:
                return Map(start, Deeper(start, depth));
            default:
                throw new SemanticErrorException(_parser.Current!.Start, _parser.Current.End, "unexpected end");
        }
    }

    Node List(SequenceStart start, int depth)
    {
        _parser.MoveNext();
        var items = ImmutableArray.CreateBuilder<Node>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
            items.Add(Next(depth));
        return Untagged(start, new Node.List(At(start), items.DrainToImmutable()));
    }

    Node Map(MappingStart start, int depth)
    {
        _parser.MoveNext();
        var entries = ImmutableArray.CreateBuilder<Node.Entry>();
        var first = new Dictionary<string, Place>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = Next(depth);
            var value = Next(depth);
            if (key is not Node.Scalar name)
            {
                if (key is not Node.Unreadable)
                    _findings.Add(key, "a key must be a single word", "put the text in quotes if it begins with { or [");
            }
            else if (!first.TryAdd(name.Text, name.Place))
                _findings.Add(name, $"the key {Shown.Of(name.Text)} is here twice", $"keep one: the first is on line {first[name.Text].Line}");
            else
                entries.Add(new(name, value));
        }
        return Untagged(start, new Node.Map(At(start), entries.DrainToImmutable()));
    }

    int Deeper(NodeEvent start, int depth)
    {
        if (depth < Deepest)
            return depth + 1;
        // The rest of the file is not even scanned: the scanner's work grows with the square of the depth.
        _findings.Add(At(start), "", $"nested deeper than {Deepest}", "no key of a site lies so deep: look for a bracket that is not closed");
        throw new StopReading();
    }

    Node Untagged(NodeEvent node, Node read)
    {
        if (node.Tag.IsEmpty || node.Tag.IsNonSpecific)
            return read;
        _findings.Add(At(node), Shown.Of(node.Tag.Value), "type tags are not read", "write the value without a tag");
        return new Node.Unreadable(At(node));
    }

    Place At(ParsingEvent read) => _last = new(_file, (int)read.Start.Line, (int)read.Start.Column);

    sealed class StopReading : Exception;
}
