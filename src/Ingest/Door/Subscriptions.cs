namespace CanhLu.Ingest;

/// <summary>Grants and refuses what one connection wants to hear: a device its own <c>cmd</c>, a siren its area's topics, a technician everything, live.</summary>
sealed class Subscriptions(Door door, DoorConnection connection)
{
    public async ValueTask<bool> Take(Frame frame, byte[] body)
    {
        var failure = SubscribePacket.Read(frame.Type, frame.Flags, body, connection.Five, out var packet);
        if (failure != ReasonCode.Success)
        {
            connection.Fail(failure);
            return false;
        }
        var before = connection.Session!.CommandQos;
        var codes = new byte[packet.Wishes.Count];
        var retained = new List<TailMessage>();
        for (var i = 0; i < codes.Length; i++)
            codes[i] = frame.Type == PacketType.Unsubscribe ? Unsubscribe(packet.Wishes[i]) : Subscribe(packet.Wishes[i], retained);
        if (before != connection.Session.CommandQos && connection.Session.IsKept && !await door.Ledger.Keep(connection.Session.Key))
        {
            lock (connection.Session)
                connection.Session.CommandQos = before;
            Array.Fill(codes, (byte)ReasonCode.Unspecified);
        }
        // 3.1.1 knows one failure only (3.9.3).
        if (!connection.Five)
            for (var i = 0; i < codes.Length; i++)
                codes[i] = codes[i] >= 0x80 ? (byte)0x80 : codes[i];
        await connection.Out.Enter();
        var answer = frame.Type == PacketType.Subscribe ? PacketType.Suback : PacketType.Unsuback;
        PacketWriter.Answers(connection.Out.Writer, answer, packet.PacketId, codes, connection.Five);
        if (!await connection.Out.Leave())
            return false;
        foreach (var message in retained)
            connection.Tail!.Put(message);
        if (connection.Session.CommandQos is not null || connection.Tail is not null || connection.Listening is not null)
            connection.StartDelivery();
        return true;
    }

    byte Subscribe(in Wish wish, List<TailMessage> retained)
    {
        if (!TopicFilter.IsValid(wish.Filter))
            return (byte)ReasonCode.TopicFilterInvalid;
        if (TopicFilter.IsShared(wish.Filter))
            return (byte)ReasonCode.SharedSubscriptionsNotSupported;
        if (connection.Account!.Role == AccountRole.Technician)
            return Watch(wish, retained);
        if (connection.Seat is { } seat)
            return Hear(seat, wish);
        if (!wish.Filter.AsSpan().SequenceEqual(connection.Topics.Command))
            return (byte)ReasonCode.NotAuthorized;
        var qos = Math.Min(wish.Qos, 1);
        lock (connection.Session!)
            connection.Session.CommandQos = qos;
        return (byte)qos;
    }

    byte Hear(Seat seat, in Wish wish)
    {
        if (!seat.MayHear(wish.Filter))
            return (byte)ReasonCode.NotAuthorized;
        connection.Listening ??= new Listening(connection.Wake, connection.ReceiveMaximum);
        door.Board.Listen(connection.Listening, wish);
        return (byte)Math.Min(wish.Qos, 1);
    }

    byte Watch(in Wish wish, List<TailMessage> retained)
    {
        if (connection.Tail is null)
        {
            connection.Tail = new Tail(door.Options.TailMessages, connection.Wake, door.Metrics);
            door.Tails.Add(connection.Tail);
        }
        if (connection.Tail.Add(wish, door.Options.FiltersPerConnection) is not { } isNew)
            return (byte)ReasonCode.QuotaExceeded;
        if (wish.RetainHandling == 0 || wish.RetainHandling == 1 && isNew)
        {
            retained.AddRange(door.Retained.Matching(wish.Filter));
            retained.AddRange(door.Board.Matching(wish.Filter));
        }
        return 0;
    }

    byte Unsubscribe(in Wish wish)
    {
        if (!TopicFilter.IsValid(wish.Filter))
            return (byte)ReasonCode.TopicFilterInvalid;
        var existed = false;
        if (connection.Account!.Role == AccountRole.Technician)
            existed = connection.Tail?.Remove(wish.Filter) ?? false;
        else if (connection.Seat is not null)
            existed = connection.Listening?.Remove(wish.Filter) ?? false;
        else if (wish.Filter.AsSpan().SequenceEqual(connection.Topics.Command))
        {
            lock (connection.Session!)
            {
                existed = connection.Session.CommandQos is not null;
                connection.Session.CommandQos = null;
            }
        }
        return (byte)(existed ? ReasonCode.Success : ReasonCode.NoSubscriptionExisted);
    }
}
