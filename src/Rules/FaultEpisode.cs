namespace CanhLu.Rules;

/// <summary>What is on its way to be a fault of a gauge: spikes that are counted, or a step that must stay. Few gauges have one.</summary>
struct FaultEpisode
{
    /// <summary>So many spikes, or so many readings where the step has led.</summary>
    public int Count;

    /// <summary>MeasuredAt of the last spike.</summary>
    public long Spike;

    /// <summary>The stages before and behind the step, mm.</summary>
    public double Before;
    public double Stepped;
}
