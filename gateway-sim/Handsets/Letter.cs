using NodaTime;

namespace CanhLu.GatewaySim.Handsets;

/// <summary>One message that a carrier has taken.</summary>
/// <param name="Id">The carrier's number for it: SMSID or msg_id.</param>
/// <param name="Carrier"><c>esms</c> or <c>zalo</c>.</param>
/// <param name="Phone">The telephone, <c>84…</c>.</param>
/// <param name="Text">What is read on it.</param>
/// <param name="Key">The sender's own key: RequestId or tracking_id; empty for none.</param>
/// <param name="AcceptedAt">When it was taken.</param>
/// <param name="CallbackUrl">Where the receipt goes; null for nowhere, or for Zalo's webhook.</param>
public sealed record Letter(string Id, string Carrier, string Phone, string Text, string Key, Instant AcceptedAt, string? CallbackUrl)
{
    /// <summary>Where it is.</summary>
    public LetterState State { get; init; } = LetterState.Accepted;

    /// <summary>When it was delivered, or failed; null before.</summary>
    public Instant? SettledAt { get; init; }
}
