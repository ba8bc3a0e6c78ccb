using CanhLu.Notify.Carriers;

namespace CanhLu.Notify;

/// <summary>What a settlement did.</summary>
enum Settled
{
    /// <summary>It was news.</summary>
    News,

    /// <summary>It was a refusal, and the next carrier tells it.</summary>
    PassedOn,

    /// <summary>It was one silence too many, and the next carrier tells it although this one may have done so.</summary>
    PassedOnInDoubt,

    /// <summary>It was known, or later news overtook it.</summary>
    Repeat,

    /// <summary>No delivery has this key.</summary>
    Unknown,
}

/// <summary>A receipt on its way into the store.</summary>
/// <param name="Carrier">Who gave it.</param>
/// <param name="Key">The delivery's key.</param>
/// <param name="Receipt">What was said; null: it was claimed, but its time ran out before it could be handed over.</param>
/// <param name="IsAnswer">True: the answer to an attempt of ours. False: the carrier reported it later.</param>
sealed record Settlement(string Carrier, string Key, Receipt? Receipt, bool IsAnswer)
{
    /// <summary>The carrier's own id of the recipient, when it says so.</summary>
    public string? User { get; init; }

    readonly TaskCompletionSource<Settled> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when it is on disk.</summary>
    public Task<Settled> Done => _done.Task;

    public void Complete(Settled settled) => _done.TrySetResult(settled);
}
