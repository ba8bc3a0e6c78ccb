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

    /// <summary>Batches that wait in the channel.</summary>
    public int Waiting => _channel.Reader.Count;

    /// <summary>From now on batches are taken, up to <paramref name="takes"/>, and not answered.</summary>
    public void Stall(int takes = int.MaxValue)
    {
        lock (_gate)
            (_stalled, Takes) = (true, takes);
    }

    public int Takes { get; private set; } = int.MaxValue;

    /// <summary>All that are held are answered, as one commit.</summary>
    public void Commit()
    {
        lock (_gate)
        {
            _stalled = false;
            foreach (var batch in _held)
                _readings.AddRange(batch.Readings);
            foreach (var batch in _held)
                batch.Settle(true);
            _held.Clear();
        }
    }

    /// <summary>From now on, and for all that are held, the answer is no.</summary>
    public void Refuse()
    {
        lock (_gate)
        {
            _refusing = true;
            foreach (var batch in _held)
                batch.Settle(false);
            _held.Clear();
        }
    }

    public async Task Stop()
    {
        _channel.Writer.TryComplete();
        await _loop;
    }

    async Task Run()
    {
        await foreach (var batch in _channel.Reader.ReadAllAsync())
        {
            lock (_gate)
            {
                if (_stalled)
                    _held.Add(batch);
                else
                {
                    if (!_refusing)
                        _readings.AddRange(batch.Readings);
                    batch.Settle(!_refusing);
                }
            }
        }
    }
}
