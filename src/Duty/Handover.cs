using System.Collections.Immutable;
using NodaTime;

namespace CanhLu.Duty;

/// <summary>What an item of a handover is about.</summary>
public enum HandoverKind
{
    /// <summary>What the one who hands over has written.</summary>
    Words,

    /// <summary>An alarm that stands.</summary>
    Alarm,

    /// <summary>A proposal that waits.</summary>
    Proposal,

    /// <summary>A broadcast that runs.</summary>
    Broadcast,

    /// <summary>All-clears that are owed.</summary>
    Debt,

    /// <summary>A maintenance.</summary>
    Maintenance,
}

/// <summary>One thing that the next shift must know.</summary>
public sealed record HandoverItem
{
    /// <summary>Its number in the handover: 1, 2, 3…</summary>
    public int Item { get; init; }

    /// <summary>What sort of thing.</summary>
    public required HandoverKind Kind { get; init; }

    /// <summary><c>episode/7</c>, <c>proposal/3</c>, <c>bulletin/12</c>, <c>maintenance/4</c>; empty for words.</summary>
    public required string About { get; init; }

    /// <summary>The station's or the device's name.</summary>
    public required string Name { get; init; }

    /// <summary>The rest that a person reads.</summary>
    public required string Detail { get; init; }

    /// <summary>Its level where it is about a flood.</summary>
    public AlarmLevel Level { get; init; }

    /// <summary>Who has accepted it; null while nobody has.</summary>
    public string? AcceptedBy { get; init; }

    /// <summary>When.</summary>
    public Instant? AcceptedAt { get; init; }
}

/// <summary>A shift as one officer hands it to the next, with what stood when it was written.</summary>
public sealed record Handover
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>Who hands over.</summary>
    public required string WrittenBy { get; init; }

    /// <summary>When.</summary>
    public required Instant WrittenAt { get; init; }

    /// <summary>What that person has written.</summary>
    public required string Text { get; init; }

    /// <summary>Who accepted the last item; null while one is not accepted.</summary>
    public string? AcceptedBy { get; init; }

    /// <summary>When.</summary>
    public Instant? AcceptedAt { get; init; }

    /// <summary>When its writer wrote another one in its place; null when not.</summary>
    public Instant? ReplacedAt { get; init; }

    /// <summary>Its items, in their order.</summary>
    public ImmutableArray<HandoverItem> Items { get; init; } = [];

    /// <summary>Whether an item of it waits to be accepted.</summary>
    public bool IsOpen => AcceptedAt is null && ReplacedAt is null;

    /// <summary>Who holds the shift by it.</summary>
    public string HeldBy => AcceptedBy ?? WrittenBy;
}
