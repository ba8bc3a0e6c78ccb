namespace CanhLu.Archive;

/// <summary>Passes of the spike test, read out of the readings that decided them.</summary>
/// <remarks>A reading is stored before its spike test can be decided. A spike is written back to it, since it is rare; a pass is not, since it would cost a second
/// write a reading: it stands in <see cref="TestFlags.SpikeBefore"/> of the next one. The last reading of a range so stays not evaluated.</remarks>
static class Spikes
{
    /// <summary>Readings of one series, oldest first, with every pass that another of them tells.</summary>
    public static Reading[] Settled(Reading[] readings)
    {
        var before = -1;
        for (var i = 0; i < readings.Length; i++)
        {
            // Null on one that came late: it has decided nothing, and nothing is decided of it.
            if (readings[i].Tests.SpikeBefore is not { } verdict)
                continue;
            if (before >= 0 && verdict == Flag.Good && readings[before].Tests[QualityTest.Spike] == Flag.NotEvaluated)
                readings[before] = readings[before] with { Tests = readings[before].Tests.With(QualityTest.Spike, verdict) };
            before = i;
        }
        return readings;
    }
}
