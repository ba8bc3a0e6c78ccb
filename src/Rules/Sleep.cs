namespace CanhLu.Rules;

/// <summary>How a remembered judgement keeps still while a replay feeds it readings that an earlier life has judged.</summary>
static class Sleep
{
    /// <summary>Whether it sleeps through this reading. It wakes behind the reading of its last statement, or at the first later one; of several
    /// gauges' readings at that very instant, those that came before it are slept through and those that came after are not.</summary>
    public static bool Lasts(ref long until, Alarm? told, long measuredAt, int series)
    {
        if (until == Ticks.Never)
            return false;
        if (measuredAt < until)
            return true;
        if (measuredAt > until)
        {
            until = Ticks.Never;
            return false;
        }
        if (told!.Evidence.Series.Value == series)
            until = Ticks.Never;
        return true;
    }

    /// <summary>Whether a reading of its series is the one behind the last statement, or a later one.</summary>
    public static bool IsPast(Alarm? told, long measuredAt) => told is null || measuredAt >= Ticks.Of(told.Evidence.MeasuredAt);
}
