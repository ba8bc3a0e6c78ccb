using System.Threading.Channels;
using CanhLu.FirmwareSim.Script;
using CanhLu.FirmwareSim.Wire;
using MQTTnet;
using MQTTnet.Protocol;

namespace CanhLu.FirmwareSim.Link;

/// <summary>One device's way to the broker: a persistent session that comes back by itself, and messages kept until they are acknowledged.</summary>
/// <remarks>
/// A message is published at QoS 1, many in flight; when its acknowledgement is lost with the connection, it is published again on the next one.
/// So each message is acknowledged exactly once here, and may arrive more than once there.
/// </remarks>
sealed class DeviceLink : IAsyncDisposable
{
    static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);

    readonly string _device;
    readonly MqttClientOptions _connect;
    readonly LinkOptions _options;
    readonly Tally _tally;
    readonly TimeProvider _time;
    readonly Func<Message, bool, ValueTask>? _settled;
    readonly Random _random;
    readonly CancellationTokenSource _stop = new();
    readonly Channel<Message> _waiting;
    readonly SemaphoreSlim _inFlight;
    readonly Lock _lock = new();
    readonly Task _keeping;
    readonly Task _sending;

    // Guarded by _lock.
    TaskCompletionSource<Connection> _connection = Promise<Connection>();
    TaskCompletionSource _wanted = Promise();
    Connection? _current;

    /// <param name="device">The device's id: its client id too.</param>
    /// <param name="broker">Where it connects.</param>
    /// <param name="credential">What it shows there; null for nothing.</param>
    /// <param name="options">How it keeps its connection.</param>
    /// <param name="tally">Counts what happens.</param>
    /// <param name="time">For pauses.</param>
    /// <param name="settled">Told of each message once: true when it was acknowledged, false when it was refused.</param>
    public DeviceLink(
        string device, BrokerAddress broker, Credential? credential, LinkOptions options, Tally tally, TimeProvider time, Func<Message, bool, ValueTask>? settled = null)
    {
        _device = device;
        _options = options;
        _tally = tally;
        _time = time;
        _settled = settled;
        _connect = ConnectOptions.For(device, broker, credential, options);
        _random = Seeds.For(options.Seed, device);
        _waiting = Channel.CreateBounded<Message>(new BoundedChannelOptions(options.Keep) { SingleReader = true });
        _inFlight = new SemaphoreSlim(options.InFlight);
        _wanted.SetResult();
        _keeping = Keep(_stop.Token);
        _sending = SendAll(_stop.Token);
    }

    /// <summary>Takes a message; waits when the device can keep no more.</summary>
    public ValueTask Send(Message message, CancellationToken token) => _waiting.Writer.WriteAsync(message, token);

    /// <summary>Cuts the connection without a word and stays away until <see cref="Return"/>.</summary>
    public void Vanish()
    {
        lock (_lock)
        {
            if (_wanted.Task.IsCompleted)
            {
                _wanted = Promise();
            }

            _current?.Dispose();
        }
    }

    /// <summary>Comes back after <see cref="Vanish"/>.</summary>
    public void Return()
    {
        lock (_lock)
        {
            _wanted.TrySetResult();
        }
    }

    /// <summary>Takes no more messages, and returns when every one is settled.</summary>
    public async Task Finish(CancellationToken token)
    {
        Return();
        _waiting.Writer.TryComplete();
        await _sending.WaitAsync(token);
        await AllDelivered(token);
    }

    /// <summary>Says goodbye, when it is connected, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        Connection? current;
        lock (_lock)
        {
            current = _current;
        }

        if (current is not null)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2), _time);
            try
            {
                await current.Client.PublishAsync(Status(Topics.Offline), patience.Token);
                await current.Client.DisconnectAsync(new MqttClientDisconnectOptions(), patience.Token);
            }
            catch (Exception trouble) when (IsTrouble(trouble))
            {
                // The other side is away: it speaks the last will instead.
            }
        }

        await _stop.CancelAsync();
        _waiting.Writer.TryComplete();
        await Task.WhenAll(_keeping, _sending);
        await AllDelivered(CancellationToken.None);
        _stop.Dispose();
    }

    async Task Keep(CancellationToken stop)
    {
        var pause = ShortestPause;
        try
        {
            while (true)
            {
                await Wanted().WaitAsync(stop);
                if (await Open(stop) is { } connection)
                {
                    pause = ShortestPause;
                    await connection.Ended.Task.WaitAsync(stop);
                    Close(connection);
                    if (Wanted().IsCompleted)
                    {
                        _tally.Lost();
                    }
                }

                await Task.Delay(pause * (0.5 + _random.NextDouble()), _time, stop);
                pause = pause * 2 < _options.LongestPause ? pause * 2 : _options.LongestPause;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            lock (_lock)
            {
                _current?.Dispose();
            }
        }
    }

    async Task<Connection?> Open(CancellationToken stop)
    {
        var client = new MqttClientFactory().CreateMqttClient();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var timeout = _time.CreateTimer(_ => patience.Cancel(), null, ConnectTimeout, Timeout.InfiniteTimeSpan);
        try
        {
            var answer = await client.ConnectAsync(_connect, patience.Token);
            if (answer.ResultCode != MqttClientConnectResultCode.Success)
            {
                throw new IOException($"{_device} was refused: {answer.ResultCode}");
            }

            var connection = new Connection(client, Math.Min(_options.InFlight, answer.ReceiveMaximum is > 0 and var most ? most : ushort.MaxValue));
            client.DisconnectedAsync += _ =>
            {
                connection.Ended.TrySetResult();
                return Task.CompletedTask;
            };
            await client.PublishAsync(Status(Topics.Online), patience.Token);
            lock (_lock)
            {
                if (!_wanted.Task.IsCompleted || !client.IsConnected)
                {
                    connection.Dispose();
                    return null;
                }

                _current = connection;
                _connection.SetResult(connection);
            }

            _tally.Connected();
            return connection;
        }
        catch (Exception trouble) when (IsTrouble(trouble))
        {
            // When we are stopping it is the same: the caller's next wait ends.
            _tally.Trouble(trouble.Message);
            client.Dispose();
            return null;
        }
    }

    void Close(Connection connection)
    {
        lock (_lock)
        {
            _current = null;
            _connection = Promise<Connection>();
        }

        connection.Dispose();
        connection.Closed.SetResult();
    }

    async Task SendAll(CancellationToken stop)
    {
        try
        {
            await foreach (var message in _waiting.Reader.ReadAllAsync(stop))
            {
                await _inFlight.WaitAsync(stop);
                _ = Deliver(message, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What is still kept here stays unacknowledged, and is counted so.
        }
    }

    // Counted by _inFlight, which Finish waits for.
    async Task Deliver(Message message, CancellationToken stop)
    {
        var publish = new MqttApplicationMessage
        {
            Topic = Topics.Up(_device),
            PayloadSegment = message.Payload,
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
        };
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                var connection = await Connected().WaitAsync(stop);
                await connection.Quota.WaitAsync(stop);
                try
                {
                    Count(message, attempt);
                    var answer = await connection.Client.PublishAsync(publish, stop);
                    await Settle(message, answer);
                    return;
                }
                catch (Exception trouble) when (!stop.IsCancellationRequested && IsTrouble(trouble))
                {
                    // The connection is gone, or going: end it, and publish again on the next one.
                    connection.Ended.TrySetResult();
                    await connection.Closed.Task.WaitAsync(stop);
                }
                finally
                {
                    connection.Quota.Release();
                }
            }
        }
        catch (Exception end) when (stop.IsCancellationRequested && IsTrouble(end))
        {
            // Stopped: the message stays unacknowledged.
        }
        finally
        {
            _inFlight.Release();
        }
    }

    void Count(Message message, int attempt)
    {
        if (attempt == 1)
        {
            _tally.Sent(message.Readings);
        }
        else
        {
            _tally.Repeated();
        }
    }

    // Every permit back means that no delivery is under way.
    async Task AllDelivered(CancellationToken token)
    {
        var taken = 0;
        try
        {
            for (; taken < _options.InFlight; taken++)
            {
                await _inFlight.WaitAsync(token);
            }
        }
        finally
        {
            if (taken > 0)
            {
                _inFlight.Release(taken);
            }
        }
    }

    async ValueTask Settle(Message message, MqttClientPublishResult answer)
    {
        if (answer.IsSuccess)
        {
            _tally.Acknowledged(message.Readings);
        }
        else
        {
            _tally.Refused();
            _tally.Trouble($"{_device}: a message was refused: {answer.ReasonCode} {answer.ReasonString}");
        }

        if (_settled is not null)
        {
            await _settled(message, answer.IsSuccess);
        }
    }

    Task Wanted()
    {
        lock (_lock)
        {
            return _wanted.Task;
        }
    }

    Task<Connection> Connected()
    {
        lock (_lock)
        {
            return _connection.Task;
        }
    }

    MqttApplicationMessage Status(string says) => new MqttApplicationMessageBuilder()
        .WithTopic(Topics.Status(_device)).WithPayload(says).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).WithRetainFlag().Build();

    // What a network may do to us; anything else is a bug and ends the process.
    static bool IsTrouble(Exception exception) =>
        exception is MQTTnet.Exceptions.MqttCommunicationException or MQTTnet.Exceptions.MqttProtocolViolationException
            or OperationCanceledException or IOException or System.Net.Sockets.SocketException or ObjectDisposedException
            or InvalidOperationException or System.Security.Authentication.AuthenticationException;

    static TaskCompletionSource<T> Promise<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    static TaskCompletionSource Promise() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
