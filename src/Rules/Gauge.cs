namespace CanhLu.Rules;

/// <summary>One stage series of a station: its hold clocks. They follow from its readings alone, so that a replay rebuilds them.</summary>
struct Gauge
{
    /// <summary>MeasuredAt of its newest believable reading.</summary>
    public long Newest;

    /// <summary>Per level: since when it has been at or above Raise.</summary>
    public Runs Above;

    /// <summary>Per level: since when it has been below Clear.</summary>
    public Runs Below;

    /// <summary>Number of its station.</summary>
    public int Station;

    /// <summary>Its series.</summary>
    public int Series;

    public void Forget()
    {
        for (var i = 0; i < 3; i++)
            Above[i] = Below[i] = Ticks.Never;
    }

    /// <summary>Lets the clocks run on, start or stop by a reading that is newer than all before.</summary>
    public void Compare(in Ladder ladder, int millimetres, long at)
    {
        for (var i = 0; i < 3; i++)
        {
            ref readonly var step = ref ladder.Steps[i];
            if (millimetres < step.Raise)
                Above[i] = Ticks.Never;
            else if (Above[i] == Ticks.Never)
                Above[i] = at;
            if (millimetres >= step.Clear)
                Below[i] = Ticks.Never;
            else if (Below[i] == Ticks.Never)
                Below[i] = at;
        }
    }
}
