namespace CanhLu.Notify.Carriers;

/// <summary>What a carrier said of one delivery, now or later: the closed set.</summary>
public abstract record Receipt
{
    Receipt()
    {
    }

    /// <summary>The carrier has taken it, and will try. Not yet on the handset.</summary>
    /// <param name="Reference">The carrier's own number for it; null when it gave none.</param>
    public sealed record Accepted(string? Reference) : Receipt;

    /// <summary>It is on the handset.</summary>
    public sealed record Delivered : Receipt;

    /// <summary>The recipient has read it, and so it was on the handset.</summary>
    public sealed record Seen : Receipt;

    /// <summary>This carrier will never deliver it.</summary>
    /// <param name="Code">The carrier's code.</param>
    /// <param name="Reason">What it means.</param>
    /// <param name="TryNextCarrier">Whether another carrier may reach the recipient.</param>
    /// <param name="Remember">Whether it will be so for this recipient's next bulletins too (no Zalo account).</param>
    public sealed record Refused(string Code, string Reason, bool TryNextCarrier, bool Remember = false) : Receipt;

    /// <summary>The carrier does not have it, and may take it later.</summary>
    /// <param name="Code">The carrier's code, or what happened.</param>
    /// <param name="Reason">What it means.</param>
    /// <param name="After">Not before this time has passed; null leaves it to the outbox.</param>
    /// <param name="Everyone">Whether it says something of the channel and not of this delivery: all of them wait, and none is the worse for it.</param>
    public sealed record TryLater(string Code, string Reason, TimeSpan? After = null, bool Everyone = false) : Receipt;

    /// <summary>Nobody knows whether the carrier has it: no answer, a cut connection, or an answer that is none. The same key is sent again.</summary>
    /// <param name="Reason">What happened.</param>
    public sealed record Ambiguous(string Reason) : Receipt;

    /// <summary>The carrier takes nothing from us until somebody has done something about it, or until a quota begins anew. It does not have this delivery.</summary>
    /// <param name="Code">The carrier's code.</param>
    /// <param name="Reason">What it means.</param>
    /// <param name="Remedy">What to do about it, for the operator.</param>
    /// <param name="After">When to ask again with one delivery; null leaves it to the courier.</param>
    public sealed record ChannelStopped(string Code, string Reason, string Remedy, TimeSpan? After = null) : Receipt;
}
