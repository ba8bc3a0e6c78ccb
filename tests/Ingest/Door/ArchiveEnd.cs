using System.Threading.Channels;

namespace CanhLu.Tests.Ingest.Doors;

/// <summary>The Archive's end of the channel, in memory: it answers at once, later, or no.</summary>
sealed class ArchiveEnd
{
    readonly Channel<ReadingBatch> _channel;
    readonly Lock _gate = new();
    readonly List<Reading> _readings = [];
    readonly List<ReadingBatch> _held = [];
    readonly Task _loop;
    TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int _takes = int.MaxValue;
    bool _stalled;
    bool _refusing;

    public ArchiveEnd(int capacity = 16)
    {
        _channel = Channel.CreateBounded<ReadingBatch>(capacity);
        _loop = Task.Run(Run);
    }

    public ChannelWriter<ReadingBatch> Writer => _channel.Writer;

    /// <summary>What is stored, in order.</summary>
    public Reading[] Readings
    {
        get
        {
            lock (_gate)
                return [.. _readings];
        }
    }

    /// <summary>Batches taken and not answered.</summary>
    public int Held
    {
        get
        {
            lock (_gate)
                return _held.Count;
        }
    }

    /// <summary>The readings in them.</summary>
    public int HeldReadings
    {
        get
        {
            lock (_gate)
                return _held.Sum(batch => batch.Count);
        }
    }

    /// <summary>Batches that wait in the channel.</summary>
    public int Waiting => _channel.Reader.Count;

    /// <summary>From now on batches are taken, up to <paramref name="takes"/>, and not answered.</summary>
    public void Stall(int takes = int.MaxValue)
    {
        lock (_gate)
            (_stalled, _takes) = (true, takes);
    }

    /// <summary>All that are held are answered, as one commit; returns the number of their readings.</summary>
    public int Commit()
    {
        lock (_gate)
        {
            var committed = _held.Sum(batch => batch.Count);
            _stalled = false;
            _goOn.TrySetResult();
            foreach (var batch in _held)
                _readings.AddRange(batch.Readings);
            foreach (var batch in _held)
                batch.Settle(true);
            _held.Clear();
            return committed;
        }
    }

    /// <summary>From now on, and for all that are held, the answer is no.</summary>
    public void Refuse()
    {
        lock (_gate)
        {
            (_refusing, _stalled) = (true, false);
            _goOn.TrySetResult();
            foreach (var batch in _held)
                batch.Settle(false);
            _held.Clear();
        }
    }

    /// <summary>Takes out what is stored, when all that was handed over before is.</summary>
    public async Task<Reading[]> Drain()
    {
        var last = new ReadingBatch(1);
        await Writer.WriteAsync(last);
        await last.Stored;
        lock (_gate)
        {
            var readings = _readings.ToArray();
            _readings.Clear();
            return readings;
        }
    }

    public async Task Stop()
    {
        _goOn.TrySetResult();
        _channel.Writer.TryComplete();
        await _loop;
    }

    async Task Run()
    {
        await foreach (var batch in _channel.Reader.ReadAllAsync())
        {
            var wait = Task.CompletedTask;
            lock (_gate)
            {
                if (_stalled)
                {
                    _held.Add(batch);
                    if (_held.Count >= _takes)
                        wait = (_goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
                }
                else
                {
                    if (!_refusing)
                        _readings.AddRange(batch.Readings);
                    batch.Settle(!_refusing);
                }
            }
            await wait;
        }
    }
}
