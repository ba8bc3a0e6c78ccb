using CanhLu.Database;
using Dapper;
using NodaTime;

namespace CanhLu.Notify.Canaries;

/// <summary>What became of one letter of the canary.</summary>
public sealed record CanaryLetter
{
    /// <summary>The test telephone, E.164.</summary>
    public required string Phone { get; init; }

    /// <summary>When a carrier took it; null when none has.</summary>
    public Instant? AcceptedAt { get; init; }

    /// <summary>When a carrier reported it as delivered; null when none has.</summary>
    public Instant? DeliveredAt { get; init; }
}

/// <summary>The canary's letters in the operations store.</summary>
/// <param name="operations">The store.</param>
public sealed class CanaryLetters(Operations operations)
{
    /// <summary>The letters about the reading of a moment; none while no bulletin came of it.</summary>
    public IReadOnlyList<CanaryLetter> Of(Instant at) => operations.Read(connection => connection.Query<CanaryLetter>(Statements.Of("canary-letters"), new { at }).AsList());

    /// <summary>The newest reading about which a letter was decided; null for none.</summary>
    public Instant? Last() => operations.Read(connection => connection.QueryFirstOrDefault<Instant?>(
        "SELECT measured_at FROM bulletins WHERE rule = '_canary' ORDER BY measured_at DESC LIMIT 1"));
}
