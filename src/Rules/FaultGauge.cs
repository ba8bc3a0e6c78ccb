namespace CanhLu.Rules;

/// <summary>A gauge in which faults are looked for: what every rule needs of its past.</summary>
struct FaultGauge
{
    // What is said once may be chance: a stage beside a wall, a gauge that caught up.
    public const int Steady = 6;
    public const int AtCeiling = 2;

    /// <summary>MeasuredAt of its newest reading of any flag, and its ReceivedAt; <see cref="Ticks.Never"/> when there was none.</summary>
    public long Newest;
    public long Received;

    /// <summary>MeasuredAt of its newest reading that was neither 4 nor 9.</summary>
    public long Measured;

    /// <summary>The value of that reading, mm, and how far it was from the one before; not a number when there was none.</summary>
    public double Last;
    public double Step;

    /// <summary>Its device's id.</summary>
    public string Device;

    /// <summary>Number of its plan.</summary>
    public int Plan;

    /// <summary>Its rules stand side by side, and so do the tracks of all of them.</summary>
    public int FirstSlot;
    public int FirstTrack;

    /// <summary>How many readings in a row were at the ceiling, far from the neighbours, with the neighbours; none counts further than it must.</summary>
    public byte Ceilings;
    public byte Apart;
    public byte Together;

    /// <summary>Whether the reading before the newest was a spike.</summary>
    public bool InSpike;

    public static FaultGauge Of(string device, int plan, int firstSlot, int firstTrack) => new()
    {
        Newest = Ticks.Never,
        Received = Ticks.Never,
        Measured = Ticks.Never,
        Last = double.NaN,
        Device = device,
        Plan = plan,
        FirstSlot = firstSlot,
        FirstTrack = firstTrack,
    };

    /// <summary>Counts a reading in, before it is judged.</summary>
    public void Count(FaultPlan plan, in Reading reading)
    {
        Ceilings = reading.Value >= plan.Ceiling ? (byte)Math.Min(Ceilings + 1, AtCeiling) : (byte)0;
        if (reading.Flag is Flag.Fail or Flag.Missing)
            return;
        var neighbour = reading.Tests[QualityTest.Neighbour];
        Apart = neighbour == Flag.Suspect ? (byte)Math.Min(Apart + 1, Steady) : (byte)0;
        Together = neighbour == Flag.Good ? (byte)Math.Min(Together + 1, Steady) : (byte)0;
    }

    /// <summary>Makes a reading the newest, when it has been judged.</summary>
    public void Keep(in Reading reading, long measuredAt)
    {
        InSpike = IsSpike(reading);
        Newest = measuredAt;
        Received = Ticks.Of(reading.ReceivedAt);
        if (reading.Flag is Flag.Fail or Flag.Missing)
            return;
        Step = double.IsNaN(Last) ? 0 : reading.Value - Last;
        Last = reading.Value;
        Measured = measuredAt;
    }

    /// <summary>Whether a reading says that the one before it was a spike.</summary>
    public static bool IsSpike(in Reading reading) => reading.Tests.SpikeBefore is Flag.Suspect or Flag.Fail;
}

/// <summary>One fault rule at one gauge.</summary>
struct FaultSlot
{
    /// <summary>Whether its alarm stands as it was told last.</summary>
    public bool IsTold;

    /// <summary>Whether it sleeps after a restart.</summary>
    public bool IsAsleep;
}
