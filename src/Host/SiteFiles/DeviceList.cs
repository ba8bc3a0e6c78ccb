using System.Collections.Immutable;

namespace CanhLu.Host.SiteFiles;

/// <summary>The devices of <c>site.yaml</c>.</summary>
static class DeviceList
{
    /// <summary>Reads the entries under <c>devices</c>.</summary>
    public static void Read(Section site, Draft draft)
    {
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
            section.Done();
            if (section.Sound && model is not null)
                draft.Devices.Add(new(id!, model, station, name!));
        }
        Reachable(draft);
    }

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
