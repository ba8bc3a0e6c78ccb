namespace CanhLu.Rules.Quality;

/// <summary>What quality control remembers of a series, beside its flat-line run and its window.</summary>
struct SeriesMemory
{
    /// <summary>MeasuredAt of its newest reading, ticks.</summary>
    public long Newest;

    /// <summary>The newest value; NaN when it was missing.</summary>
    public double Last;

    /// <summary>The value before that.</summary>
    public double BeforeLast;

    /// <summary>The call in which the newest reading came, and its place there: the spike verdict goes back to it.</summary>
    public long Call;
    public int Place;

    /// <summary>Number of its plan.</summary>
    public int Plan;

    /// <summary>Its number among the series with a flat-line test; -1 for none.</summary>
    public int Flat;

    /// <summary>Its number among the series with an attenuated-signal test; -1 for none.</summary>
    public int Attenuation;

    /// <summary>Its neighbours stand side by side.</summary>
    public int FirstNeighbour;
    public ushort Neighbours;

    /// <summary>How many readings it has had: 0, 1, or 2 for more.</summary>
    public byte Seen;

    /// <summary>What was said of the newest reading.</summary>
    public Flag LastFlag;
    public TestFlags LastTests;
}
