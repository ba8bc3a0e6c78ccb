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

    /// <summary>The release that it is about; null for every other cause.</summary>
    public Outflow? Outflow => Reservoir is null ? null : new Outflow(Reservoir, QMin!.Value, QMax!.Value, StartsAt!.Value);

    /// <summary>The level of its episode now: lower than <see cref="Level"/> when the water has fallen since.</summary>
    public required AlarmLevel LevelNow { get; init; }
}
