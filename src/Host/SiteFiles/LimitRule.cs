using System.Collections.Immutable;
using NodaTime;

namespace CanhLu.Host.SiteFiles;

/// <summary>A rule of the type <c>limit</c>; its <c>while</c> is read when every rule is known.</summary>
static class LimitRule
{
    const decimal Largest = 1_000_000_000_000;
    static readonly Duration Longest = Duration.FromDays(7);

    /// <summary>Reads the keys of a limit; null when something is wrong.</summary>
    public static Rule.Limit? Read(Section section, Head head, Draft draft)
    {
        var kind = section.WordOrNone("kind", Words.DeviceKinds);
        var devices = draft.DeviceIds.ReferAll(section, "devices", required: false);
        foreach (var (id, written) in devices)
            if (kind is { } only && draft.Devices.Find(device => device.Id == id) is { } device && device.Model.Kind != only)
                section.Wrong(written, $"device {id} is of kind {Words.Of(Words.DeviceKinds, device.Model.Kind)}", "take it out, or leave kind out");
        var quantity = section.Text("quantity");
        if (quantity is not null && draft.SiteSound && section.Sound)
            Measured(section, quantity, head.Policy != Policy.Desk, kind, [.. devices.Select(device => device.Id)], draft);
        var side = section.Word("side", Words.Sides);
        var raise = section.Number("raise", -Largest, Largest);
        var clear = section.Number("clear", -Largest, Largest);
        if (side is LimitSide.Above ? clear > raise : side is LimitSide.Below && clear < raise)
            section.WrongAt("clear", "it would end before it begins",
                $"write at {(side is LimitSide.Above ? "most" : "least")} raise, {Values.Written(raise!.Value)}");
        var raiseHold = section.Length("raise_hold", Duration.Zero, Longest);
        var clearHold = section.Length("clear_hold", Duration.Zero, Longest);
        // A last will is one reading, and no second one follows for a hold to end by.
        if (quantity == Device.Online && side == LimitSide.Below && raiseHold > Duration.Zero)
            section.WrongAt("raise_hold", "a device that is gone says so once, and never speaks again for the hold to end", "write 0s");
        return section.Sound
            ? new(head.Id, head.Name, head.Policy, kind, [.. devices.Select(device => device.Id)], quantity!, side!.Value, (double)raise!.Value,
                (double)clear!.Value, raiseHold!.Value, clearHold!.Value, While: null)
            : null;
    }

    static void Measured(Section section, string quantity, bool told, DeviceKind? kind, ImmutableArray<string> named, Draft draft)
    {
        var meant = draft.Devices.Where(device => (kind is null || device.Model.Kind == kind) && (named.IsEmpty || named.Contains(device.Id))).ToList();
        var without = meant.Where(device => !Quantities(device).Contains(quantity)).ToList();
        if (meant.Count == 0)
            section.WrongAt("quantity", $"the site has no {Words.Of(Words.DeviceKinds, kind!.Value)}", "take the rule out, or add a device");
        else if (told && meant.Find(device => device.Station is null) is { } nowhere)
            section.WrongAt("policy", $"device {nowhere.Id} stands at no station, so nobody can be told",
                $"write desk, name other devices, or give it a station in {SiteFolder.SiteFile}");
        else if (without.Count == meant.Count || (without.Count > 0 && !named.IsEmpty))
            section.WrongAt("quantity", $"device {without[0].Id} does not send it",
                Nearest.Remedy(quantity, [.. Quantities(without[0])], "it sends"));
    }

    static IEnumerable<string> Quantities(Device device) => device.Model.Fields.Select(field => field.Quantity).Append(Device.Online);
}
