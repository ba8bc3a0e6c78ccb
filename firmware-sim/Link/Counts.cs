namespace CanhLu.FirmwareSim.Link;

/// <summary>What went over the links so far.</summary>
/// <param name="Sent">Messages of readings that were published at least once.</param>
/// <param name="Acknowledged">Messages that the other side acknowledged.</param>
/// <param name="Refused">Messages that the other side refused by a reason code; they are not sent again.</param>
/// <param name="Repeated">Publishings again of a message whose acknowledgement was lost.</param>
/// <param name="Readings">Values in the messages sent; status messages are not among them.</param>
/// <param name="ReadingsAcknowledged">Values in the messages acknowledged.</param>
/// <param name="Connects">Connections made.</param>
/// <param name="Lost">Connections that ended without our asking.</param>
public sealed record Counts(
    long Sent, long Acknowledged, long Refused, long Repeated, long Readings, long ReadingsAcknowledged, long Connects, long Lost)
{
    /// <summary>Messages that were sent and are not settled.</summary>
    public long InFlight => Sent - Acknowledged - Refused;
}
