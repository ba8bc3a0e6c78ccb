using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using CanhLu.Duty;
using CanhLu.Notify;
using NodaTime;

namespace CanhLu.Console.Live;

/// <summary>All that the first page shows, whole. Metres and metres an hour; instants are ISO 8601 in UTC.</summary>
/// <param name="Now">The engine's clock.</param>
/// <param name="Site">The site's name.</param>
/// <param name="NoteVi">What a visitor must know of what is shown, in Vietnamese; null for nothing.</param>
/// <param name="NoteEn">The same in English.</param>
/// <param name="Ready">Whether what comes in is being kept.</param>
/// <param name="NotReadyBecause">Why not.</param>
/// <param name="Stations">In the order along the river.</param>
/// <param name="Reservoirs">Those whose releases a rule is about.</param>
/// <param name="Alarms">Open ones, and the last that ended; newest first.</param>
/// <param name="Proposals">Those that wait for a decision, the most urgent first.</param>
/// <param name="Broadcasts">The last bulletins, newest first.</param>
/// <param name="Devices">Every device of the site.</param>
/// <param name="Maintenance">Where people work, or will.</param>
/// <param name="Drill">Whether all of it is an exercise.</param>
public sealed record Desk(
    Instant Now, string Site, string? NoteVi, string? NoteEn, bool Ready, string? NotReadyBecause, ImmutableArray<StationView> Stations,
    ImmutableArray<ReservoirView> Reservoirs, ImmutableArray<AlarmView> Alarms, ImmutableArray<ProposalView> Proposals, ImmutableArray<BroadcastView> Broadcasts,
    ImmutableArray<DeviceView> Devices, ImmutableArray<MaintenanceView> Maintenance, bool Drill);

/// <summary>A station as it stands.</summary>
public sealed record StationView(
    string Id, string Name, string River, decimal? StageM, Instant? MeasuredAt, Instant? ReceivedAt, decimal? RateMPerH, AlarmLevel Level,
    string? RelationVi, string? RelationEn, bool Silent, LadderView? Ladder, ForecastView? Forecast, SkillView? ForecastSkill,
    ImmutableArray<decimal[]> Recent);

/// <summary>When the next level is expected: within the band once in ten times not. No end: it may also stay away.</summary>
public sealed record ForecastView(AlarmLevel Level, Instant MadeAt, Instant From, Instant Middle, Instant? To, double Probability);

/// <summary>How a station's forecasts have turned out since the engine's start; minutes.</summary>
public sealed record SkillView(
    int Came, int Held, int OpenEnded, int Stayed, int Surprises, double MeanAbsoluteErrorMin, double MeanLeadMin, double Brier);

/// <summary>Where the levels begin, metres. Written I, II and III as everywhere: a naming policy would make them i, ii and iii.</summary>
public sealed record LadderView(
    [property: JsonPropertyName("I")] decimal I, [property: JsonPropertyName("II")] decimal II, [property: JsonPropertyName("III")] decimal III);

/// <summary>A reservoir with its notice in force; null for none. Rules are the ids of those that are about it.</summary>
public sealed record ReservoirView(string Source, string Name, ImmutableArray<string> Rules, ReleaseNotice? Notice);

/// <summary>An episode as a person reads it.</summary>
public sealed record AlarmView(
    long Id, string Subject, string SubjectName, string Rule, string RuleName, Cause Cause, AlarmLevel Level, AlarmLevel Peak, decimal? PeakStageM,
    Instant OpenedAt, Instant ChangedAt, Instant? EndedAt, string? AcknowledgedBy, Instant? AcknowledgedAt, string? Note, Grade? Grade, QuietReason? Quiet,
    string? QuietVi, string? QuietEn, string? AssignedTo, Instant? ShelvedUntil);

/// <summary>A bulletin that waits for a decision. The SMS is the Vietnamese text without marks, as it would be sent, and how many segments it takes.</summary>
public sealed record ProposalView(
    long Id, long Episode, string Station, string StationName, string Rule, string RuleName, AlarmLevel Level, AlarmLevel LevelNow, BulletinKind Kind,
    string TextVi, string TextEn, string State, Instant MeasuredAt, Instant NotAfter, Instant? DecidedAt, string? DecidedBy, string? Reason,
    AskedBecause? Because, string? BecauseVi, string? BecauseEn, OfficerRole Decider, int Persons, ImmutableArray<string> ApprovedBy, Instant? DecideBy,
    TimeUp? WhenTimeIsUp, ImmutableArray<CallView> Called, ImmutableArray<string> Areas, ImmutableDictionary<string, string>? Slots, string SmsVi, int SmsSegments,
    Reach? Reach, LastSafeMoment? LastSafeMoment)
{
    /// <summary>When it was asked.</summary>
    public required Instant ProposedAt { get; init; }

    /// <summary>How well its alarm is borne out; null when that is over.</summary>
    public Grade? Grade { get; init; }

    /// <summary>The bulletin that it became; null when it became none, or has not yet.</summary>
    public long? Bulletin { get; init; }

    /// <summary>What the engine would put into each slot of the form; <see cref="Slots"/> stands before it. Empty for a person's own words.</summary>
    public ImmutableSortedDictionary<string, string> Known { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What every carrier would say in every language, while it waits.</summary>
    public ImmutableArray<LetterText> Texts { get; init; } = [];
}

/// <summary>Until when a decision still helps: when the next level may be reached at the earliest, less the time to tell everybody, less the time that the slowest of the areas
/// needs to leave.</summary>
/// <param name="Level">The level that is expected.</param>
/// <param name="ExpectedFrom">The early end of the forecast's band.</param>
/// <param name="TellingS">Seconds to tell everybody.</param>
/// <param name="EvacuationS">Seconds that the slowest area needs; 0 when the site does not say.</param>
/// <param name="At">The last safe moment; it may have passed.</param>
public sealed record LastSafeMoment(AlarmLevel Level, Instant ExpectedFrom, double TellingS, double EvacuationS, Instant At);

/// <summary>An officer who was asked to decide. The number is masked.</summary>
public sealed record CallView(string Name, string Phone, Instant CalledAt, Instant? AcknowledgedAt);

/// <summary>A time in which people work on a station or a device.</summary>
public sealed record MaintenanceView(long Id, string Subject, string SubjectName, Instant From, Instant Until, string Reason, string EnteredBy);

/// <summary>A bulletin and what has become of it; the SMS as it was sent, and how many segments it takes.</summary>
public sealed record BroadcastView(
    long Id, BulletinKind Kind, AlarmLevel Level, string Station, string StationName, string Rule, string TextVi, string TextEn, string SmsVi,
    Instant MeasuredAt, Instant DecidedAt, string DecidedBy, Instant NotAfter, bool Expired, Instant? StoppedAt, string? StoppedBy,
    ImmutableArray<CarrierCounts> Carriers, int SmsSegments, BroadcastProgress? Progress)
{
    /// <summary>Why it was stopped.</summary>
    public string? StopReason { get; init; }

    /// <summary>The codes of the areas that it is for.</summary>
    public ImmutableArray<string> Areas { get; init; } = [];

    /// <summary>The rule's name.</summary>
    public string RuleName { get; init; } = "";
}

/// <summary>How many deliveries of a bulletin are in which state at one carrier.</summary>
public sealed record CarrierCounts(string Carrier, ImmutableSortedDictionary<string, long> Counts);

/// <summary>A device at a glance.</summary>
public sealed record DeviceView(
    string Id, string Name, DeviceKind Kind, string? Station, bool? Online, Instant? ReceivedAt, ImmutableArray<ValueView> Values, long Rejections,
    long UnknownFields);

/// <summary>The newest value of a series.</summary>
public sealed record ValueView(string Quantity, string Unit, double Value, Instant MeasuredAt, Flag Flag);

/// <summary>Writes what the API and the page show: snake_case, enumerations by name, instants as ISO 8601.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true, Converters = [typeof(InstantJson)])]
[JsonSerializable(typeof(Desk))]
sealed partial class DeskJson : JsonSerializerContext;

/// <summary>An instant as ISO 8601 in UTC.</summary>
sealed class InstantJson : JsonConverter<Instant>
{
    public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        NodaTime.Text.InstantPattern.ExtendedIso.Parse(reader.GetString()!) is { Success: true, Value: var instant }
            ? instant
            : throw new JsonException("Not an instant as 2025-10-29T14:00:00Z.");

    public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) =>
        writer.WriteStringValue(NodaTime.Text.InstantPattern.ExtendedIso.Format(value));
}
