namespace CanhLu.Ingest;

/// <summary>What the door says of a request or of an end (MQTT 5.0, 2.4): those that it uses.</summary>
public enum ReasonCode : byte
{
    /// <summary>Done; of a DISCONNECT: the normal end.</summary>
    Success = 0x00,

    /// <summary>The client goes, and wants its will told all the same.</summary>
    DisconnectWithWill = 0x04,

    /// <summary>There was no such subscription.</summary>
    NoSubscriptionExisted = 0x11,

    /// <summary>Refused for no reason that has a code of its own.</summary>
    Unspecified = 0x80,

    /// <summary>The bytes are no packet of the standard.</summary>
    MalformedPacket = 0x81,

    /// <summary>A packet that the standard forbids here.</summary>
    ProtocolError = 0x82,

    /// <summary>Neither 3.1.1 nor 5.0.</summary>
    UnsupportedProtocolVersion = 0x84,

    /// <summary>A client identifier that the door does not take.</summary>
    ClientIdentifierNotValid = 0x85,

    /// <summary>Unknown name, wrong password, or none.</summary>
    BadUserNameOrPassword = 0x86,

    /// <summary>Known, but not allowed this.</summary>
    NotAuthorized = 0x87,

    /// <summary>The store behind the door cannot be written.</summary>
    ServerUnavailable = 0x88,

    /// <summary>The engine stops.</summary>
    ServerShuttingDown = 0x8B,

    /// <summary>Enhanced authentication is not served.</summary>
    BadAuthenticationMethod = 0x8C,

    /// <summary>Nothing came for one and a half keep-alives.</summary>
    KeepAliveTimeout = 0x8D,

    /// <summary>The same client, or a newer one of the same account, came in.</summary>
    SessionTakenOver = 0x8E,

    /// <summary>A filter that is no filter.</summary>
    TopicFilterInvalid = 0x8F,

    /// <summary>No such packet identifier is open.</summary>
    PacketIdentifierNotFound = 0x92,

    /// <summary>More in flight than the door's Receive Maximum.</summary>
    ReceiveMaximumExceeded = 0x93,

    /// <summary>An alias of zero or above the door's maximum.</summary>
    TopicAliasInvalid = 0x94,

    /// <summary>Larger than the door's Maximum Packet Size.</summary>
    PacketTooLarge = 0x95,

    /// <summary>More than the door keeps for one client.</summary>
    QuotaExceeded = 0x97,

    /// <summary>The account was revoked, or an operator closed the connection.</summary>
    AdministrativeAction = 0x98,

    /// <summary>Shared subscriptions are not served.</summary>
    SharedSubscriptionsNotSupported = 0x9E,

    /// <summary>Too many logins failed lately.</summary>
    ConnectionRateExceeded = 0x9F,

    /// <summary>Subscription identifiers are not served.</summary>
    SubscriptionIdentifiersNotSupported = 0xA1,
}
