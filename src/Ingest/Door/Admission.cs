using System.Security.Cryptography;
using System.Text;

namespace CanhLu.Ingest;

/// <summary>Takes the rare packets of one connection, which may need the store or time: CONNECT, SUBSCRIBE, UNSUBSCRIBE, PUBACK of a command, and what a siren has heard.</summary>
sealed class Admission(Door door, DoorConnection connection)
{
    /// <summary>The longest CONNECT, bytes: names, secret and a short will.</summary>
    public const int LongestConnect = 8 * 1024;

    const int LongestClientId = 256;

    readonly Subscriptions _subscriptions = new(door, connection);

    /// <summary>False: the connection is over.</summary>
    public ValueTask<bool> Take(Frame frame, byte[] body) => frame.Type switch
    {
        PacketType.Connect => Connect(frame, body),
        PacketType.Puback => Arrived(frame, body),
        PacketType.Publish => Heard(frame, body),
        _ => _subscriptions.Take(frame, body),
    };

    async ValueTask<bool> Connect(Frame frame, byte[] body)
    {
        var connect = new ConnectPacket();
        var answer = connect.Read(frame.Flags, body);
        connection.Five = connect.Five;
        if (answer != ReasonCode.Success)
            return connect.CanAnswer && (connect.Five || answer == ReasonCode.UnsupportedProtocolVersion) && await Refuse(answer);
        if (door.IsStopping)
            return await Refuse(ReasonCode.ServerShuttingDown);
        (answer, var account) = await door.Logins.Check(connect, connection.CertificateName, connection.Address);
        if (account is null)
            return await Refuse(answer);
        // 3.1.1, 3.1.3-8: without an identifier a session cannot be found again.
        if (connect.ClientId.Length == 0 && !connect.Five && !connect.CleanStart || Encoding.UTF8.GetByteCount(connect.ClientId) > LongestClientId)
            return await Refuse(ReasonCode.ClientIdentifierNotValid);
        var topics = new OwnTopics(account.Name);
        var seat = account.Role == AccountRole.Device ? door.Board.SeatOf(account.Name) : null;
        if (connect.Will is { } will && !(seat is null && account.Role == AccountRole.Device && will.Topic.AsSpan().SequenceEqual(topics.Status)))
            return await Refuse(ReasonCode.NotAuthorized);
        connection.Seat = seat;
        return await Welcome(connect, account, topics);
    }

    async ValueTask<bool> Welcome(ConnectPacket connect, Account account, OwnTopics topics)
    {
        var assigned = connect.ClientId.Length == 0 ? $"canhlu-{RandomNumberGenerator.GetHexString(24, lowercase: true)}" : null;
        var key = new SessionKey(account.Name, assigned ?? connect.ClientId);
        var wanted = connect.Five ? connect.SessionExpiry ?? 0 : connect.CleanStart ? 0 : uint.MaxValue;
        // A live view has nothing to keep: a technician's session ends with its connection. So does a siren's: what stands is retained, and what stood meanwhile is old.
        var expiry = account.Role == AccountRole.Technician || connection.Seat is not null ? 0 : Math.Min(wanted, (uint)door.Options.MaxSessionSeconds);
        var keepAlive = connect.Five && (connect.KeepAlive == 0 || connect.KeepAlive > door.Options.MaxKeepAliveSeconds)
            ? (ushort)door.Options.MaxKeepAliveSeconds
            : connect.KeepAlive;
        connection.Topics = topics;
        connection.Will = connect.Will;
        connection.SilenceAllowed = keepAlive * 1.5;
        connection.ReceiveMaximum = connect.ReceiveMaximum;
        connection.MaximumPacketSize = connect.MaximumPacketSize;
        connection.Account = account;
        // Other sirens may have been named between the question and here, where CloseReseated did not see this connection yet.
        if (account.Role == AccountRole.Device && door.Board.SeatOf(account.Name) != connection.Seat)
            connection.End(ReasonCode.AdministrativeAction);
        door.NoLongerUnknown();
        door.Metrics.CameIn();

        var entry = door.Sessions.Enter(connection, account, key, connect.CleanStart || connection.Seat is not null, expiry);
        foreach (var superseded in entry.Superseded)
            superseded.End(ReasonCode.SessionTakenOver);
        door.TellWills();
        foreach (var discarded in entry.Discarded)
            await door.Ledger.Lose(discarded, door.Metrics);
        if ((expiry > 0 || entry.Session.IsKept) && !await door.Ledger.Keep(key))
        {
            // Nothing was said about the session yet, so nothing of it may stay; and the will is not wanted either: the client was never in.
            connection.SaidGoodbye = true;
            connection.NewExpiry = 0;
            return await Refuse(ReasonCode.ServerUnavailable);
        }
        DoorLog.CameIn(door.Log, account.Name, key.ClientId, connection.Address, connect.Five ? "5.0" : "3.1.1");
        await connection.Out.Enter();
        PacketWriter.Welcome(connection.Out.Writer, connect.Five, entry.Present, new WelcomeTerms(
            door.Options.ReceiveMaximum, door.Options.MaxPacketSize, door.Options.TopicAliases,
            connect.Five && expiry != wanted ? expiry : null, keepAlive != connect.KeepAlive ? keepAlive : null, connect.Five ? assigned : null));
        if (!await connection.Out.Leave())
            return false;
        if (entry.Session.CommandQos is not null)
            connection.StartDelivery();
        return true;
    }

    async ValueTask<bool> Refuse(ReasonCode reason)
    {
        await connection.Out.Enter();
        PacketWriter.Refuse(connection.Out.Writer, reason, connection.Five);
        await connection.Out.Leave();
        return false;
    }

    async ValueTask<bool> Heard(Frame frame, byte[] body)
    {
        var (payload, qos, packetId) = Read(frame, body, connection.Five);
        if (door.Board.Heard is not { } take || !take(connection.Account!.Name, payload))
        {
            // What is not kept is not acknowledged: it comes again.
            connection.Fail(ReasonCode.ServerUnavailable);
            return false;
        }
        if (qos == 0)
            return true;
        if (qos == 2)
            lock (connection.Session!)
                connection.Session.Received.Add(packetId);
        await connection.Out.Enter();
        Reply(qos == 1 ? PacketType.Puback : PacketType.Pubrec, packetId);
        return await connection.Out.Leave();
    }

    void Reply(PacketType type, ushort packetId)
    {
        var span = connection.Out.Writer.GetSpan(PacketWriter.LongestReply);
        connection.Out.Writer.Advance(PacketWriter.Reply(span, type, packetId, ReasonCode.Success, connection.Five));
    }

    // It was read once by the reception, which let it through.
    static (byte[] Payload, int Qos, ushort PacketId) Read(Frame frame, byte[] body, bool five)
    {
        PublishPacket.Read(frame.Flags, body, five, out var packet);
        return (packet.Payload.ToArray(), packet.Qos, packet.PacketId);
    }

    async ValueTask<bool> Arrived(Frame frame, byte[] body)
    {
        var failure = ReplyPacket.Read(frame.Type, frame.Flags, body, connection.Five, out var packet);
        if (failure != ReasonCode.Success)
        {
            connection.Fail(failure);
            return false;
        }
        if (connection.Listening?.Arrived(packet.PacketId) == true)
        {
            connection.Wake();
            return true;
        }
        var session = connection.Session!;
        Command? command;
        lock (session)
        {
            command = session.Commands.Find(sent => sent.PacketId == packet.PacketId && sent.SentOn == connection);
            if (command is not null)
                session.Commands.Remove(command);
        }
        // An acknowledgement of nothing is not worth an end: it may be the second one of a command that was sent twice.
        if (command is null)
            return true;
        await door.Ledger.Arrived(command, packet.Reason < 0x80, door.Now);
        door.Metrics.Command(packet.Reason >= 0x80 ? "refused" : "arrived");
        if (packet.Reason >= 0x80)
            DoorLog.CommandRefused(door.Log, connection.Account!.Name, packet.Reason);
        connection.Wake();
        return true;
    }
}
