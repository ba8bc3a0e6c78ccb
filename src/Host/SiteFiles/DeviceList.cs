using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CanhLu.Host.SiteFiles.Yaml;

namespace CanhLu.Host.SiteFiles;

/// <summary>The devices of <c>site.yaml</c>.</summary>
static partial class DeviceList
{
    /// <summary>Reads the entries under <c>devices</c>.</summary>
    public static void Read(Section site, Draft draft)
    {
        var also = new List<(string Name, Node.Scalar Written, Section Section)>();
        foreach (var section in site.Sections("devices", "device"))
        {
            var id = draft.DeviceIds.Take(section);
            var model = draft.ModelIds.Refer(section, "model", section.Required("model")) is { } named
                ? draft.Models.Find(model => model.Id == named)
                : null;
            // Only a box that measures a river must stand at one.
            var at = model is { Kind: DeviceKind.Gauge } ? section.Required("station") : section.Optional("station");
            var station = draft.StationIds.Refer(section, "station", at);
            var name = section.Text("name");
            var names = Also(section, also);
            section.Done();
            if (section.Sound && model is not null)
                draft.Devices.Add(new(id!, model, station, name!) { Also = names });
        }
        // An id may stand behind the name that takes it.
        foreach (var (name, written, section) in also)
            if (draft.DeviceIds.Has(name))
                section.Wrong(written, $"there is a device of the id {name}", "give it another name there, or that device another id");
        Reachable(draft);
    }

    static ImmutableArray<string> Also(Section device, List<(string Name, Node.Scalar Written, Section Section)> taken)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        foreach (var item in device.ListOrNone("also")?.Items ?? [])
        {
            if (item is not Node.Scalar written || !ForeignForm().IsMatch(written.Text))
                device.Wrong(item, "also cannot be a name on a topic", "write one level of the topic, in quotes: letters without marks, digits, '-', '_', '.' and ':', at most 64");
            else if (taken.Find(other => other.Name == written.Text) is { Written: { } first })
                device.Wrong(written, $"the name {written.Text} is taken", $"give each name to one device: the first is on line {first.Place.Line}");
            else
            {
                taken.Add((written.Text, written, device));
                names.Add(written.Text);
            }
        }
        return names.DrainToImmutable();
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_.:-]{1,64}\z")]
    private static partial Regex ForeignForm();

    // 27.0 for 2.70 is the likeliest slip of all, and the one that keeps a warning from ever being given.
    static void Reachable(Draft draft)
    {
        foreach (var (station, raise, written) in draft.Raises)
        {
            var ranges = draft.Devices.Where(device => device.Station == station && device.Model.Kind == DeviceKind.Gauge)
                .SelectMany(device => device.Model.Fields.Where(field => field.Quantity == Device.StageQuantity)
                    .Select(field => (device.Id, Least: field.Min * field.Scale, Most: field.Max * field.Scale)))
                .ToImmutableArray();
            if (ranges.IsEmpty || ranges.Any(range => raise.Millimetres >= range.Least && raise.Millimetres <= range.Most))
                continue;
            var (id, least, most) = ranges[0];
            written.WrongAt("raise_m", $"no gauge of the station can measure this height",
                $"write a height in the range of {id}: {Values.Written((decimal)least / 1000)} to {Values.Written((decimal)most / 1000)}");
        }
    }
}
