using System.Buffers;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Protocol;
using NodaTime;

namespace CanhLu.Ingest.Links;

/// <summary>One connection to the broker from CONNECT to its end: takes what the broker hands over, a handful at a time, and acknowledges what is stored.</summary>
/// <remarks>
/// <code>
/// broker ─▶ MQTTnet ─▶ waiting (bounded) ─▶ Take ─▶ Archive
///   ▲                                                  │ Stored
///   └───────────── PUBACK ◀── in flight (bounded) ◀────┘
/// </code>
/// The library's own queue has no bound: what bounds it is ReceiveMaximum, and where a broker does not keep to that, the <see cref="Window"/>. A session
/// belongs to one connection, so that no acknowledgement of an old connection can be sent on a new one, where its number may mean another message.
/// </remarks>
sealed class LinkSession : IDisposable
{
    /// <summary>Handfuls between Take and PUBACK: one is filled, one waits, one is written, one is acknowledged.</summary>
    const int Handfuls = 4;

    /// <summary>How many QoS 0 messages may be held; no window bounds those.</summary>
    const int MaxUnacknowledged = 1000;

    const string NotStored = "the archive stores no more";

    readonly LinkOptions _options;
    readonly Intake _intake;
    readonly ChannelWriter<ReadingBatch> _readings;
    readonly IngestMetrics _metrics;
    readonly BrokerVoice _voice;
    readonly IClock _clock;
    readonly ILogger _logger;
    readonly CancellationToken _giveUp;

    readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Window _window;
    readonly LinkStream _stream;
    readonly Channel<Arrived> _waiting;
    readonly Channel<Handful> _inFlight = Channel.CreateBounded<Handful>(Handfuls);
    readonly Channel<Handful> _free = Channel.CreateBounded<Handful>(Handfuls);
    readonly byte[] _topic = new byte[ushort.MaxValue];
    readonly Task _taking;
    readonly Task _acknowledging;
    int _unacknowledgedHeld;
    bool _isDropping;

    /// <param name="options">Which link.</param>
    /// <param name="intake">Decodes.</param>
    /// <param name="readings">The Archive's channel.</param>
    /// <param name="metrics">Counts.</param>
    /// <param name="voice">Hears what the broker tells of itself.</param>
    /// <param name="clock">Our clock.</param>
    /// <param name="logger">The operator's log.</param>
    /// <param name="giveUp">What is not stored by then is left with the broker.</param>
    public LinkSession(
        LinkOptions options, Intake intake, ChannelWriter<ReadingBatch> readings, IngestMetrics metrics, BrokerVoice voice, IClock clock, ILogger logger,
        CancellationToken giveUp)
    {
        _options = options;
        _intake = intake;
        _readings = readings;
        _metrics = metrics;
        _voice = voice;
        _clock = clock;
        _logger = logger;
        _giveUp = giveUp;
        var room = options.ReceiveMaximum + MaxUnacknowledged;
        _window = new Window(room + 1);
        _stream = new LinkStream(_window);
        _waiting = Channel.CreateBounded<Arrived>(room);
        metrics.Watch(_window);
        for (var i = 0; i < Handfuls; i++)
            _free.Writer.TryWrite(new Handful());
        _client.ApplicationMessageReceivedAsync += Receive;
        _client.DisconnectedAsync += lost =>
        {
            _ended.TrySetResult(lost.ReasonString is { Length: > 0 } words ? words : lost.Exception?.Message ?? lost.Reason.ToString());
            return Task.CompletedTask;
        };
        _taking = Take();
        _acknowledging = Acknowledge();
    }

    /// <summary>Connects and subscribes; messages of an earlier session may come from here on.</summary>
    /// <exception cref="LinkLostException">The broker cannot be reached, or refuses.</exception>
    public async Task<MqttClientConnectResult> Connect(CancellationToken cancellationToken)
    {
        var answer = await _client.ConnectAsync(_options.Build(_stream), cancellationToken);
        if (answer.ResultCode != MqttClientConnectResultCode.Success)
            throw new LinkLostException($"the broker refuses: {answer.ResultCode} {answer.ReasonString}".TrimEnd());
        if (answer.ServerKeepAlive > 0 && TimeSpan.FromSeconds(answer.ServerKeepAlive) < _options.KeepAlive)
        {
            // The library goes on at its own pace, whatever the broker has asked for, and would be cut off.
            _options.KeepAlive = TimeSpan.FromSeconds(answer.ServerKeepAlive);
            throw new LinkLostException($"the broker wants a sign of life every {answer.ServerKeepAlive} s");
        }
        await _client.UnsubscribeAsync(_options.Leftovers(), cancellationToken);
        var granted = await _client.SubscribeAsync(_options.Subscriptions(), cancellationToken);
        foreach (var subscription in granted.Items.Where(one => one.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2))
        {
            var topic = subscription.TopicFilter.Topic;
            if (LinkOptions.IsNative(topic))
                throw new LinkLostException($"the broker refuses the subscription {topic}: {subscription.ResultCode}");
            // Gauges of our own are not to wait for a camera's rights.
            if (!topic.StartsWith("$SYS/", StringComparison.Ordinal))
                Log.TopicRefused(_logger, _options.Url, _options.ClientId, topic, subscription.ResultCode);
        }
        return answer;
    }

    /// <summary>Takes and acknowledges until the connection ends, the Archive stores no more, or it is told to stop.</summary>
    /// <returns>Why it ended.</returns>
    public async Task<string> Run(CancellationToken stopping)
    {
        await using (stopping.Register(() => _ended.TrySetResult("stopped")))
            await Task.WhenAny(_ended.Task, _taking, _acknowledging);
        // Neither loop ends before the connection does, unless we are wrong: then Finish tells.
        return _ended.Task.IsCompleted ? await _ended.Task : "a fault of our own";
    }

    /// <summary>Finishes what was begun: what came in goes to the Archive, what is stored is acknowledged if the connection still stands.</summary>
    /// <remarks>Without end while the Archive stalls: a further connection could only bring more.</remarks>
    public async Task Finish()
    {
        _waiting.Writer.TryComplete();
        await _taking;
        _inFlight.Writer.TryComplete();
        try
        {
            await _acknowledging.WaitAsync(_giveUp);
        }
        catch (OperationCanceledException) when (_giveUp.IsCancellationRequested)
        {
        }
    }

    /// <summary>Takes leave of the broker, if the connection still stands; it keeps the session.</summary>
    /// <remarks>Not before it has answered a ping: what it has not read by the time that the next connection takes the session over is thrown away, and what
    /// those acknowledgements were for comes again (seen with Mosquitto 2.0.11).</remarks>
    /// <param name="inTime">No longer than that for the answer.</param>
    public async Task Disconnect(CancellationToken inTime)
    {
        if (!_client.IsConnected)
            return;
        await _client.TryPingAsync(inTime);
        await _client.TryDisconnectAsync();
    }

    public void Dispose()
    {
        _metrics.Unwatch(_window);
        _client.Dispose();
        _stream.Dispose();
    }

    async Task Receive(MqttApplicationMessageReceivedEventArgs message)
    {
        message.AutoAcknowledge = false;
        var topic = message.ApplicationMessage.Topic;
        var isUnacknowledged = message.ApplicationMessage.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtMostOnce;
        if (topic.StartsWith("$SYS/", StringComparison.Ordinal))
        {
            _voice.Hear(topic, message.ApplicationMessage.Payload);
        }
        else if (isUnacknowledged && Interlocked.Increment(ref _unacknowledgedHeld) > MaxUnacknowledged)
        {
            Interlocked.Decrement(ref _unacknowledgedHeld);
            _metrics.Dropped(WayIn.Broker);
            if (!_isDropping)
                Log.DroppingUnacknowledged(_logger, _options.ClientId);
            _isDropping = true;
        }
        else
        {
            _window.Add();
            var arrived = new Arrived(message, _clock.GetCurrentInstant());
            // Full only with a broker that does not keep to ReceiveMaximum. Closed when the session has ended: it comes again.
            if (!_waiting.Writer.TryWrite(arrived) && await _waiting.Writer.WaitToWriteAsync())
                await _waiting.Writer.WriteAsync(arrived);
        }
    }

    async Task Take()
    {
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(_giveUp))
            {
                var handful = await _free.Reader.ReadAsync(_giveUp);
                while (handful.HasRoom && _waiting.Reader.TryRead(out var arrived))
                    Take(arrived, handful);
                if (handful.HasReadings)
                    await _readings.WriteAsync(handful.Batch, _giveUp);
                await _inFlight.Writer.WriteAsync(handful, _giveUp);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ChannelClosedException)
        {
            // What was not handed over is the broker's still.
            _ended.TrySetResult(NotStored);
        }
    }

    void Take(in Arrived arrived, Handful handful)
    {
        var message = arrived.Message.ApplicationMessage;
        if (message.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtMostOnce)
            handful.Unacknowledged++;
        handful.Messages.Add(arrived.Message);
        var topic = _topic.AsSpan(0, Encoding.UTF8.GetBytes(message.Topic, _topic));
        var payload = message.Payload.IsSingleSegment ? message.Payload.FirstSpan : message.Payload.ToArray();
        _intake.Take(topic, payload, arrived.At, handful.Batch);
    }

    async Task Acknowledge()
    {
        await foreach (var handful in _inFlight.Reader.ReadAllAsync())
        {
            if (handful.HasReadings && !await handful.Batch.Stored)
            {
                _metrics.Unanswered(WayIn.Broker, handful.Messages.Count);
                Log.LeftWithBroker(_logger, _options.ClientId, handful.Messages.Count);
                _ended.TrySetResult(NotStored);
                _free.Writer.TryComplete();
                continue;
            }
            _metrics.Took(WayIn.Broker, handful.Messages.Count, handful.Batch.Count);
            await Acknowledge(handful.Messages);
            Interlocked.Add(ref _unacknowledgedHeld, -handful.Unacknowledged);
            _window.Remove(handful.Messages.Count);
            handful.Clear();
            _free.Writer.TryWrite(handful);
        }
    }

    async Task Acknowledge(List<MqttApplicationMessageReceivedEventArgs> messages)
    {
        try
        {
            if (!_client.IsConnected)
                return;
            await _stream.Cork();
            foreach (var message in messages)
                await message.AcknowledgeAsync(CancellationToken.None);
            await _stream.Uncork();
        }
        // Whatever the library throws while its connection goes down (some of it is NullReferenceException): the message is stored, and comes again.
        catch (Exception exception)
        {
            _ended.TrySetResult(exception.Message);
        }
    }

    readonly record struct Arrived(MqttApplicationMessageReceivedEventArgs Message, Instant At);
}
