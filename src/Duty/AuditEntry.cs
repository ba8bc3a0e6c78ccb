using NodaTime;

namespace CanhLu.Duty;

/// <summary>Who did what, and when.</summary>
public sealed record AuditEntry
{
    /// <summary>Who acted when no person did.</summary>
    public const string Auto = "auto";

    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>When, by our clock.</summary>
    public required Instant At { get; init; }

    /// <summary>A person's name, or <see cref="Auto"/>.</summary>
    public required string Who { get; init; }

    /// <summary>What was done: <c>opened</c>, <c>rose</c>, <c>fell</c>, <c>ended</c>, <c>acknowledged</c>, <c>decided</c>, <c>decided old news</c>,
    /// <c>proposed</c>, <c>approved</c>, <c>declined</c>, <c>withdrew</c>, <c>expired</c>, <c>told nobody</c>, <c>approved first</c>, <c>edited</c>, <c>escalated</c>, <c>asked</c>, <c>heard</c>, <c>stopped</c>, <c>commented</c>, <c>assigned</c>, <c>shelved</c>, <c>unshelved</c>; of a shift <c>handed over</c>, <c>accepted</c>, <c>took over</c>, <c>replaced</c>; of a device <c>gave an account</c>, <c>renewed the account</c>, <c>revoked the account</c>, <c>adopted</c>, <c>let go</c>, <c>ordered</c>, <c>calibrated</c>, <c>ended a calibration</c>; of a staff reading <c>entered</c>, <c>struck out</c>; of a release <c>entered</c>, <c>ended</c>; of the site <c>took over</c>, <c>refused</c>.</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to: <c>episode/7</c>, <c>proposal/3</c>, <c>bulletin/12</c>, <c>handover/4</c>, <c>device/tk-gauge-1</c>, <c>site/tam-ky</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>What was so before, JSON; null for nothing.</summary>
    public string? Before { get; init; }

    /// <summary>What is so now, JSON; null for nothing.</summary>
    public string? After { get; init; }
}
