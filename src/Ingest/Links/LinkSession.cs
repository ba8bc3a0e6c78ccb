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
/// The library's own queue has no bound; ReceiveMaximum is what bounds it: the broker hands over no more than that without acknowledgements. A
/// session belongs to one connection, so that no acknowledgement of an old connection can be sent on a new one, where its number may mean another message.
/// </remarks>
sealed class LinkSession : IDisposable
{
    /// <summary>Handfuls between Take and PUBACK: one is filled, one waits, one is written, one is acknowledged.</summary>
    const int Handfuls = 4;

    /// <summary>How many QoS 0 messages may wait; no window bounds those.</summary>
    const int MaxUnacknowledged = 1000;

    const string NotStored = "the archive stores no more";

    readonly LinkOptions _options;
    readonly Intake _intake;
    readonly ChannelWriter<ReadingBatch> _readings;
    readonly IngestMetrics _metrics;
    readonly BrokerVoice _voice;
    readonly IClock _clock;
    readonly ILogger _logger;

    readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Channel<Arrived> _waiting;
    readonly Channel<Handful> _inFlight = Channel.CreateBounded<Handful>(Handfuls);
    readonly Channel<Handful> _free = Channel.CreateBounded<Handful>(Handfuls);
    readonly byte[] _topic = new byte[ushort.MaxValue];
    int _unacknowledgedWaiting;
    bool _isDropping;

    public LinkSession(
        LinkOptions options, Intake intake, ChannelWriter<ReadingBatch> readings, IngestMetrics metrics, BrokerVoice voice, IClock clock, ILogger logger)
    {
        _options = options;
        _intake = intake;
        _readings = readings;
        _metrics = metrics;
        _voice = voice;
        _clock = clock;
        _logger = logger;
        // Room for the whole window, so that the library's reader never waits for us.
        _waiting = Channel.CreateBounded<Arrived>(options.ReceiveMaximum + MaxUnacknowledged);
        for (var i = 0; i < Handfuls; i++)
            _free.Writer.TryWrite(new Handful());
        _client.ApplicationMessageReceivedAsync += Receive;
        _client.DisconnectedAsync += lost =>
        {
            _ended.TrySetResult(lost.ReasonString is { Length: > 0 } words ? words : lost.Exception?.Message ?? lost.Reason.ToString());
            return Task.CompletedTask;
        };
    }

    /// <summary>Connects and subscribes; messages of an earlier session may come from here on.</summary>
    /// <exception cref="LinkLostException">The broker cannot be reached, or refuses.</exception>
    public async Task<MqttClientConnectResult> Connect(CancellationToken cancellationToken)
    {
        var answer = await _client.ConnectAsync(_options.Build(), cancellationToken);
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
        foreach (var subscription in granted.Items)
            if (subscription.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2 && !subscription.TopicFilter.Topic.StartsWith("$SYS/", StringComparison.Ordinal))
                throw new LinkLostException($"the broker refuses the subscription {subscription.TopicFilter.Topic}: {subscription.ResultCode}");
        return answer;
    }

    /// <summary>Takes and acknowledges until the connection ends, the Archive stores no more, or it is told to stop; then finishes what was begun.</summary>
    /// <param name="stopping">Told to stop: nothing new is taken.</param>
    /// <param name="giveUp">What is not stored by then is left with the broker.</param>
    /// <returns>Why it ended.</returns>
    public async Task<string> Run(CancellationToken stopping, CancellationToken giveUp)
    {
        var taking = Take(giveUp);
        var acknowledging = Acknowledge();
        string reason;
        await using (stopping.Register(() => _ended.TrySetResult("stopped")))
            reason = await _ended.Task;
        _waiting.Writer.TryComplete();
        await taking;
        _inFlight.Writer.TryComplete();
        await acknowledging.WaitAsync(giveUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return reason;
    }

    /// <summary>Ends it, politely when the connection stands; the broker keeps the session.</summary>
    public async Task End(string reason)
    {
        _ended.TrySetResult(reason);
        if (_client.IsConnected)
            await _client.TryDisconnectAsync();
    }

    public void Dispose() => _client.Dispose();

    Task Receive(MqttApplicationMessageReceivedEventArgs message)
    {
        message.AutoAcknowledge = false;
        var topic = message.ApplicationMessage.Topic;
        var isUnacknowledged = message.ApplicationMessage.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtMostOnce;
        if (topic.StartsWith("$SYS/", StringComparison.Ordinal))
        {
            _voice.Hear(topic, message.ApplicationMessage.Payload);
        }
        else if (isUnacknowledged && Interlocked.Increment(ref _unacknowledgedWaiting) > MaxUnacknowledged)
        {
            Interlocked.Decrement(ref _unacknowledgedWaiting);
            _metrics.Dropped(WayIn.Broker);
            if (!_isDropping)
                Log.DroppingUnacknowledged(_logger, _options.ClientId);
            _isDropping = true;
        }
        else if (!_waiting.Writer.TryWrite(new Arrived(message, _clock.GetCurrentInstant())))
        {
            _ended.TrySetResult("the broker handed over more messages than ReceiveMaximum");
        }
        return Task.CompletedTask;
    }

    async Task Take(CancellationToken giveUp)
    {
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(giveUp))
            {
                var handful = await _free.Reader.ReadAsync(giveUp);
                while (handful.HasRoom && _waiting.Reader.TryRead(out var arrived))
                    Take(arrived, handful);
                if (handful.HasReadings)
                    await _readings.WriteAsync(handful.Batch, giveUp);
                await _inFlight.Writer.WriteAsync(handful, giveUp);
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
            Interlocked.Decrement(ref _unacknowledgedWaiting);
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
                continue;
            }
            _metrics.Took(WayIn.Broker, handful.Messages.Count, handful.Batch.Count);
            await Acknowledge(handful.Messages);
            handful.Clear();
            await _free.Writer.WriteAsync(handful);
        }
    }

    async Task Acknowledge(List<MqttApplicationMessageReceivedEventArgs> messages)
    {
        try
        {
            foreach (var message in messages)
                if (_client.IsConnected)
                    await message.AcknowledgeAsync(CancellationToken.None);
        }
        // Whatever the library throws while its connection goes down (some of it is NullReferenceException): the message is stored, and comes again.
        catch (Exception exception)
        {
            _ended.TrySetResult(exception.Message);
        }
    }

    readonly record struct Arrived(MqttApplicationMessageReceivedEventArgs Message, Instant At);
}
