namespace CanhLu.GatewaySim.Misbehaving;

/// <summary>Lets so many through a second.</summary>
/// <param name="most">How many; 0 for any number.</param>
/// <param name="time">Tells the second.</param>
sealed class SecondGate(int most, TimeProvider time)
{
    readonly Lock _lock = new();
    readonly long _began = time.GetTimestamp();
    long _second = -1;
    int _passed;

    public bool Passes()
    {
        if (most == 0)
        {
            return true;
        }

        lock (_lock)
        {
            var second = (long)time.GetElapsedTime(_began).TotalSeconds;
            (_second, _passed) = second == _second ? (second, _passed + 1) : (second, 1);
            return _passed <= most;
        }
    }
}
