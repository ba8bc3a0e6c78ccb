namespace CanhLu.Rules;

/// <summary>What the judge finds by a series' number: where its readings go.</summary>
struct Track
{
    /// <summary>MeasuredAt of its newest believable reading.</summary>
    public long Newest;

    /// <summary>Number of its gauge, from 1; 0 when it is no stage of a station.</summary>
    public int Gauge;

    /// <summary>Its limits stand side by side, up to the first one of the next series.</summary>
    public int FirstLimit;
}
