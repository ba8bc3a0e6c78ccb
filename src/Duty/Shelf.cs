using NodaTime;

namespace CanhLu.Duty;

/// <summary>A technical alarm that an officer has put aside for a while: each of its episodes is quiet until then.</summary>
public sealed record Shelf
{
    /// <summary>Those that hold at <c>@At</c>.</summary>
    internal const string On =
        """
        SELECT id, subject, rule, from_at AS "from", until_at AS until, reason, shelved_by
        FROM shelves WHERE until_at > @At AND from_at <= @At AND (ended_at IS NULL OR ended_at > @At) ORDER BY id
        """;

    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>A station's or a device's id.</summary>
    public required string Subject { get; init; }

    /// <summary>The rule's id.</summary>
    public required string Rule { get; init; }

    /// <summary>When it began, by our clock.</summary>
    public required Instant From { get; init; }

    /// <summary>When the alarm comes back at the latest.</summary>
    public required Instant Until { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>Who put it there.</summary>
    public required string ShelvedBy { get; init; }

    /// <summary>Which alarm.</summary>
    public AlarmKey Key => new(Subject, Rule);

    /// <summary>Whether an alarm may be put aside: never one about the water, and none that tells people or asks whether to.</summary>
    /// <param name="cause">Why it stands.</param>
    /// <param name="rule">Its rule; null when the site has it no more, and then it tells nobody.</param>
    public static bool MayHold(Cause cause, Rule? rule) => cause is Cause.Silence or Cause.Limit or Cause.Fault && (rule is null || rule.Policy == Policy.Desk);
}
