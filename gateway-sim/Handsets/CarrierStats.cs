namespace CanhLu.GatewaySim.Handsets;

/// <summary>What a carrier has done so far.</summary>
/// <param name="Requests">Messages that came in.</param>
/// <param name="Accepted">Messages taken.</param>
/// <param name="Refused">Messages refused by a code, struck ones included.</param>
/// <param name="Repeats">Messages whose key was known: refused by eSMS, taken again by Zalo.</param>
/// <param name="Duplicates">Messages taken although the same text had been taken for the same telephone under another key.</param>
/// <param name="Delivered">Messages that reached their telephone.</param>
/// <param name="Failed">Messages that never will.</param>
/// <param name="Receipts">Receipts that the sender took.</param>
/// <param name="ReceiptsLost">Receipts given up, or dropped because too many were waiting.</param>
public sealed record CarrierStats(
    long Requests, long Accepted, long Refused, long Repeats, long Duplicates, long Delivered, long Failed, long Receipts, long ReceiptsLost)
{
    /// <summary>Both carriers together.</summary>
    public static CarrierStats operator +(CarrierStats a, CarrierStats b) => new(
        a.Requests + b.Requests, a.Accepted + b.Accepted, a.Refused + b.Refused, a.Repeats + b.Repeats, a.Duplicates + b.Duplicates,
        a.Delivered + b.Delivered, a.Failed + b.Failed, a.Receipts + b.Receipts, a.ReceiptsLost + b.ReceiptsLost);

    /// <summary>The sum of two, for callers without operators.</summary>
    public static CarrierStats Add(CarrierStats left, CarrierStats right) => left + right;
}
