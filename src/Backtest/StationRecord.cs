using NodaTime;

namespace CanhLu.Backtest;

/// <summary>The stages of one station in a record.</summary>
public sealed class StationRecord
{
    internal StationRecord(Instant first, Curve? curve)
    {
        First = Last = first;
        Curve = curve;
    }

    /// <summary>How many stages.</summary>
    public long Stages { get; private set; }

    /// <summary>MeasuredAt of the first one.</summary>
    public Instant First { get; }

    /// <summary>MeasuredAt of the last one.</summary>
    public Instant Last { get; private set; }

    /// <summary>The highest believable one; null when none is.</summary>
    public Stage? Highest { get; private set; }

    /// <summary>Their curve; null when it is not kept.</summary>
    public Curve? Curve { get; }

    internal void Take(in Reading reading)
    {
        Stages++;
        Last = reading.MeasuredAt;
        if (reading.Flag is Flag.Fail or Flag.Missing)
            return;
        var millimetres = (int)reading.Value;
        if (Highest is not { } highest || millimetres > highest.Millimetres)
            Highest = new Stage(millimetres);
        Curve?.Take(reading.MeasuredAt.ToUnixTimeTicks(), millimetres);
    }
}
