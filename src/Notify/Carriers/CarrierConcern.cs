using NodaTime;

namespace CanhLu.Notify.Carriers;

/// <summary>What will stop a carrier, or has stopped it already although nothing is being sent, unless somebody does something about it.</summary>
/// <param name="Code">The carrier's code, or what it is about.</param>
/// <param name="Reason">What it is.</param>
/// <param name="Remedy">What to do about it, for the operator.</param>
/// <param name="By">Until when; null: nobody can say.</param>
public sealed record CarrierConcern(string Code, string Reason, string Remedy, Instant? By);
