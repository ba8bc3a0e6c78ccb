using CanhLu.Notify;
using CanhLu.Notify.Carriers;

namespace CanhLu.Bench;

/// <summary>A carrier that exists and is never given a letter: deliveries are planned for it and settled by hand.</summary>
sealed class MuteCarrier : ICarrier
{
    public string Id => "esms";

    public char KeyLetter => 'e';

    public CarrierTerms Terms { get; } = new(1_000_000, 1_000, null) { KnowsRepeats = true };

    public bool CanSay(Wording wording) => true;

    public Task<Receipt> Tell(Letter letter, CancellationToken cancellation) => throw new NotSupportedException("The bench hands nothing over.");

    public CallbackReading Read(Callback callback) => throw new NotSupportedException("The bench reports nothing.");
}
