using System.Collections.Immutable;

namespace CanhLu.Notify;

/// <summary>What a bulletin would do if it were decided now: whom it would reach, by whom, in what time and at what price.</summary>
/// <param name="People">How many people.</param>
/// <param name="Carriers">How many by each carrier, in the order in which they are asked; one person counts at every carrier that tells him at once.</param>
/// <param name="Seconds">From the first message to the last at the agreed rates, if nobody refuses and nothing goes before it.</param>
/// <param name="Price">Đồng for its SMS; null when no price is known.</param>
public sealed record Reach(long People, ImmutableArray<CarrierReach> Carriers, double Seconds, decimal? Price)
{
    /// <summary>How many people get no level I message because the messages of their month are used up; they are not among <see cref="People"/>.</summary>
    public long OverBudget { get; init; }
}

/// <summary>How many a carrier would tell.</summary>
/// <param name="Carrier">Its id.</param>
/// <param name="People">How many.</param>
public sealed record CarrierReach(string Carrier, long People);

/// <summary>What one carrier would say in one language.</summary>
/// <param name="Language"><c>vi</c> or <c>en</c>.</param>
/// <param name="Carrier">Its id.</param>
/// <param name="Text">The words as people read them.</param>
/// <param name="Segments">Segments of the SMS; null where it is none.</param>
/// <param name="Coding"><c>GSM-7</c> or <c>UCS-2</c>; null where it is no SMS.</param>
public sealed record LetterText(string Language, string Carrier, string Text, int? Segments, string? Coding);
