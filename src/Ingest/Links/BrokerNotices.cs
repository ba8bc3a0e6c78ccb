using System.Buffers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MQTTnet;
using MQTTnet.Protocol;

namespace CanhLu.Ingest.Links;

/// <summary>The way to sirens at an outside broker: a connection of its own, beside those that bring readings, which retains messages there and hears what sirens answer.</summary>
/// <remarks>Its session is kept by the broker like those of the links, so that what a siren answers while we are away comes later.</remarks>
public sealed class BrokerNotices : BackgroundService
{
    readonly LinkOptions _options;
    readonly BrokerOptions _knobs;
    readonly string _filter;
    readonly TimeProvider _time;
    readonly ILogger _log;
    IMqttClient? _client;
    long _risen;
    string? _trouble = "the connection for sirens to the broker has not been made yet";
    string? _told;

    /// <param name="broker">The site's broker.</param>
    /// <param name="options">The knobs of the links; they hold here too.</param>
    /// <param name="site">The site's id.</param>
    /// <param name="time">Real time.</param>
    /// <param name="log">Facts for the operator.</param>
    public BrokerNotices(Broker broker, IOptions<IngestOptions> options, string site, TimeProvider time, ILogger<BrokerNotices> log)
    {
        _knobs = options.Value.Broker;
        _options = new LinkOptions(broker, _knobs, 1, [], "sirens");
        _filter = SirenTopics.Heard(site, "+");
        (_time, _log) = (time, log);
    }

    /// <summary>How often it has connected.</summary>
    public long Risen => Interlocked.Read(ref _risen);

    /// <summary>Why it does not stand; null while it does.</summary>
    public string? Trouble => Volatile.Read(ref _trouble);

    /// <summary>Who takes what a siren has heard: its id and its bytes. False: it could not be kept, and the broker brings it again with the next connection.</summary>
    public Func<string, ReadOnlyMemory<byte>, bool>? Heard { get; set; }

    /// <summary>Retains a message at the broker, QoS 1; an empty one takes it away. True when the broker has acknowledged it.</summary>
    public async Task<bool> Retain(string topic, byte[] payload, CancellationToken cancellation)
    {
        if (Trouble is not null || Volatile.Read(ref _client) is not { } client)
            return false;
        var message = new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .WithRetainFlag().Build();
        using var patience = new CancellationTokenSource(_knobs.ConnectTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            var answer = await client.PublishAsync(message, either.Token);
            if (answer.IsSuccess)
                return true;
            Tell($"the broker refuses {topic}: {answer.ReasonCode} {answer.ReasonString}".TrimEnd() + ". Let the engine write there in the broker's access list");
            return false;
        }
        // Whatever the library throws while its connection goes down, or the broker's silence: it is stated again when the connection stands.
        catch (Exception) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = _knobs.RetryFirst;
        try
        {
            while (true)
            {
                var before = Risen;
                var reason = await Hold(stoppingToken);
                Volatile.Write(ref _trouble, $"the connection for sirens to {_options.Url} does not stand: {reason}");
                Tell(Trouble!);
                pause = Risen != before ? _knobs.RetryFirst : TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, _knobs.RetryAtMost.Ticks));
                await Task.Delay(pause, _time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    /// <summary>One connection, until it ends; returns why.</summary>
    async Task<string> Hold(CancellationToken stopping)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        var ended = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        client.DisconnectedAsync += lost =>
        {
            ended.TrySetResult(lost.ReasonString is { Length: > 0 } words ? words : lost.Exception?.Message ?? lost.Reason.ToString());
            return Task.CompletedTask;
        };
        client.ApplicationMessageReceivedAsync += message => Take(message, ended);
        try
        {
            var answer = await client.ConnectAsync(_options.Build(null), stopping);
            if (answer.ResultCode != MqttClientConnectResultCode.Success)
                return $"the broker refuses: {answer.ResultCode} {answer.ReasonString}".TrimEnd();
            var granted = await client.SubscribeAsync(_filter, MqttQualityOfServiceLevel.AtLeastOnce, stopping);
            if (granted.Items.FirstOrDefault(item => item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2) is { } refused)
                return $"the broker refuses the subscription {_filter}: {refused.ResultCode}";
        }
        // The library, the network, TLS and the certificate's file fail in many ways; each of them means that there is no connection yet.
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            return exception.Message;
        }
        Volatile.Write(ref _client, client);
        Interlocked.Increment(ref _risen);
        Volatile.Write(ref _trouble, null);
        _told = null;
        Log.NoticesStood(_log, _options.ClientId, _options.Url);
        try
        {
            return await ended.Task.WaitAsync(stopping);
        }
        finally
        {
            Volatile.Write(ref _client, null);
            if (client.IsConnected)
                await client.TryDisconnectAsync();
        }
    }

    async Task Take(MqttApplicationMessageReceivedEventArgs message, TaskCompletionSource<string> ended)
    {
        message.AutoAcknowledge = false;
        var siren = message.ApplicationMessage.Topic[(_filter.Length - 1)..];
        if (Heard is { } take && take(siren, message.ApplicationMessage.Payload.ToArray()))
            await message.AcknowledgeAsync(CancellationToken.None);
        else
            ended.TrySetResult("what a siren has heard could not be kept");
    }

    // Once when trouble starts, and again only when it has become another one.
    void Tell(string trouble)
    {
        if (trouble != _told)
            Log.NoticesFell(_log, _options.ClientId, trouble);
        _told = trouble;
    }
}
