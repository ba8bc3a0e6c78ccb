using System.Collections.Immutable;
using NodaTime;

namespace CanhLu.Duty;

/// <summary>A bulletin and what has become of it.</summary>
public sealed record DecidedBulletin
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>The episode it belongs to.</summary>
    public required long Episode { get; init; }

    /// <summary>Which one of its episode: 1, 2, 3…</summary>
    public required int Sequence { get; init; }

    /// <summary>The proposal that was approved; null when the policy was <see cref="Policy.Auto"/>.</summary>
    public long? Proposal { get; init; }

    /// <summary>The station's id.</summary>
    public required string Station { get; init; }

    /// <summary>The rule's id.</summary>
    public required string Rule { get; init; }

    /// <summary>What it is about.</summary>
    public required Cause Cause { get; init; }

    /// <summary>Warning or all-clear.</summary>
    public required BulletinKind Kind { get; init; }

    /// <summary>The level that people are told.</summary>
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

    /// <summary>When it was decided to tell it, by our clock.</summary>
    public required Instant DecidedAt { get; init; }

    /// <summary>Who decided: a person's name, or <c>auto</c>.</summary>
    public required string DecidedBy { get; init; }

    /// <summary>After this moment it is no longer sent.</summary>
    public required Instant NotAfter { get; init; }

    /// <summary>Set when it was old news already as it was decided: it is recorded and never sent.</summary>
    public Instant? ExpiredAt { get; init; }

    /// <summary>The next bulletin about the same station and rule; null while this is the newest.</summary>
    public long? ReplacedBy { get; init; }

    /// <summary>When its deliveries were planned; null before.</summary>
    public Instant? PlannedAt { get; init; }

    /// <inheritdoc cref="Proposal.OwnVi"/>
    public string? OwnVi { get; init; }

    /// <inheritdoc cref="Proposal.OwnVi"/>
    public string? OwnEn { get; init; }

    /// <inheritdoc cref="Proposal.Slots"/>
    public ImmutableDictionary<string, string>? Slots { get; init; }

    /// <inheritdoc cref="Proposal.AreaCodes"/>
    public string? AreaCodes { get; init; }

    /// <inheritdoc cref="Bulletin.OnlyTo"/>
    public string? OnlyTo { get; init; }

    /// <summary>When a person ended its broadcast; null when nobody did. What no carrier had by then is not sent.</summary>
    public Instant? StoppedAt { get; init; }

    /// <summary>Who did.</summary>
    public string? StoppedBy { get; init; }

    /// <summary>Why.</summary>
    public string? StopReason { get; init; }

    /// <summary>What people are told.</summary>
    public Bulletin Content =>
        new(Id, Episode, Station, Rule, Cause, Kind, Level, Stage, Rate, MeasuredAt, DecidedAt, DecidedBy, NotAfter)
        {
            Outflow = Reservoir is null ? null : new Outflow(Reservoir, QMin!.Value, QMax!.Value, StartsAt!.Value),
            Own = OwnVi is null ? null : new OwnWords(OwnVi, OwnEn),
            Slots = Slots,
            Areas = AreaCodes?.Split(',').ToImmutableArray(),
            OnlyTo = OnlyTo,
        };
}
