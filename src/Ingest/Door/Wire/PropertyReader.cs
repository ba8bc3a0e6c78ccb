namespace CanhLu.Ingest;

/// <summary>Walks a block of properties (MQTT 5.0, 2.2.2): only those allowed in the packet, none twice but the user's own.</summary>
/// <param name="block">The block without its length.</param>
/// <param name="allowed">One of <see cref="PropertySet"/>.</param>
ref struct PropertyReader(ReadOnlySpan<byte> block, ulong allowed)
{
    WireReader _bytes = new(block);
    ulong _seen;

    /// <summary>Why the walk ended early; <see cref="ReasonCode.Success"/> when it came to the end.</summary>
    public ReasonCode Failure { get; private set; }

    /// <summary>The next property: its number, or its bytes when it is text or binary. Any user property is read over.</summary>
    public bool Next(out Property property, out uint number, out ReadOnlySpan<byte> bytes)
    {
        number = 0;
        bytes = default;
        property = default;
        while (!_bytes.AtEnd)
        {
            // Written as a variable byte integer, but all that exist take one byte.
            if (!_bytes.TryByte(out var id) || id >= 64 || (allowed & 1UL << id) == 0)
                return Fail(ReasonCode.MalformedPacket);
            property = (Property)id;
            if (property == Property.UserProperty)
            {
                if (!_bytes.TryText(out _) || !_bytes.TryText(out _))
                    return Fail(ReasonCode.MalformedPacket);
                continue;
            }
            if ((_seen & 1UL << id) != 0)
                return Fail(ReasonCode.ProtocolError);
            _seen |= 1UL << id;
            return TryValue(property, out number, out bytes) || Fail(ReasonCode.MalformedPacket);
        }
        return false;
    }

    bool TryValue(Property property, out uint number, out ReadOnlySpan<byte> bytes)
    {
        number = 0;
        bytes = default;
        switch (property)
        {
            case Property.PayloadFormatIndicator or Property.RequestProblemInformation or Property.RequestResponseInformation:
                var read = _bytes.TryByte(out var one);
                number = one;
                return read;
            case Property.ReceiveMaximum or Property.TopicAliasMaximum or Property.TopicAlias:
                read = _bytes.TryUInt16(out var two);
                number = two;
                return read;
            case Property.MessageExpiryInterval or Property.SessionExpiryInterval or Property.WillDelayInterval or Property.MaximumPacketSize:
                return _bytes.TryUInt32(out number);
            case Property.SubscriptionIdentifier:
                read = _bytes.TryVariable(out var variable);
                number = (uint)variable;
                return read;
            case Property.CorrelationData or Property.AuthenticationData:
                return _bytes.TryBinary(out bytes);
            default:
                return _bytes.TryText(out bytes);
        }
    }

    bool Fail(ReasonCode reason)
    {
        Failure = reason;
        return false;
    }

    /// <summary>Reads a block of which nothing is wanted; it must be well formed all the same.</summary>
    public static ReasonCode Skip(ReadOnlySpan<byte> block, ulong allowed)
    {
        var properties = new PropertyReader(block, allowed);
        while (properties.Next(out _, out _, out _))
        {
        }
        return properties.Failure;
    }
}
