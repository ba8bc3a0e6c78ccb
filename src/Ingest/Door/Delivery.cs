using System.Globalization;
using System.Text;
using System.Threading.Channels;

namespace CanhLu.Ingest;

/// <summary>Sends what a client subscribed to: a device's commands in order, a technician's live view. Runs beside the reading loop.</summary>
sealed class Delivery
{
    // Messages in one write to a live view.
    const int Burst = 64;

    static readonly byte[] DroppedTopic = "$canhlu/dropped"u8.ToArray();

    readonly Door _door;
    readonly DoorConnection _connection;
    readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    readonly Task _loop;
    bool _retry;

    public Delivery(Door door, DoorConnection connection)
    {
        _door = door;
        _connection = connection;
        _loop = Task.Run(Run);
    }

    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Once a second: after a failure of the store it is tried again.</summary>
    public void Retry()
    {
        if (Volatile.Read(ref _retry))
            Wake();
    }

    public Task Stop()
    {
        _wake.Writer.TryComplete();
        return _loop;
    }

    async Task Run()
    {
        try
        {
            while (await _wake.Reader.WaitToReadAsync())
            {
                _wake.Reader.TryRead(out _);
                while (await SendCommand() || await SendNotice() || await SendTail())
                {
                }
            }
        }
        // A fault here ends this client's deliveries and is told; its readings go on being taken.
        catch (Exception exception)
        {
            DoorLog.Fault(_door.Log, exception);
            _connection.End(ReasonCode.Unspecified);
        }
    }

    async ValueTask<bool> SendCommand()
    {
        var session = _connection.Session!;
        Command? command;
        bool repeated;
        lock (session)
        {
            command = session.Next(_connection, _connection.ReceiveMaximum);
            if (command is null)
                return false;
            repeated = command.PacketId != 0;
            if (!repeated && command.Qos > 0)
                command.PacketId = session.FreePacketId();
            command.SentOn = _connection;
        }
        if (!repeated && !await _door.Ledger.Sent(command))
        {
            lock (session)
                (command.PacketId, command.SentOn) = (0, null);
            Volatile.Write(ref _retry, true);
            return false;
        }
        Volatile.Write(ref _retry, false);
        var topic = _connection.Topics.Command;
        var fits = Fits(topic.Length, command.Payload.Length, command.Qos);
        if (!fits || command.Qos == 0)
        {
            lock (session)
                session.Commands.Remove(command);
            // A message that the client cannot take counts as delivered (3.1.2-25).
            if (!fits)
            {
                await _door.Ledger.Arrived(command, isTaken: false, _door.Now);
                _door.Metrics.Command("too_large");
                return true;
            }
        }
        await _connection.Out.Enter();
        PacketWriter.Publish(
            _connection.Out.Writer, topic, command.Payload, command.Qos, command.PacketId, repeated, retain: false, _connection.Five);
        return await _connection.Out.Leave();
    }

    async ValueTask<bool> SendNotice()
    {
        if (_connection.Listening?.Take() is not var (message, packetId))
            return false;
        var qos = packetId == 0 ? 0 : 1;
        if (!Fits(message.Topic.Length, message.Payload.Length, qos))
        {
            _connection.Listening.Arrived(packetId);
            _door.Metrics.TailDropped(1);
            return true;
        }
        await _connection.Out.Enter();
        PacketWriter.Publish(_connection.Out.Writer, message.Topic, message.Payload, qos, packetId, repeated: false, message.Retain, _connection.Five);
        return await _connection.Out.Leave();
    }

    async ValueTask<bool> SendTail()
    {
        if (_connection.Tail is not { } tail)
            return false;
        var sent = 0;
        await _connection.Out.Enter();
        while (sent < Burst && tail.TryTake(out var message))
        {
            sent++;
            if (Fits(message.Topic.Length, message.Payload.Length, 0))
                PacketWriter.Publish(_connection.Out.Writer, message.Topic, message.Payload, 0, 0, false, message.Retain, _connection.Five);
            else
                _door.Metrics.TailDropped(1);
        }
        if (sent < Burst && tail.TakeDropped() is > 0 and var dropped)
        {
            var count = Encoding.UTF8.GetBytes(dropped.ToString(CultureInfo.InvariantCulture));
            PacketWriter.Publish(_connection.Out.Writer, DroppedTopic, count, 0, 0, false, false, _connection.Five);
        }
        return await _connection.Out.Leave() && sent > 0;
    }

    bool Fits(int topic, int payload, int qos) =>
        PacketWriter.PublishLength(topic, payload, qos, _connection.Five) <= _connection.MaximumPacketSize;
}
