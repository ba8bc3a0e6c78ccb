using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;

namespace CanhLu.Archive.Influx;

/// <summary>The loop that copies the archive, and what else there is, to InfluxDB: a batch, its answer, its position.</summary>
/// <remarks>
/// Law: a position is reached after the answer that everything before it is there, or parked. An outage or a kill delays the copy and loses nothing: it goes on from a position that was
/// reached well before (<see cref="Positions"/>), and what is written a second time is the same point. One request is under way at a time, and it is read beside the writer of the archive, so that a year's backlog does not slow what comes in.
/// </remarks>
sealed class InfluxFollower : BackgroundService
{
    static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(500);

    readonly IReadOnlyList<ILineSource> _sources;
    readonly InfluxLink _link;
    readonly Positions _positions;
    readonly ParkedLines _parked;
    readonly InfluxState _state;
    readonly InfluxMetrics _metrics;
    readonly InfluxOptions _options;
    readonly TimeProvider _time;
    readonly ILogger<InfluxFollower> _logger;
    readonly ResiliencePipeline<InfluxAnswer> _insist;
    long _troubleSince;
    bool _unread;
    (int Lines, string? Reason) _refused;

    public InfluxFollower(
        IEnumerable<ILineSource> sources, InfluxLink link, Positions positions, ParkedLines parked, InfluxState state, InfluxMetrics metrics, IOptions<InfluxOptions> options,
        TimeProvider time, ILogger<InfluxFollower> logger)
    {
        (_sources, _link, _positions, _parked) = ([.. sources], link, positions, parked);
        (_state, _metrics, _options, _time, _logger) = (state, metrics, options.Value, time, logger);
        _insist = new ResiliencePipelineBuilder<InfluxAnswer> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<InfluxAnswer>
            {
                ShouldHandle = new PredicateBuilder<InfluxAnswer>().HandleResult(answer => answer is InfluxAnswer.Later),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = FirstWait,
                MaxDelay = _options.LongestWait,
                DelayGenerator = static arguments => new((arguments.Outcome.Result as InfluxAnswer.Later)?.After),
                OnRetry = arguments =>
                {
                    var later = (InfluxAnswer.Later)arguments.Outcome.Result!;
                    metrics.Failed();
                    TroubleBegins(later.Reason);
                    return default;
                },
            })
            .Build();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var lines = new LineBuffer(_options.Precision);
        while (!stoppingToken.IsCancellationRequested)
        {
            var (moved, unread) = (false, false);
            foreach (var source in _sources)
            {
                var step = await Follow(source, lines, stoppingToken).ConfigureAwait(false);
                moved |= step == Step.Further;
                unread |= step == Step.Unread;
            }
            // What could not be read is over when every source could, be there anything new in it or not.
            _unread = unread;
            TroubleEnds();
            _state.Behind = _sources.Sum(source => Math.Max(0, source.End - _positions[source.Name]));
            if (!moved)
                await Task.Delay(_options.Delay, _time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Takes a source one batch further.</summary>
    async Task<Step> Follow(ILineSource source, LineBuffer lines, CancellationToken stopping)
    {
        try
        {
            if (source.Changes is var changes && changes != _positions.Changes(source.Name))
                _positions.GoBack(source.Name, await source.ChangedSince(_positions.Changes(source.Name), stopping).ConfigureAwait(false), changes);
            var from = _positions[source.Name];
            lines.Clear();
            _refused = default;
            var next = await source.Read(from, _options.BatchCount, lines, stopping).ConfigureAwait(false);
            if (next == from)
                return Step.Nothing;
            for (var (first, count) = (0, 0); first < lines.Count; first += count)
            {
                count = Fitting(lines, first);
                await Deliver(source, lines, first, count, stopping).ConfigureAwait(false);
            }
            if (_refused.Lines > 0)
                _logger.Parked(_refused.Lines, source.Name, _refused.Reason!);
            if (_link.TakeReconnected())
                _positions.GoBack();
            else
                _positions.Reach(source.Name, next);
            _state.Reach(source.Name, _positions[source.Name]);
            return Step.Further;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return Step.Nothing;
        }
        // The archive is being opened anew, or the disk cannot be written: both say so themselves, and pass.
        catch (Exception passing) when (passing is ArchiveNotReadyException or IOException or UnauthorizedAccessException)
        {
            _unread = true;
            TroubleBegins(passing.Message);
            return Step.Unread;
        }
    }

    /// <summary>How many lines from one on fit into a request.</summary>
    int Fitting(LineBuffer lines, int first)
    {
        var count = Math.Min(_options.BatchCount, lines.Count - first);
        while (count > 1 && lines.Bytes(first, count).Length > _options.BatchBytes)
            count /= 2;
        return count;
    }

    /// <summary>Until each of the lines is stored or parked: what is refused is halved until the bad ones are found.</summary>
    async Task Deliver(ILineSource source, LineBuffer lines, int first, int count, CancellationToken stopping)
    {
        var bytes = lines.Bytes(first, count);
        var answer = await _insist.ExecuteAsync(
            static async (state, token) => await state.Link.Write(state.Bytes, token).ConfigureAwait(false), (Link: _link, Bytes: bytes), stopping).ConfigureAwait(false);
        TroubleEnds();
        switch (answer)
        {
            case InfluxAnswer.Accepted:
                _metrics.Wrote(count);
                break;
            case InfluxAnswer.Refused refused when count == 1 || refused.Dropped == count:
                Park(source, bytes, count, refused.Reason);
                break;
            case InfluxAnswer.TooLarge refused when count == 1:
                Park(source, bytes, count, refused.Reason);
                break;
            case InfluxAnswer.Refused or InfluxAnswer.TooLarge:
                await Deliver(source, lines, first, count / 2, stopping).ConfigureAwait(false);
                await Deliver(source, lines, first + count / 2, count - count / 2, stopping).ConfigureAwait(false);
                break;
            default:
                throw new InvalidOperationException($"{answer} was to be tried again.");
        }
    }

    void Park(ILineSource source, ReadOnlyMemory<byte> lines, int count, string reason)
    {
        var forgotten = _parked.Park(source.Name, lines.Span, reason);
        _metrics.Parked(count);
        _refused = (_refused.Lines + count, reason);
        if (forgotten > 0)
            _logger.ParkedForgotten(forgotten, ParkedLines.FileName);
    }

    void TroubleBegins(string reason)
    {
        if (_state.Trouble is null)
        {
            _troubleSince = _time.GetTimestamp();
            _logger.CopyStopped(reason);
        }
        _state.Trouble = reason;
    }

    void TroubleEnds()
    {
        if (_unread || _state.Trouble is null)
            return;
        _state.Trouble = null;
        _logger.CopyResumed(_time.GetElapsedTime(_troubleSince));
    }

    /// <summary>What became of a source's turn: a batch of it is settled, there is nothing new, or it cannot be read or its position kept at present.</summary>
    enum Step
    {
        Further,
        Nothing,
        Unread,
    }
}
