using System.Threading.Channels;

namespace CanhLu.Tests.Ingest.Links;

/// <summary>An archive in memory that answers when it is told to.</summary>
sealed class HeldArchive : IAsyncDisposable
{
    readonly Channel<ReadingBatch> _batches = Channel.CreateBounded<ReadingBatch>(8);
    readonly Lock _lock = new();
    readonly List<ReadingBatch> _unanswered = [];
    readonly Dictionary<(SeriesId, NodaTime.Instant), int> _stored = [];
    readonly Dictionary<SeriesId, double> _last = [];
    readonly HashSet<ReadingBatch> _makers = [];
    readonly Task _reading;
    bool? _answer = true;

    public HeldArchive() => _reading = Read();

    public ChannelWriter<ReadingBatch> Writer => _batches.Writer;

    /// <summary>How many different readings are stored.</summary>
    public int Stored
    {
        get
        {
            lock (_lock)
                return _stored.Count;
        }
    }

    /// <summary>How many readings came a second time.</summary>
    public int Repeats
    {
        get
        {
            lock (_lock)
                return _stored.Values.Sum(times => times - 1);
        }
    }

    /// <summary>How many readings wait for an answer.</summary>
    public int Unanswered
    {
        get
        {
            lock (_lock)
                return _unanswered.Sum(batch => batch.Count);
        }
    }

    /// <summary>How many different batches brought readings.</summary>
    public int Makers
    {
        get
        {
            lock (_lock)
                return _makers.Count;
        }
    }

    /// <summary>True and false are the answers to everything, also to what waits; null is none.</summary>
    public bool? Answer
    {
        set
        {
            lock (_lock)
            {
                _answer = value;
                if (value is not { } stored)
                    return;
                foreach (var batch in _unanswered)
                    Settle(batch, stored);
                _unanswered.Clear();
            }
        }
    }

    public bool Holds(NodaTime.Instant measuredAt)
    {
        lock (_lock)
            return _stored.Keys.Any(key => key.Item2 == measuredAt);
    }

    public double? ValueOf(SeriesId series)
    {
        lock (_lock)
            return _last.TryGetValue(series, out var value) ? value : null;
    }

    public async ValueTask DisposeAsync()
    {
        Answer = false;
        _batches.Writer.TryComplete();
        await _reading;
    }

    async Task Read()
    {
        await foreach (var batch in _batches.Reader.ReadAllAsync())
            lock (_lock)
            {
                _makers.Add(batch);
                if (_answer is { } stored)
                    Settle(batch, stored);
                else
                    _unanswered.Add(batch);
            }
    }

    void Settle(ReadingBatch batch, bool stored)
    {
        if (stored)
            foreach (var reading in batch.Readings)
            {
                var key = (reading.Series, reading.MeasuredAt);
                _stored[key] = _stored.GetValueOrDefault(key) + 1;
                _last[reading.Series] = reading.Value;
            }
        batch.Settle(stored);
    }
}
