using System.Collections.Immutable;
using NodaTime;

namespace CanhLu.Duty;

/// <summary>A bulletin that waits, or waited, for a person's decision.</summary>
public sealed record Proposal
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>The episode it belongs to.</summary>
    public required long Episode { get; init; }

    /// <summary>The station's id.</summary>
    public required string Station { get; init; }

    /// <summary>The rule's id.</summary>
    public required string Rule { get; init; }

    /// <summary>What it is about.</summary>
    public required Cause Cause { get; init; }

    /// <summary>Warning or all-clear.</summary>
    public required BulletinKind Kind { get; init; }

    /// <summary>The level that people would be told.</summary>
    public required AlarmLevel Level { get; init; }

    /// <summary>The stage behind it; null where no stage is judged.</summary>
    public Stage? Stage { get; init; }

    /// <summary>The rate of rise behind it, when known.</summary>
    public RateOfRise? Rate { get; init; }

    /// <summary>The name of the reservoir whose release it is about; null for every other cause, as are the three that follow.</summary>
    public string? Reservoir { get; init; }

    /// <summary>The least discharge announced, m³/s.</summary>
    public int? QMin { get; init; }

    /// <summary>The greatest discharge announced, m³/s.</summary>
    public int? QMax { get; init; }

    /// <summary>When the gates open.</summary>
    public Instant? StartsAt { get; init; }

    /// <summary>When that stage was measured.</summary>
    public required Instant MeasuredAt { get; init; }

    /// <summary>When the reading behind it had come in, by our clock; null when none that had just come is behind it.</summary>
    public Instant? ReceivedAt { get; init; }

    /// <summary>When that reading was on disk, and so acknowledged; null as above.</summary>
    public Instant? StoredAt { get; init; }

    /// <summary>When it was proposed, by our clock.</summary>
    public required Instant ProposedAt { get; init; }

    /// <summary>After this moment it can no longer be approved.</summary>
    public required Instant NotAfter { get; init; }

    /// <summary>What has become of it.</summary>
    public required ProposalState State { get; init; }

    /// <summary>When that was decided; null while it waits.</summary>
    public Instant? DecidedAt { get; init; }

    /// <summary>Who decided: a person's name, or <c>auto</c>; null while it waits.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>Why it was declined, withdrawn or expired.</summary>
    public string? Reason { get; init; }

    /// <summary>Why a person is asked although the rule tells by itself; null when it does not.</summary>
    public AskedBecause? Because { get; init; }

    /// <summary>Who may decide.</summary>
    public required OfficerRole Decider { get; init; }

    /// <summary>How many persons must approve.</summary>
    public required int Persons { get; init; }

    /// <summary>Who has approved it so far, with commas; null for nobody.</summary>
    public string? ApprovedBy { get; init; }

    /// <summary>How long, in seconds, each of those who are asked has; null: until <see cref="NotAfter"/>.</summary>
    public long? WithinS { get; init; }

    /// <summary>What happens, one after another, when the time is up, with commas: <c>escalate,send</c>; empty when nothing is left.</summary>
    public required string Steps { get; init; }

    /// <summary>When the first of <see cref="Steps"/> is due; null when none is.</summary>
    public Instant? DecideBy { get; init; }

    /// <summary>How many places of the duty list are asked, from the first on.</summary>
    public required int Asked { get; init; }

    /// <summary>A person's own words, Vietnamese and English; null where a template speaks.</summary>
    public string? OwnVi { get; init; }

    /// <inheritdoc cref="OwnVi"/>
    public string? OwnEn { get; init; }

    /// <summary>What a person has written into slots of the template; null for nothing.</summary>
    public ImmutableDictionary<string, string>? Slots { get; init; }

    /// <summary>The codes of the areas to which a person has narrowed it, with commas; null for those of the station.</summary>
    public string? AreaCodes { get; init; }

    /// <summary>See <see cref="Bulletin.Own"/>.</summary>
    public OwnWords? Own => OwnVi is null ? null : new OwnWords(OwnVi, OwnEn);

    /// <summary>See <see cref="Bulletin.Areas"/>.</summary>
    public ImmutableArray<string>? Areas => AreaCodes?.Split(',').ToImmutableArray();

    /// <summary>What happens when the time is up next; null when nothing does.</summary>
    public TimeUp? Next => Steps.Length == 0 ? null : Enum.Parse<TimeUp>(Steps.Split(',')[0], ignoreCase: true);

    /// <summary>The release that it is about; null for every other cause.</summary>
    public Outflow? Outflow => Reservoir is null ? null : new Outflow(Reservoir, QMin!.Value, QMax!.Value, StartsAt!.Value);

    /// <summary>The bulletin that it became; null when it became none, or has not yet.</summary>
    public long? Bulletin { get; init; }

    /// <summary>The level of its episode now: lower than <see cref="Level"/> when the water has fallen since.</summary>
    public required AlarmLevel LevelNow { get; init; }
}
