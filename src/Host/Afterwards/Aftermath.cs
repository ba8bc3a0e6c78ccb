using System.Collections.Immutable;
using CanhLu.Duty;
using CanhLu.Notify;
using NodaTime;

namespace CanhLu.Host.Afterwards;

/// <summary>The water at a station in one stretch of time.</summary>
/// <param name="At">When the stretch begins.</param>
/// <param name="Low">The lowest stage in it.</param>
/// <param name="High">The highest.</param>
readonly record struct Water(Instant At, Stage Low, Stage High);

/// <summary>A station and its water, oldest first.</summary>
/// <param name="Station">Which.</param>
/// <param name="Water">Its stages.</param>
sealed record StationWater(Station Station, ImmutableArray<Water> Water)
{
    /// <summary>The highest water; null when none was measured.</summary>
    public Water? Peak => Water.IsEmpty ? null : Water.MaxBy(water => water.High);
}

/// <summary>Everything that a report after a flood tells.</summary>
/// <param name="Site">The site.</param>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends.</param>
/// <param name="WrittenAt">When it was written.</param>
/// <param name="Stations">The stations that it is about.</param>
/// <param name="Episodes">Alarms, oldest first.</param>
/// <param name="Bulletins">What was told, oldest first.</param>
/// <param name="Deeds">Who did what, oldest first.</param>
/// <param name="Wards">What became of the bulletins, by area.</param>
/// <param name="Carriers">What carriers took.</param>
/// <param name="Missed">Whom none could tell.</param>
/// <param name="Debts">All-clears owed.</param>
/// <param name="Prices">What a unit costs by carrier, đồng.</param>
sealed record Aftermath(
    Site Site, Instant From, Instant To, Instant WrittenAt, ImmutableArray<StationWater> Stations, ImmutableArray<Episode> Episodes,
    ImmutableArray<DecidedBulletin> Bulletins, ImmutableArray<AuditEntry> Deeds, ImmutableArray<WardOutcome> Wards, ImmutableArray<CarrierOutcome> Carriers,
    ImmutableArray<Missed> Missed, ImmutableArray<DebtCount> Debts, IReadOnlyDictionary<string, decimal> Prices)
{
    /// <summary>The bulletin of a number.</summary>
    public DecidedBulletin Bulletin(long id) => Bulletins.First(bulletin => bulletin.Id == id);
}
