using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Nodes;
using CanhLu.Archive.Files;
using NodaTime;
using NodaTime.Text;

namespace CanhLu.Console.SensorThings;

/// <summary>One entity with its properties.</summary>
/// <param name="Set">What it is.</param>
/// <param name="Id">Its id, without quotes.</param>
/// <param name="Body">Its properties.</param>
sealed record Entity(EntitySet Set, string Id, JsonObject Body)
{
    /// <summary>The series of a datastream or an observation; null for others.</summary>
    public Stream? Stream { get; init; }

    /// <summary>As it stands in an address: a datastream's id is a number, every other a text.</summary>
    public string Key => Set == EntitySet.Datastreams ? $"({Id})" : $"('{Uri.EscapeDataString(Id.Replace("'", "''", StringComparison.Ordinal))}')";

    /// <summary>As it stands in an answer.</summary>
    public JsonNode IdNode => Set == EntitySet.Datastreams ? JsonValue.Create(long.Parse(Id, CultureInfo.InvariantCulture)) : JsonValue.Create(Id)!;
}

/// <summary>A series that is shown as a datastream.</summary>
/// <param name="Series">The archive's series.</param>
/// <param name="Station">Where its device stands.</param>
/// <param name="Device">Its device.</param>
/// <param name="IsStage">Whether its values are millimetres, which are shown as metres.</param>
sealed record Stream(Series Series, Station Station, Device Device, bool IsStage);

/// <summary>What is shown, as it stands now: the stations with the series of their devices. What stands at no station is not shown.</summary>
sealed class Catalog
{
    const string GeoJson = "application/geo+json";
    const string Measurement = "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement";
    const string Stage = "http://mmisw.org/ont/cf/parameter/water_surface_height_above_reference_datum";

    readonly Dictionary<EntitySet, Entity[]> _all = [];
    readonly Dictionary<(EntitySet, string), Entity> _byId = [];

    public Catalog(Site site, IReadOnlyList<Series> series)
    {
        var stations = site.Stations.ToFrozenDictionary(station => station.Id);
        Streams =
        [
            .. series.Select(one => site.Devices.TryGetValue(one.Device, out var device) && device.Station is { } id && stations.TryGetValue(id, out var station)
                && SeriesNames.UnitOf(device, one.Quantity) == one.Unit ? new Stream(one, station, device, SeriesNames.Of(site, one).IsStage) : null).OfType<Stream>(),
        ];
        Keep(EntitySet.Things, site.Stations.Select(station => new Entity(EntitySet.Things, station.Id, Thing(station))));
        Keep(EntitySet.Locations, site.Stations.Select(station => new Entity(EntitySet.Locations, station.Id, Location(station))));
        Keep(EntitySet.HistoricalLocations, []);
        Keep(EntitySet.FeaturesOfInterest, site.Stations.Select(station => new Entity(EntitySet.FeaturesOfInterest, station.Id, Feature(station))));
        Keep(EntitySet.Datastreams, Streams.Select(stream => new Entity(EntitySet.Datastreams, IdOf(stream), Datastream(stream)) { Stream = stream }));
        Keep(EntitySet.Sensors, Streams.Select(stream => stream.Device).Distinct().Select(device => new Entity(EntitySet.Sensors, device.Id, Sensor(device))));
        Keep(EntitySet.ObservedProperties, Streams.Select(stream => stream.Series.Quantity).Distinct().Select(quantity => new Entity(EntitySet.ObservedProperties, quantity, Property(quantity))));
    }

    public IReadOnlyList<Stream> Streams { get; }

    public IReadOnlyList<Entity> All(EntitySet set) => _all[set];

    public Entity? Find(EntitySet set, string id) => _byId.GetValueOrDefault((set, id));

    /// <summary>Where a way leads; not for observations, which are in the archive.</summary>
    public IEnumerable<Entity> Behind(Entity from, EntitySet to) => (from.Set, to) switch
    {
        (EntitySet.Things, EntitySet.Locations) or (EntitySet.Locations, EntitySet.Things) => One(to, from.Id),
        (_, EntitySet.HistoricalLocations) or (EntitySet.HistoricalLocations, _) => [],
        (EntitySet.Datastreams or EntitySet.Observations, EntitySet.Datastreams) => One(to, IdOf(from.Stream!)),
        (EntitySet.Datastreams, EntitySet.Things) or (EntitySet.Observations, EntitySet.FeaturesOfInterest) => One(to, from.Stream!.Station.Id),
        (EntitySet.Datastreams, EntitySet.Sensors) => One(to, from.Stream!.Device.Id),
        (EntitySet.Datastreams, EntitySet.ObservedProperties) => One(to, from.Stream!.Series.Quantity),
        (_, EntitySet.Datastreams) => StreamsOf(from).Select(stream => Find(to, IdOf(stream))!),
        _ => throw new InvalidOperationException($"No way leads from {from.Set} to {to}."),
    };

    /// <summary>The series whose observations lie behind an entity.</summary>
    public IEnumerable<Stream> StreamsOf(Entity from) => from.Set switch
    {
        EntitySet.Things or EntitySet.FeaturesOfInterest => Streams.Where(stream => stream.Station.Id == from.Id),
        EntitySet.Sensors => Streams.Where(stream => stream.Device.Id == from.Id),
        EntitySet.ObservedProperties => Streams.Where(stream => stream.Series.Quantity == from.Id),
        _ => from.Stream is { } own ? [own] : [],
    };

    /// <summary>A reading as an observation.</summary>
    public static Entity Observation(in Reading reading, Stream stream)
    {
        var at = InstantPattern.ExtendedIso.Format(reading.MeasuredAt);
        return new Entity(
            EntitySet.Observations, string.Create(CultureInfo.InvariantCulture, $"{reading.Series.Value}-{reading.MeasuredAt.ToUnixTimeTicks() / 10}"),
            new JsonObject
            {
                ["phenomenonTime"] = at,
                ["result"] = reading.Flag == Flag.Missing ? null : stream.IsStage ? reading.Value / 1000 : reading.Value,
                ["resultTime"] = at,
                ["resultQuality"] = new JsonObject { ["qartod"] = (int)reading.Flag },
                ["validTime"] = null,
                ["parameters"] = new JsonObject { ["received_at"] = InstantPattern.ExtendedIso.Format(reading.ReceivedAt) },
            })
        {
            Stream = stream,
        };
    }

    /// <summary>The series and the time of an observation's id; null when it is none.</summary>
    public (Stream Stream, Instant At)? ObservationOf(string id)
    {
        var dash = id.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && int.TryParse(id.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && long.TryParse(id.AsSpan(dash + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var microseconds)
            && Math.Abs(microseconds) < 200_000_000_000_000_000 && Streams.FirstOrDefault(stream => stream.Series.Id.Value == number) is { } stream
                ? (stream, Instant.FromUnixTimeTicks(10 * microseconds)) : null;
    }

    static string IdOf(Stream stream) => stream.Series.Id.Value.ToString(CultureInfo.InvariantCulture);

    static JsonObject Thing(Station station)
    {
        var properties = new JsonObject { ["river"] = station.River, ["datum"] = station.Datum, ["report_every_s"] = (long)station.ReportEvery.TotalSeconds };
        if (!station.Ladders.IsEmpty)
            properties["alarm_levels_m"] = new JsonArray([.. station.Ladders.Select(ladder => (JsonNode)new JsonObject
            {
                ["from"] = InstantPattern.ExtendedIso.Format(ladder.From),
                ["I"] = ladder.I.Raise.Metres,
                ["II"] = ladder.II.Raise.Metres,
                ["III"] = ladder.III.Raise.Metres,
            })]);
        return new JsonObject { ["name"] = station.Name, ["description"] = $"Trạm {station.Name}, sông {station.River} [Station on the river {station.River}]", ["properties"] = properties };
    }

    static JsonObject Location(Station station) => new()
    {
        ["name"] = station.Name,
        ["description"] = $"Vị trí trạm {station.Name} [Where the station stands]",
        ["encodingType"] = GeoJson,
        ["location"] = Point(station),
    };

    static JsonObject Feature(Station station) => new()
    {
        ["name"] = $"{station.River}, {station.Name}",
        ["description"] = $"Sông {station.River} tại {station.Name} [The river at the station]",
        ["encodingType"] = GeoJson,
        ["feature"] = Point(station),
    };

    // GeoJSON (RFC 7946) gives the longitude first.
    static JsonObject Point(Station station) => new() { ["type"] = "Point", ["coordinates"] = new JsonArray(station.Longitude, station.Latitude) };

    static JsonObject Datastream(Stream stream) => new()
    {
        ["name"] = $"{stream.Station.Name}: {stream.Series.Quantity} ({stream.Device.Name})",
        ["description"] = stream.IsStage ? $"Mực nước trên mốc {stream.Station.Datum} [Height of the water over the datum {stream.Station.Datum}]" : $"{stream.Series.Quantity} ({stream.Series.Unit})",
        ["observationType"] = Measurement,
        ["unitOfMeasurement"] = stream.IsStage
            ? new JsonObject { ["name"] = "metre", ["symbol"] = "m", ["definition"] = "http://qudt.org/vocab/unit/M" }
            : new JsonObject { ["name"] = stream.Series.Unit, ["symbol"] = stream.Series.Unit, ["definition"] = "https://ucum.org/ucum" },
        ["observedArea"] = Point(stream.Station),
    };

    static JsonObject Sensor(Device device) => new()
    {
        ["name"] = device.Name,
        ["description"] = $"{device.Id} ({device.Model.Kind})",
        ["encodingType"] = "text/html",
        ["metadata"] = device.Model.Id,
    };

    static JsonObject Property(string quantity) => new()
    {
        ["name"] = quantity,
        ["definition"] = quantity == Device.StageQuantity ? Stage : $"urn:canh-lu:quantity:{Uri.EscapeDataString(quantity)}",
        ["description"] = quantity == Device.StageQuantity ? "Mực nước [Height of the water over the station's datum]" : quantity,
    };

    IEnumerable<Entity> One(EntitySet set, string id) => Find(set, id) is { } found ? [found] : [];

    void Keep(EntitySet set, IEnumerable<Entity> entities)
    {
        Entity[] all = [.. entities.OrderBy(one => one.Set == EntitySet.Datastreams ? long.Parse(one.Id, CultureInfo.InvariantCulture) : 0).ThenBy(one => one.Id, StringComparer.Ordinal)];
        _all[set] = all;
        foreach (var entity in all)
            _byId[(set, entity.Id)] = entity;
    }
}
