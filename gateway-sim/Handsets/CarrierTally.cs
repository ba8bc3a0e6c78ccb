using System.Collections.Concurrent;

namespace CanhLu.GatewaySim.Handsets;

/// <summary>The counters behind <see cref="CarrierStats"/>.</summary>
sealed class CarrierTally
{
    long _requests, _accepted, _refused, _repeats, _duplicates, _delivered, _failed, _receipts, _receiptsLost;

    public CarrierStats Stats => new(
        Interlocked.Read(ref _requests), Interlocked.Read(ref _accepted), Interlocked.Read(ref _refused), Interlocked.Read(ref _repeats),
        Interlocked.Read(ref _duplicates), Interlocked.Read(ref _delivered), Interlocked.Read(ref _failed), Interlocked.Read(ref _receipts),
        Interlocked.Read(ref _receiptsLost));

    /// <summary>How often each code was answered.</summary>
    public ConcurrentDictionary<string, long> Codes { get; } = new();

    public void Asked() => Interlocked.Increment(ref _requests);

    public void Answered(string code) => Codes.AddOrUpdate(code, 1, (_, count) => count + 1);

    public void Refused(string code)
    {
        Interlocked.Increment(ref _refused);
        Answered(code);
    }

    public void Counted(Acceptance acceptance)
    {
        if (acceptance is Acceptance.KnownKey or Acceptance.TakenAgain)
        {
            Interlocked.Increment(ref _repeats);
        }

        if (acceptance is Acceptance.TakenTwice)
        {
            Interlocked.Increment(ref _duplicates);
        }

        if (acceptance is Acceptance.Taken or Acceptance.TakenAgain or Acceptance.TakenTwice)
        {
            Interlocked.Increment(ref _accepted);
        }
    }

    public void Settled(LetterState state) => Interlocked.Increment(ref state == LetterState.Delivered ? ref _delivered : ref _failed);

    public void Receipt() => Interlocked.Increment(ref _receipts);

    public void ReceiptLost() => Interlocked.Increment(ref _receiptsLost);
}
