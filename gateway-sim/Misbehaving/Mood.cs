namespace CanhLu.GatewaySim.Misbehaving;

/// <summary>What the carriers do wrong at the moment.</summary>
sealed class Mood(TimeProvider time, int seed)
{
    readonly Lock _lock = new();
    readonly Random _chance = new(seed);

    // Guarded by _lock.
    readonly List<(Misbehaviour Order, long Since, int Struck)> _orders = [];

    public void Add(Misbehaviour order)
    {
        lock (_lock)
        {
            _orders.Add((order, time.GetTimestamp(), 0));
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _orders.Clear();
        }
    }

    /// <summary>The orders that still hold, with how many messages each has struck.</summary>
    public IReadOnlyList<(Misbehaviour Order, int Struck)> Orders()
    {
        lock (_lock)
        {
            _orders.RemoveAll(IsOver);
            return [.. _orders.Select(order => (order.Order, order.Struck))];
        }
    }

    /// <summary>Whether a message is struck in this way; each call is one message, and counts.</summary>
    public Misbehaviour? Strikes(string carrier, Mode mode)
    {
        lock (_lock)
        {
            _orders.RemoveAll(IsOver);
            var i = _orders.FindIndex(order =>
                order.Order.Carrier == carrier && order.Order.Mode == mode && (order.Order.Probability is not { } share || _chance.NextDouble() < share));
            if (i < 0)
            {
                return null;
            }

            _orders[i] = _orders[i] with { Struck = _orders[i].Struck + 1 };
            return _orders[i].Order;
        }
    }

    bool IsOver((Misbehaviour Order, long Since, int Struck) order) =>
        order.Struck >= order.Order.Count || time.GetElapsedTime(order.Since) >= order.Order.Duration;
}
