using NodaTime;

namespace CanhLu.Rules.Quality;

/// <summary>The month of a moment in a zone; remembers the last one, since readings come in the order of time.</summary>
sealed class Calendar(DateTimeZone zone)
{
    long _from;
    long _until;
    int _month;

    /// <summary>1 for January.</summary>
    public int Month(long at)
    {
        if (at >= _from && at < _until)
            return _month;
        var date = Ticks.ToInstant(at).InZone(zone).Date;
        var first = new LocalDate(date.Year, date.Month, 1);
        _from = Ticks.Of(zone.AtStartOfDay(first).ToInstant());
        _until = Ticks.Of(zone.AtStartOfDay(first.PlusMonths(1)).ToInstant());
        return _month = date.Month;
    }
}
