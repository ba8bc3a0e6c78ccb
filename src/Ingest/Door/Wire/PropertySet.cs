namespace CanhLu.Ingest;

/// <summary>Which properties a client may put into which packet (MQTT 5.0, table 2-4).</summary>
static class PropertySet
{
    public const ulong Connect = 1UL << (int)Property.SessionExpiryInterval | 1UL << (int)Property.ReceiveMaximum
        | 1UL << (int)Property.MaximumPacketSize | 1UL << (int)Property.TopicAliasMaximum | 1UL << (int)Property.RequestResponseInformation
        | 1UL << (int)Property.RequestProblemInformation | 1UL << (int)Property.UserProperty
        | 1UL << (int)Property.AuthenticationMethod | 1UL << (int)Property.AuthenticationData;

    public const ulong Will = 1UL << (int)Property.WillDelayInterval | 1UL << (int)Property.PayloadFormatIndicator
        | 1UL << (int)Property.MessageExpiryInterval | 1UL << (int)Property.ContentType | 1UL << (int)Property.ResponseTopic
        | 1UL << (int)Property.CorrelationData | 1UL << (int)Property.UserProperty;

    // The subscription identifier belongs to the packet, but never from a client (3.3.4): the reader of PUBLISH answers it.
    public const ulong Publish = 1UL << (int)Property.PayloadFormatIndicator | 1UL << (int)Property.MessageExpiryInterval
        | 1UL << (int)Property.TopicAlias | 1UL << (int)Property.ResponseTopic | 1UL << (int)Property.CorrelationData
        | 1UL << (int)Property.UserProperty | 1UL << (int)Property.SubscriptionIdentifier | 1UL << (int)Property.ContentType;

    public const ulong Acknowledgement = 1UL << (int)Property.ReasonString | 1UL << (int)Property.UserProperty;

    public const ulong Subscribe = 1UL << (int)Property.SubscriptionIdentifier | 1UL << (int)Property.UserProperty;

    public const ulong Unsubscribe = 1UL << (int)Property.UserProperty;

    public const ulong Disconnect = 1UL << (int)Property.SessionExpiryInterval | 1UL << (int)Property.ReasonString
        | 1UL << (int)Property.UserProperty;
}
