using System.Text;

namespace CanhLu.Ingest;

/// <summary>Takes the frequent packets of one connection: PUBLISH, acknowledgements, PINGREQ, DISCONNECT. Nothing is allocated, nothing awaited.</summary>
sealed class Reception(Door door, DoorConnection connection)
{
    readonly Aliases _aliases = new(door.Options.TopicAliases);

    // QoS 2 messages that are with the Archive: only when they are stored, their identifiers belong to the session.
    readonly PacketIds _coming = new();
    int _unacknowledged;
    bool _toldForeign;

    /// <summary>PINGREQs not yet answered.</summary>
    public int Pings { get; set; }

    public Step Take(Frame frame, ReadOnlySpan<byte> body, Filling filling)
    {
        switch (frame.Type)
        {
            case PacketType.Publish:
                return Publish(frame, body, filling);
            case PacketType.Pubrec or PacketType.Pubrel or PacketType.Pubcomp:
                return Reply(frame, body, filling);
            case PacketType.Puback or PacketType.Subscribe or PacketType.Unsubscribe:
                return Step.Rare;
            case PacketType.Pingreq when frame.Flags == 0 && body.IsEmpty:
                Pings++;
                return Step.Next;
            case PacketType.Disconnect:
                return Disconnect(frame, body);
            // A second CONNECT (3.1.0-2), an AUTH where no method was agreed (4.12), a packet that only a server sends.
            case PacketType.Connect or PacketType.Connack or PacketType.Suback or PacketType.Unsuback or PacketType.Pingresp:
            case PacketType.Auth when connection.Five:
                return connection.Fail(ReasonCode.ProtocolError);
            default:
                return connection.Fail(ReasonCode.MalformedPacket);
        }
    }

    /// <summary>A reply was written: the client may send another message in its place.</summary>
    public void Replied(PacketType type, ReasonCode reason, ushort packetId)
    {
        if (type == PacketType.Pubrec && reason == ReasonCode.Success)
        {
            // Of a repeat the session knows already, or has been told by PUBREL to forget.
            if (!_coming.Remove(packetId))
                return;
            var session = connection.Session!;
            lock (session)
                if (session.Owner == connection)
                    session.Received.Add(packetId);
        }
        else if (_unacknowledged > 0 && type != PacketType.Pubrel && reason != ReasonCode.PacketIdentifierNotFound)
            _unacknowledged--;
    }

    Step Publish(Frame frame, ReadOnlySpan<byte> body, Filling filling)
    {
        var failure = PublishPacket.Read(frame.Flags, body, connection.Five, out var packet);
        if (failure != ReasonCode.Success)
            return connection.Fail(failure);
        var topic = packet.Topic;
        var isOwn = connection.Seat is null && topic.SequenceEqual(connection.Topics.Up);
        if (!isOwn)
        {
            if (!topic.IsEmpty && !TopicName.IsValid(topic))
                return connection.Fail(ReasonCode.MalformedPacket);
            if (packet.Alias is { } used && !_aliases.Allows(used))
                return connection.Fail(ReasonCode.TopicAliasInvalid);
            if (topic.IsEmpty && packet.Alias is { } known)
                topic = _aliases[known];
            if (topic.IsEmpty)
                return connection.Fail(connection.Five ? ReasonCode.ProtocolError : ReasonCode.MalformedPacket);
            isOwn = connection.Seat is { } seat ? topic.SequenceEqual(seat.Heard) : connection.Account!.Role == AccountRole.Device && connection.Topics.Has(topic);
        }
        if (packet.Alias is { } alias && !packet.Topic.IsEmpty)
        {
            if (!_aliases.Allows(alias))
                return connection.Fail(ReasonCode.TopicAliasInvalid);
            _aliases.Set(alias, topic);
        }
        // What a siren has heard is kept in the operations store, not in the archive.
        if (isOwn && connection.Seat is not null)
            return Step.Rare;
        var isRepeat = packet.Qos == 2 && IsReceived(packet.PacketId);
        if (packet.Qos > 0 && !isRepeat && ++_unacknowledged > door.Options.ReceiveMaximum && connection.Five)
            return connection.Fail(ReasonCode.ReceiveMaximumExceeded);
        if (!isOwn)
            return Refuse(topic, packet, filling);
        if (!isRepeat)
            Keep(topic, packet, filling);
        if (packet.Qos == 2 && !isRepeat)
            _coming.Add(packet.PacketId);
        if (packet.Qos > 0)
            filling.Reply(packet.Qos == 1 ? PacketType.Puback : PacketType.Pubrec, packet.PacketId, ReasonCode.Success);
        return Step.Next;
    }

    void Keep(ReadOnlySpan<byte> topic, in PublishPacket packet, Filling filling)
    {
        filling.Messages++;
        if (packet.Retain)
            door.Retained.Put(connection.Account!.Name, topic, packet.Payload);
        // An empty retained message only takes the retained one away (3.3.1-6).
        if (!packet.Retain || !packet.Payload.IsEmpty)
            door.Intake.Take(topic, packet.Payload, filling.ReceivedAt, filling.Batch);
        door.Tails.Offer(topic, packet.Payload, packet.Retain);
    }

    Step Refuse(ReadOnlySpan<byte> topic, in PublishPacket packet, Filling filling)
    {
        door.Metrics.Refused();
        if (!_toldForeign)
            DoorLog.ForeignTopic(door.Log, connection.Account!.Name, Encoding.UTF8.GetString(topic.Length > 100 ? topic[..100] : topic));
        _toldForeign = true;
        // Where the protocol has no word for it, the end of the connection is the only way to say no.
        if (packet.Qos == 0 || !connection.Five)
            return connection.Fail(ReasonCode.NotAuthorized);
        filling.Reply(packet.Qos == 1 ? PacketType.Puback : PacketType.Pubrec, packet.PacketId, ReasonCode.NotAuthorized);
        return Step.Next;
    }

    Step Reply(Frame frame, ReadOnlySpan<byte> body, Filling filling)
    {
        var failure = ReplyPacket.Read(frame.Type, frame.Flags, body, connection.Five, out var packet);
        if (failure != ReasonCode.Success)
            return connection.Fail(failure);
        // We send nothing at QoS 2, so a PUBREC or PUBCOMP answers nothing of ours (4.3.3).
        if (frame.Type == PacketType.Pubrec)
            filling.Reply(PacketType.Pubrel, packet.PacketId, ReasonCode.PacketIdentifierNotFound);
        // A PUBREL before its PUBREC (4.3.3-3).
        else if (frame.Type == PacketType.Pubrel && _coming.Contains(packet.PacketId))
            return connection.Fail(ReasonCode.ProtocolError);
        else if (frame.Type == PacketType.Pubrel)
            filling.Reply(PacketType.Pubcomp, packet.PacketId, Release(packet.PacketId) ? ReasonCode.Success : ReasonCode.PacketIdentifierNotFound);
        return Step.Next;
    }

    Step Disconnect(Frame frame, ReadOnlySpan<byte> body)
    {
        var failure = DisconnectPacket.Read(frame.Flags, body, connection.Five, out var packet);
        if (failure != ReasonCode.Success)
            return connection.Fail(failure);
        if (packet.SessionExpiry is { } expiry)
        {
            // A session that was to end with its connection cannot be kept after all (3.14.2.2.2).
            if (expiry > 0 && connection.Session!.Expiry == 0)
                return connection.Fail(ReasonCode.ProtocolError);
            connection.NewExpiry = Math.Min(expiry, (uint)door.Options.MaxSessionSeconds);
        }
        connection.Left(saidGoodbye: packet.Reason == 0);
        return Step.Ended;
    }

    bool IsReceived(ushort packetId)
    {
        if (_coming.Contains(packetId))
            return true;
        var session = connection.Session!;
        lock (session)
            return session.Received.Contains(packetId);
    }

    bool Release(ushort packetId)
    {
        var session = connection.Session!;
        lock (session)
            return session.Owner == connection && session.Received.Remove(packetId);
    }
}
