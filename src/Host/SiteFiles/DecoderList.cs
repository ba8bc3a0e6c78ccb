using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CanhLu.Host.SiteFiles.Yaml;
using CanhLu.Ingest.Decoders;

namespace CanhLu.Host.SiteFiles;

/// <summary>The decoders of <c>site.yaml</c>: topics on which devices speak another language than ours.</summary>
static partial class DecoderList
{
    const string Own = "canhlu/";
    const string OwnOfDevice = $"canhlu/v1/{Decoder.DeviceLevel}/";

    /// <summary>Reads the entries under <c>decoders</c>, after devices.</summary>
    public static ImmutableArray<Decoder> Read(Section site, Draft draft, bool hasBroker)
    {
        var decoders = ImmutableArray.CreateBuilder<Decoder>();
        var patterns = new List<(TopicPattern Pattern, Node.Scalar Written)>();
        var hasChirpStack = false;
        foreach (var section in Section.Entries(draft.Findings, site.ListOrNone("decoders"), "decoder", "topic"))
        {
            var format = section.Word("format", Words.Formats);
            hasChirpStack |= format == PayloadFormat.ChirpStack;
            var topic = Topic(section, format, hasBroker, patterns);
            var names = Names(section, draft);
            var devices = Devices(section, draft, format);
            section.Done();
            if (section.Sound)
                decoders.Add(new(topic!, format!.Value, names, devices));
        }
        if (hasChirpStack)
            InSmallLetters(site);
        return decoders.DrainToImmutable();
    }

    static string? Topic(Section section, PayloadFormat? format, bool hasBroker, List<(TopicPattern Pattern, Node.Scalar Written)> patterns)
    {
        if (section.Single("topic") is not { } written)
            return null;
        if (TopicPattern.FaultOf(written.Text) is var (fault, remedy))
        {
            section.Wrong(written, $"topic {fault}", remedy);
            return null;
        }
        var isWhole = written.Text.EndsWith($"{Decoder.DeviceLevel}/#", StringComparison.Ordinal);
        if (format == PayloadFormat.Frigate && !isWhole)
            section.Wrong(written, "Frigate's topics lie below its cameras", $"write its prefix and {Decoder.DeviceLevel}/#: frigate/{Decoder.DeviceLevel}/#");
        else if (format is not (null or PayloadFormat.Frigate) && written.Text.EndsWith('#'))
            section.Wrong(written, "# is for Frigate only", "write each level, + for any one");
        else if (written.Text.StartsWith(Own, StringComparison.Ordinal) && !IsOfDevice(written.Text))
            section.Wrong(written, "this topic is the engine's own", $"write {OwnOfDevice}senml, or a topic that does not begin with {Own}");
        else if (!hasBroker && (format is not (null or PayloadFormat.SenML) || !IsOfDevice(written.Text)))
            section.Wrong(written, "without a broker nobody may publish there: at the engine's own door a device speaks for itself",
                $"name the broker that these messages come to under 'broker:', or let the device send SenML to {OwnOfDevice}senml");
        else if (new TopicPattern(written.Text) is var pattern && !IsOfDevice(written.Text) && pattern.Overlaps(new TopicPattern($"canhlu/{Decoder.DeviceLevel}/#")))
            section.Wrong(written, "topic takes in the engine's own", "write its first level out");
        else if (patterns.Find(other => other.Pattern.Overlaps(pattern)) is { Written: { } first })
            section.Wrong(written, $"another decoder reads such a topic too: {Shown.Of(first.Text)}", $"take the topics apart, or leave one out: the first is on line {first.Place.Line}");
        else
        {
            patterns.Add((pattern, written));
            return written.Text;
        }
        return null;
    }

    // What a device says at its own topics is its own; up, status and cmd have their language already.
    static bool IsOfDevice(string topic) => topic.StartsWith(OwnOfDevice, StringComparison.Ordinal)
        && topic[OwnOfDevice.Length..] is not ("up" or "status" or "cmd" or "") and var last && !last.AsSpan().ContainsAny('/', '+', '#');

    static ImmutableArray<ForeignName> Names(Section decoder, Draft draft)
    {
        var names = ImmutableArray.CreateBuilder<ForeignName>();
        var fields = draft.Models.SelectMany(model => model.Fields).Select(field => field.Name).Distinct(StringComparer.Ordinal).ToArray();
        foreach (var section in Section.Entries(draft.Findings, decoder.ListOrNone("fields"), $"{decoder.What}, field", "name"))
        {
            var name = section.Single("name");
            if (name is not null && !ForeignForm().IsMatch(name.Text))
                section.Wrong(name, "name cannot be a name in a payload", "write it as it stands there, with a dot into an object: level.value; at most 128 letters");
            else if (name is not null && names.Any(other => other.Name == name.Text))
                section.Wrong(name, "this name is here twice", "keep one");
            var field = section.Single("field");
            // What is wrong with the models is said there.
            if (field is not null && draft.ModelIds.Listed && fields.Length > 0 && !fields.Contains(field.Text))
                section.Wrong(field, "no model has such a field", Nearest.Remedy(field.Text, fields, "fields of the models"));
            section.Done();
            if (section.Sound)
                names.Add(new(name!.Text, field!.Text));
        }
        return names.DrainToImmutable();
    }

    static ImmutableArray<string> Devices(Section section, Draft draft, PayloadFormat? format)
    {
        var ids = draft.DeviceIds.ReferAll(section, "devices", required: false);
        foreach (var (id, written) in ids)
            if (format is { } known && Decoder.KindOf(known) is { } kind && draft.Devices.Find(device => device.Id == id) is { } device && device.Model.Kind != kind)
                section.Wrong(written, $"{Words.Of(Words.Formats, known)} tells of devices of the kind {Words.Of(Words.DeviceKinds, kind)} only", "leave it out, or give the device another model");
        return [.. ids.Select(one => one.Id)];
    }

    // On the sticker it stands in capitals.
    static void InSmallLetters(Section site)
    {
        foreach (var device in (site.Optional("devices") as Node.List)?.Items ?? [])
            foreach (var also in ((device as Node.Map)?["also"] as Node.List)?.Items ?? [])
                if (also is Node.Scalar written && DevEui().IsMatch(written.Text) && written.Text.Any(char.IsAsciiLetterUpper))
                    site.Wrong(written, "ChirpStack writes a DevEUI in small letters", $"write \"{written.Text.ToLowerInvariant()}\"");
    }

    [GeneratedRegex(@"\A[^\p{C}\s]{1,128}\z")]
    private static partial Regex ForeignForm();

    [GeneratedRegex(@"\A[0-9A-Fa-f]{16}\z")]
    private static partial Regex DevEui();
}
