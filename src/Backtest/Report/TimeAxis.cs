using System.Globalization;
using NodaTime;

namespace CanhLu.Backtest.Report;

/// <summary>Time from left to right, with marks at round local times.</summary>
sealed class TimeAxis(Instant from, Instant to, DateTimeZone zone, double left, double right)
{
    const int MostMarks = 9;

    static readonly Period[] Steps =
    [
        Period.FromMinutes(10), Period.FromMinutes(30), Period.FromHours(1), Period.FromHours(3), Period.FromHours(6), Period.FromHours(12), Period.FromDays(1),
        Period.FromDays(2), Period.FromDays(7), Period.FromDays(14), Period.FromMonths(1), Period.FromMonths(3), Period.FromYears(1), Period.FromYears(5),
        Period.FromYears(20),
    ];

    public Instant From => from;

    public Instant To => to;

    public double X(Instant at) => left + (right - left) * Math.Clamp((at - from) / (to - from), 0, 1);

    /// <summary>Marks with their words in Vietnamese and English.</summary>
    public IEnumerable<(double X, string Vi, string En)> Marks()
    {
        var step = Steps.First(period => ReferenceEquals(period, Steps[^1]) || Approximately(period) * MostMarks >= to - from);
        var isFine = Approximately(step) < Duration.FromDays(1);
        for (var local = First(step); zone.AtLeniently(local) is var at && at.ToInstant() <= to; local += step)
        {
            if (at.ToInstant() < from)
                continue;
            var isMidnight = local.TimeOfDay == LocalTime.Midnight;
            yield return isFine && !isMidnight ? Same(X(at.ToInstant()), local, "HH':'mm")
                : Approximately(step) < Duration.FromDays(28) ? (X(at.ToInstant()), Written(local, "dd'/'MM"), Written(local, "d MMM"))
                : Approximately(step) < Duration.FromDays(365) ? (X(at.ToInstant()), Written(local, "MM'/'yyyy"), Written(local, "MMM yyyy"))
                : Same(X(at.ToInstant()), local, "yyyy");
        }
    }

    static (double, string, string) Same(double x, LocalDateTime local, string form) => (x, Written(local, form), Written(local, form));

    static string Written(LocalDateTime local, string form) => local.ToString(form, CultureInfo.InvariantCulture);

    static Duration Approximately(Period period) =>
        Duration.FromDays(period.Years * 365 + period.Months * 30 + period.Days) + Duration.FromHours(period.Hours) + Duration.FromMinutes(period.Minutes);

    LocalDateTime First(Period step)
    {
        var local = from.InZone(zone).LocalDateTime;
        if (step.Years > 0)
            return new LocalDate(local.Year - local.Year % step.Years, 1, 1).AtMidnight();
        return step.Months > 0 ? new LocalDate(local.Year, 1, 1).AtMidnight() : local.Date.AtMidnight();
    }
}
