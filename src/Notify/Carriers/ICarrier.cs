using NodaTime;

namespace CanhLu.Notify.Carriers;

/// <summary>An outside company that takes messages.</summary>
public interface ICarrier
{
    /// <summary>Its id, as the site's tellings name it: <c>esms</c>, <c>zalo</c>.</summary>
    string Id { get; }

    /// <summary>The letter that ends the keys of its deliveries: never changed, and no other carrier's.</summary>
    char KeyLetter { get; }

    /// <summary>Whether it may report on a delivery: on its own, and no other carrier's.</summary>
    /// <param name="key">The delivery's key.</param>
    bool MayReportOn(string key) => key.EndsWith(KeyLetter);

    /// <summary>What was agreed with it.</summary>
    CarrierTerms Terms { get; }

    /// <summary>What will stop it unless somebody does something; null for nothing.</summary>
    CarrierConcern? Concern => null;

    /// <summary>Whether it charges for an SMS by its segments, or for each letter.</summary>
    bool ChargesBySegment => true;

    /// <summary>What it charges for one letter with these words: segments, or 1.</summary>
    int UnitsOf(Wording wording) => ChargesBySegment ? SmsSize.Of(wording.Sms).Segments : 1;

    /// <summary>Asks what the account still allows; null when it cannot be asked, or does not answer.</summary>
    Task<Allowance?> AskAllowance(CancellationToken cancellation) => Task.FromResult<Allowance?>(null);

    /// <summary>Whether it has a form for these words.</summary>
    bool CanSay(Wording wording);

    /// <summary>Hands one letter over, once, and says what came of it. Never throws for what the outside does.</summary>
    Task<Receipt> Tell(Letter letter, CancellationToken cancellation);

    /// <summary>Reads what the carrier reports later.</summary>
    CallbackReading Read(Callback callback);

    /// <summary>Asks the carrier what became of a letter that it has accepted and not reported on. Never throws for what the outside does.</summary>
    /// <param name="reference">The carrier's own number for it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns><see cref="Receipt.Delivered"/> or <see cref="Receipt.Refused"/>; null when it does not know yet, or cannot be asked.</returns>
    Task<Receipt?> Ask(string reference, CancellationToken cancellation) => Task.FromResult<Receipt?>(null);

    /// <summary>Asks the carrier itself whether a report that is not signed is true.</summary>
    /// <param name="callback">The request as it came.</param>
    /// <param name="reading">What was read.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The reading, or what stands for it.</returns>
    Task<CallbackReading> Confirm(Callback callback, CallbackReading reading, CancellationToken cancellation) => Task.FromResult(reading);
}

/// <summary>What was agreed with a carrier.</summary>
/// <param name="RatePerSecond">Never more letters than this in any second.</param>
/// <param name="Concurrency">Never more letters than this without an answer.</param>
/// <param name="CallbackSecret">The last part of the path under which it may report; null: it may not.</param>
public sealed record CarrierTerms(double RatePerSecond, int Concurrency, string? CallbackSecret)
{
    /// <summary>Whether it takes a key once only. Where it does not, a delivery in doubt that is handed over again may be read twice; that is counted.</summary>
    public bool KnowsRepeats { get; init; }

    /// <summary>After so long without a report, in real time, what it has accepted is told by the next carrier as well; null: reports are not waited for.</summary>
    public TimeSpan? ReceiptWithin { get; init; }

    /// <summary>After so long without a report, in real time, it is asked what became of what it has accepted; null: it cannot be asked. Of no effect beside
    /// <see cref="ReceiptWithin"/>.</summary>
    public TimeSpan? AskAfter { get; init; }
}

/// <summary>What a carrier is given for one recipient.</summary>
/// <param name="Key">By which it tells a repeat: the same at every attempt.</param>
/// <param name="Phone">To whom.</param>
/// <param name="Wording">What.</param>
public sealed record Letter(string Key, PhoneNumber Phone, Wording Wording)
{
    /// <summary>How long it is still worth delivering; null: nobody said.</summary>
    public Duration? ValidFor { get; init; }
}
