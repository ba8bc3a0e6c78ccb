using CanhLu.Notify.Carriers;
using NodaTime;

namespace CanhLu.Notify;

/// <summary>What becomes of a handed-over delivery that was not accepted.</summary>
/// <param name="State">Its state now.</param>
/// <param name="Wait">How long until it is tried again; null for never.</param>
/// <param name="Setbacks">Its setbacks now.</param>
/// <param name="Doubtful">Whether the carrier may have it.</param>
/// <param name="PassOn">Whether the next carrier is to tell it.</param>
/// <param name="Code">The carrier's code, or what happened.</param>
/// <param name="Answer">What it means.</param>
sealed record Verdict(DeliveryState State, TimeSpan? Wait, int Setbacks, bool Doubtful, bool PassOn, string Code, string Answer)
{
    /// <summary>Judges an answer that is neither <see cref="Receipt.Accepted"/> nor <see cref="Receipt.Delivered"/>.</summary>
    /// <param name="standing">How the delivery stands.</param>
    /// <param name="receipt">The answer.</param>
    /// <param name="now">The engine's clock.</param>
    /// <param name="options">The limits.</param>
    /// <param name="backOff">The waits.</param>
    public static Verdict Of(Standing standing, Receipt receipt, Instant now, NotifyOptions options, BackOff backOff)
    {
        var doubtful = standing.DoubtfulAt is not null;
        return receipt switch
        {
            Receipt.Refused refused => new Verdict(
                standing.ReplacedBy is null ? DeliveryState.Failed : DeliveryState.Replaced, null, standing.Setbacks, doubtful,
                refused.TryNextCarrier && standing is { ReplacedBy: null, StoppedAt: null, NextCarrier: null } && now <= standing.NotAfter, refused.Code, refused.Reason),
            Receipt.TryLater { Everyone: true } later => Again(later.Code, later.Reason, later.After ?? options.BackOff, standing.Setbacks, doubtful),
            Receipt.TryLater later => Again(later.Code, later.Reason, later.After, standing.Setbacks + 1, doubtful),
            // Another one asks for it when the time has come: a delivery that the carrier dislikes for itself must not block the rest.
            Receipt.ChannelStopped stopped => Again(
                stopped.Code, stopped.Reason, (stopped.After ?? options.ProbeAfter) * 1.5, standing.Setbacks, doubtful),
            Receipt.Ambiguous ambiguous => Again("no-answer", ambiguous.Reason, null, standing.Setbacks + 1, doubtful: true),
            _ => throw new ArgumentOutOfRangeException(nameof(receipt), receipt, "An acceptance needs no verdict."),
        };

        Verdict Again(string code, string reason, TimeSpan? after, int setbacks, bool doubtful)
        {
            if (standing.ReplacedBy is not null)
                return new Verdict(DeliveryState.Replaced, null, setbacks, doubtful, false, code, reason);
            if (standing.StoppedAt is not null)
                return new Verdict(DeliveryState.Stopped, null, setbacks, doubtful, false, code, reason);
            if (now > standing.NotAfter)
                return new Verdict(DeliveryState.Expired, null, setbacks, doubtful, false, code, reason);
            return new Verdict(
                doubtful ? DeliveryState.HandedOver : DeliveryState.Planned, after ?? backOff.After(setbacks), setbacks, doubtful,
                setbacks > standing.Setbacks && setbacks >= options.SetbackLimit, code, reason);
        }
    }
}
