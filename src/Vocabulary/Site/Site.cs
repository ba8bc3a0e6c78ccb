using System.Collections.Frozen;
using System.Collections.Immutable;
using NodaTime;

namespace CanhLu;

/// <summary>An outside MQTT broker that the engine reads from instead of opening its own door.</summary>
/// <param name="Url"><c>mqtt://host:1883</c> or <c>mqtts://host:8883</c>.</param>
/// <param name="ClientId">The stem of the client ids; links after the first add <c>-2</c>, <c>-3</c>…</param>
/// <param name="User">User name; null for none. The password comes from the environment or a file, never from the site.</param>
/// <param name="Links">How many connections share the subscription, 1 to 16.</param>
/// <param name="ReceiveMaximum">How many messages may wait for their acknowledgement on a link, 1 to 65,535.</param>
/// <param name="CaFile">Path of a PEM file with the authority to trust; null for the system's.</param>
/// <param name="CertificateFile">Path of a PEM file with the client's certificate and key; null for none.</param>
public sealed record Broker(
    string Url, string ClientId, string? User, int Links, int ReceiveMaximum, string? CaFile, string? CertificateFile);

/// <summary>Which carriers tell a level, in order: the first one, and whether all of them at once.</summary>
/// <param name="Level">The level; <see cref="AlarmLevel.None"/> for the all-clear.</param>
/// <param name="Carriers">Ids of carriers, <c>zalo</c>, <c>esms</c>: the first is tried first.</param>
/// <param name="Together">True: all of them at once. False: the next only when the one before has finally refused.</param>
public sealed record Telling(AlarmLevel Level, ImmutableArray<string> Carriers, bool Together);

/// <summary>The city's own configuration, checked whole: what is watched, by which rules, and in which words people are told.</summary>
public sealed record Site
{
    /// <summary>Its id, <c>tam-ky</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its name as people read it.</summary>
    public required string Name { get; init; }

    /// <summary>The zone in which text is written.</summary>
    public required DateTimeZone Zone { get; init; }

    /// <summary>Whether everything that people read is an exercise.</summary>
    public bool IsDrill { get; init; }

    /// <summary>The outside broker; null when the engine opens its own door.</summary>
    public Broker? Broker { get; init; }

    /// <summary>Areas by code.</summary>
    public required FrozenDictionary<string, Area> Areas { get; init; }

    /// <summary>The boundaries of areas by code; an area may have none.</summary>
    public FrozenDictionary<string, Outline> Outlines { get; init; } = FrozenDictionary<string, Outline>.Empty;

    /// <summary>Who speaks in alerts for the public; null where none are published.</summary>
    public PublicSender? PublicSender { get; init; }

    /// <summary>Stations in the order of the site's file, which is the order along the river.</summary>
    public required ImmutableArray<Station> Stations { get; init; }

    /// <summary>Devices by id.</summary>
    public required FrozenDictionary<string, Device> Devices { get; init; }

    /// <summary>Topics on which devices speak another language than ours; empty for none. No two of them match one topic.</summary>
    public ImmutableArray<Decoder> Decoders { get; init; } = [];

    /// <summary>How gauges are calibrated, in the order in which people entered it: of two that begin at one moment the later entry holds.</summary>
    public ImmutableArray<Calibration> Calibrations { get; init; } = [];

    /// <summary>Sirens and loudspeakers by id; empty for none, and then nothing is stated for any.</summary>
    public FrozenDictionary<string, Siren> Sirens { get; init; } = FrozenDictionary<string, Siren>.Empty;

    /// <summary>How the whole way is tried from time to time; null: it is not.</summary>
    public Canary? Canary { get; init; }

    /// <summary>The quality tests of its readings; empty for none.</summary>
    public ImmutableArray<SeriesQuality> Quality { get; init; } = [];

    /// <summary>Rules in the order of the site's file.</summary>
    public required ImmutableArray<Rule> Rules { get; init; }

    /// <summary>The wordings.</summary>
    public required ImmutableArray<BulletinTemplate> Templates { get; init; }

    /// <summary>Which carriers tell which level.</summary>
    public required ImmutableArray<Telling> Tellings { get; init; }

    /// <summary>Who decides on what is asked, and by when; the first that fits counts.</summary>
    public ImmutableArray<Deciding> Deciding { get; init; } = [];

    /// <summary>How long after its reading a warning may still be sent.</summary>
    public required Duration WarningValidFor { get; init; }

    /// <summary>How long after its reading an all-clear may still be sent.</summary>
    public required Duration AllClearValidFor { get; init; }

    /// <summary>How far ahead of ours a device's clock may be before its readings are rejected as from the future.</summary>
    public required Duration FutureTolerance { get; init; }

    /// <summary>Who decides on such a bulletin, and by when.</summary>
    /// <param name="kind">Warning, all-clear or announcement.</param>
    /// <param name="level">Its level.</param>
    /// <param name="grade">The evidence; null where there is none to grade.</param>
    public Deciding DecidingOn(BulletinKind kind, AlarmLevel level, Grade? grade) =>
        Deciding.FirstOrDefault(one => one.Fits(kind, level, grade)) ?? CanhLu.Deciding.Anybody;

    /// <summary>The station of an id; null when the site has none.</summary>
    public Station? StationOf(string id)
    {
        foreach (var station in Stations)
            if (station.Id == id)
                return station;
        return null;
    }
}
