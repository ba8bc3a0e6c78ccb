namespace CanhLu.Notify;

/// <summary>What a courier has claimed and not yet handed over: what goes next is chosen at the last moment, so that officers' messages pass residents', and both pass what a
/// carrier is only asked about.</summary>
/// <remarks>One loop adds and looks at the counts, so that the bound holds; another takes.</remarks>
sealed class Claimed : IDisposable
{
    readonly Lock _lock = new();
    readonly Queue<Delivery> _officers = new();
    readonly Queue<Delivery> _residents = new();
    readonly Queue<Delivery> _questions = new();

    /// <summary>As many permits as there are deliveries, but for one that the taker may hold.</summary>
    readonly SemaphoreSlim _any = new(0);

    public int Officers
    {
        get
        {
            lock (_lock)
                return _officers.Count;
        }
    }

    public int Residents
    {
        get
        {
            lock (_lock)
                return _residents.Count;
        }
    }

    public void Add(IReadOnlyCollection<Delivery> deliveries)
    {
        if (deliveries.Count == 0)
            return;
        lock (_lock)
        {
            foreach (var delivery in deliveries)
                (delivery.Reference is not null ? _questions : delivery.Lane > Lane.Residents ? _officers : _residents).Enqueue(delivery);
            _any.Release(deliveries.Count);
        }
    }

    /// <summary>Completes when there is one; then <see cref="Take"/> or <see cref="TakeAll"/> must follow.</summary>
    public Task Any(CancellationToken cancellation) => _any.WaitAsync(cancellation);

    public Delivery Take()
    {
        lock (_lock)
            return _officers.TryDequeue(out var first) || _residents.TryDequeue(out first) ? first : _questions.Dequeue();
    }

    /// <summary>All of them, with or without <see cref="Any"/> before.</summary>
    public List<Delivery> TakeAll()
    {
        lock (_lock)
        {
            List<Delivery> all = [.. _officers, .. _residents, .. _questions];
            _officers.Clear();
            _residents.Clear();
            _questions.Clear();
            while (_any.Wait(0))
            {
            }
            return all;
        }
    }

    public void Dispose() => _any.Dispose();
}
