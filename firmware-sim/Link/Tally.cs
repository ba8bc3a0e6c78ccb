namespace CanhLu.FirmwareSim.Link;

/// <summary>The counters behind <see cref="Counts"/>, shared by all links of a fleet.</summary>
sealed class Tally
{
    long _sent, _acknowledged, _refused, _repeated, _readings, _readingsAcknowledged, _connects, _lost;

    /// <summary>The last trouble of any link, for people; null while there was none.</summary>
    public string? LastTrouble { get; private set; }

    public Counts Counts => new(
        Interlocked.Read(ref _sent), Interlocked.Read(ref _acknowledged), Interlocked.Read(ref _refused), Interlocked.Read(ref _repeated),
        Interlocked.Read(ref _readings), Interlocked.Read(ref _readingsAcknowledged), Interlocked.Read(ref _connects), Interlocked.Read(ref _lost));

    public void Sent(int readings)
    {
        Interlocked.Increment(ref _sent);
        Interlocked.Add(ref _readings, readings);
    }

    public void Acknowledged(int readings)
    {
        Interlocked.Increment(ref _acknowledged);
        Interlocked.Add(ref _readingsAcknowledged, readings);
    }

    public void Refused() => Interlocked.Increment(ref _refused);

    public void Repeated() => Interlocked.Increment(ref _repeated);

    public void Connected() => Interlocked.Increment(ref _connects);

    public void Lost() => Interlocked.Increment(ref _lost);

    public void Trouble(string what) => LastTrouble = what;
}
