using System.Collections.Immutable;

namespace CanhLu.Backtest;

/// <summary>The names by which a record may call a series (a station or a device, and a quantity), each with a number that is the same for every site compared.</summary>
/// <remarks>A station's quantity is that of its first device that has it. So one pass over a record serves the judges of several sites.</remarks>
public sealed class SeriesKeys
{
    readonly Dictionary<(string Name, string Quantity), SeriesId> _ids = [];
    readonly List<SeriesKey> _keys = [SeriesKey.None];

    /// <summary>Every name that any of some sites knows. Where they differ in a sensor's range, the first one counts.</summary>
    public SeriesKeys(params ReadOnlySpan<Site> sites)
    {
        foreach (var site in sites)
        {
            foreach (var station in site.Stations)
                foreach (var (device, field) in Fields(DevicesAt(site, station.Id)))
                    Add(station.Id, field, station.Id);
            foreach (var (device, field) in Fields(Sorted(site)))
                Add(device.Id, field, device.Station);
        }
    }

    /// <summary>One more than the greatest number.</summary>
    public int Count => _keys.Count;

    /// <summary>The number of a series' name; 0, which is no series, when no site knows it.</summary>
    public SeriesId Find(string name, string quantity) => _ids.GetValueOrDefault((name, quantity));

    /// <summary>What a site's judge is to know of: a series for every name that the site has.</summary>
    public IReadOnlyCollection<Series> SeriesOf(Site site)
    {
        var series = new List<Series>();
        foreach (var ((name, quantity), id) in _ids)
        {
            var devices = site.StationOf(name) is not null ? DevicesAt(site, name)
                : site.Devices.TryGetValue(name, out var named) ? [named] : [];
            foreach (var (device, field) in Fields(devices))
                if (field.Quantity == quantity)
                {
                    series.Add(new Series(id, device.Id, quantity, field.Unit));
                    break;
                }
        }
        return series;
    }

    internal SeriesKey this[SeriesId id] => _keys[id.Value];

    internal IEnumerable<(string Name, string Quantity, SeriesId Id)> All => _ids.Select(one => (one.Key.Name, one.Key.Quantity, one.Value));

    void Add(string name, Field field, string? station)
    {
        var id = new SeriesId(_keys.Count);
        if (_ids.TryAdd((name, field.Quantity), id))
            _keys.Add(new SeriesKey(
                field.Quantity == Device.StageQuantity, station, Math.Min(field.Min * field.Scale, field.Max * field.Scale),
                Math.Max(field.Min * field.Scale, field.Max * field.Scale)));
    }

    static IEnumerable<(Device Device, Field Field)> Fields(IEnumerable<Device> devices) =>
        devices.SelectMany(device => device.Model.Fields.Append(new Field("", Device.Online, "1", 1, 0, 1)).Select(field => (device, field)));

    static ImmutableArray<Device> DevicesAt(Site site, string station) => [.. Sorted(site).Where(device => device.Station == station)];

    static IEnumerable<Device> Sorted(Site site) => site.Devices.Values.OrderBy(device => device.Id, StringComparer.Ordinal);
}
