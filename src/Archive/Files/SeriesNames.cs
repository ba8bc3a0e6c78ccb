namespace CanhLu.Archive.Files;

/// <summary>A series as files of readings call it.</summary>
/// <param name="Series">The archive's series.</param>
/// <param name="Name">A station's id, or a device's.</param>
/// <param name="Unit">The unit in the file: metres where the archive keeps millimetres of a stage.</param>
public sealed record NamedSeries(Series Series, string Name, string Unit)
{
    /// <summary>Whether it is a stage: metres in a file, millimetres in a <see cref="Reading"/>.</summary>
    public bool IsStage => Unit != Series.Unit;
}

/// <summary>Which series of the archive a name and a quantity in a file of readings mean, and the other way round.</summary>
/// <remarks>
/// A station's quantity is that of its first device, by id, that has it, as in a backtest; any other device goes by its own id. Only the site's files count: what people adopted beside them is known here, and
/// not where the file is read.
/// </remarks>
public static class SeriesNames
{
    /// <summary>Millimetres, the unit of a stage in the archive.</summary>
    public const string Millimetre = "mm";

    /// <summary>Metres, the unit of a stage in a file.</summary>
    public const string Metre = "m";

    /// <summary>The unit of what every device has.</summary>
    const string OnlineUnit = "1";

    /// <summary>The series as files call it.</summary>
    /// <param name="files">The site as its files say it.</param>
    /// <param name="series">The series.</param>
    public static NamedSeries Of(Site files, Series series)
    {
        var station = files.Devices.TryGetValue(series.Device, out var device) ? device.Station : null;
        var name = station is not null && First(files, station, series.Quantity)?.Id == series.Device ? station : series.Device;
        return new NamedSeries(series, name, series is { Quantity: Device.StageQuantity, Unit: Millimetre } ? Metre : series.Unit);
    }

    /// <summary>The device that a file means; null when it is none of the site's.</summary>
    /// <param name="files">The site as its files say it.</param>
    /// <param name="name">A station's id, or a device's.</param>
    /// <param name="quantity">The quantity.</param>
    public static Device? DeviceOf(Site files, string name, string quantity) =>
        files.StationOf(name) is not null ? First(files, name, quantity) : files.Devices.GetValueOrDefault(name);

    /// <summary>The unit in which a device keeps a quantity; null when it does not have it.</summary>
    public static string? UnitOf(Device device, string quantity) => quantity == Device.Online ? OnlineUnit
        : device.Model.Fields.FirstOrDefault(field => field.Quantity == quantity)?.Unit;

    /// <summary>Those of some series that are asked for.</summary>
    /// <param name="site">The site in force, with what was adopted.</param>
    /// <param name="files">The site as its files say it.</param>
    /// <param name="all">The archive's series.</param>
    /// <param name="names">Ids of stations, whose devices are all meant, and of devices; none for all.</param>
    /// <param name="quantities">Quantities; none for all.</param>
    /// <param name="unknown">A name that is neither a station's nor a device's; null when there is none.</param>
    public static IReadOnlyList<NamedSeries> Asked(
        Site site, Site files, IReadOnlyList<Series> all, IReadOnlyCollection<string> names, IReadOnlyCollection<string> quantities, out string? unknown)
    {
        unknown = names.FirstOrDefault(name => site.StationOf(name) is null && !site.Devices.ContainsKey(name) && !all.Any(one => one.Device == name));
        return [.. all.Where(IsAsked).Select(one => Of(files, one))];

        bool IsAsked(Series one) => (quantities.Count == 0 || quantities.Contains(one.Quantity))
            && (names.Count == 0 || names.Contains(one.Device) || (site.Devices.TryGetValue(one.Device, out var device) && device.Station is { } station && names.Contains(station)));
    }

    static Device? First(Site files, string station, string quantity)
    {
        Device? first = null;
        foreach (var device in files.Devices.Values)
            if (device.Station == station && UnitOf(device, quantity) is not null && (first is null || string.CompareOrdinal(device.Id, first.Id) < 0))
                first = device;
        return first;
    }
}
