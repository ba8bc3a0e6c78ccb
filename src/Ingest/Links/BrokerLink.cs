using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using MQTTnet;
using NodaTime;
using Polly;
using Polly.Retry;

namespace CanhLu.Ingest.Links;

/// <summary>One link to the outside broker: stands as long as the engine does, over any number of connections.</summary>
sealed class BrokerLink
{
    /// <summary>A connection that held this long was a good one: the next is made at once. A shorter one counts as a failure, or two engines with one
    /// client id would throw each other out without a pause.</summary>
    static readonly TimeSpan Steady = TimeSpan.FromSeconds(30);

    /// <summary>How long a stop waits for the Archive to store what is under way.</summary>
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>How long the end of a connection waits for the broker to have read its acknowledgements.</summary>
    static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    readonly LinkOptions _options;
    readonly BrokerOptions _knobs;
    readonly Func<CancellationToken, LinkSession> _session;
    readonly IngestMetrics _metrics;
    readonly TimeProvider _time;
    readonly ILogger _logger;
    readonly ResiliencePipeline _pipeline;
    string? _trouble;
    bool _hasStood;

    public BrokerLink(
        LinkOptions options, BrokerOptions knobs, Intake intake, ChannelWriter<ReadingBatch> readings, IngestMetrics metrics, BrokerVoice voice,
        IClock clock, TimeProvider time, ILogger logger)
    {
        _options = options;
        _knobs = knobs;
        _session = giveUp => new LinkSession(options, intake, readings, metrics, voice, clock, logger, giveUp);
        _metrics = metrics;
        _time = time;
        _logger = logger;
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<LinkLostException>(),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = knobs.RetryFirst,
                MaxDelay = knobs.RetryAtMost,
            })
            .Build();
    }

    /// <summary>Runs until it is told to stop, or the Archive stores no more.</summary>
    public async Task Run(CancellationToken stopping)
    {
        try
        {
            while (!stopping.IsCancellationRequested)
                await _pipeline.ExecuteAsync(async token => await Hold(token), stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
    }

    /// <summary>One connection. Returns when it held for long, and throws <see cref="LinkLostException"/> when it did not.</summary>
    async Task Hold(CancellationToken stopping)
    {
        using var giveUp = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _time);
        await using var stop = stopping.Register(() => giveUp.CancelAfter(Grace));
        using var session = _session(giveUp.Token);
        MqttClientConnectResult answer;
        try
        {
            answer = await Connect(session, stopping);
        }
        catch (Exception exception)
        {
            Complain(exception.Message, stopping);
            await Leave(session);
            throw;
        }
        Welcome(answer);
        var stoodAt = _time.GetTimestamp();
        var reason = await session.Run(stopping);
        _metrics.LinkDown();
        Complain(reason, stopping);
        var stoodFor = _time.GetElapsedTime(stoodAt);
        await Leave(session);
        if (stoodFor < Steady)
            throw new LinkLostException(reason);
    }

    async Task Leave(LinkSession session)
    {
        await session.Finish();
        using var inTime = new CancellationTokenSource(Farewell, _time);
        await session.Disconnect(inTime.Token);
    }

    async Task<MqttClientConnectResult> Connect(LinkSession session, CancellationToken stopping)
    {
        using var inTime = new CancellationTokenSource(_knobs.ConnectTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(inTime.Token, stopping);
        try
        {
            return await session.Connect(either.Token);
        }
        // The library, the network, TLS and the certificate's file fail in many ways; each of them means that there is no link yet.
        catch (Exception exception) when (exception is not LinkLostException && !stopping.IsCancellationRequested)
        {
            throw new LinkLostException(inTime.IsCancellationRequested ? $"no answer within {_knobs.ConnectTimeout}" : exception.Message, exception);
        }
    }

    void Welcome(MqttClientConnectResult answer)
    {
        _metrics.LinkUp();
        _trouble = null;
        Log.LinkStood(_logger, _options.ClientId, _options.Url, answer.IsSessionPresent);
        if (_hasStood && !answer.IsSessionPresent)
            Log.SessionForgotten(_logger, _options.ClientId);
        _hasStood = true;
        foreach (var limit in BrokerLimit.In(answer, _options.SessionExpirySeconds, _options.IsShared))
            Log.LimitRevealed(_logger, _options.Url, _options.ClientId, limit);
    }

    // Once when trouble starts, and again only when it has become another one.
    void Complain(string reason, CancellationToken stopping)
    {
        if (reason != _trouble && !stopping.IsCancellationRequested)
            Log.LinkFell(_logger, _options.ClientId, _options.Url, reason);
        _trouble = reason;
    }
}
