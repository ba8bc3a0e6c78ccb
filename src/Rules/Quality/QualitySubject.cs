using NodaTime;

namespace CanhLu.Rules.Quality;

/// <summary>A series, and what quality control must know of it.</summary>
/// <param name="Series">Its number.</param>
/// <param name="Tests">Its tests.</param>
/// <param name="SensorSpan">What its sensor can measure, in the unit of the series; null when nobody knows.</param>
/// <param name="Interval">How often a reading is expected.</param>
/// <param name="Neighbours">Series with the same name here are each other's neighbours; null for none.</param>
public sealed record QualitySubject(SeriesId Series, QualityTests Tests, ValueSpan? SensorSpan, Duration Interval, string? Neighbours = null)
{
    /// <summary>A series of a site's device; null when the site makes no tests on it.</summary>
    public static QualitySubject? Of(Site site, Series series)
    {
        if (!site.Devices.TryGetValue(series.Device, out var device)
            || device.Model.Fields.FirstOrDefault(one => one.Quantity == series.Quantity && one.Unit == series.Unit) is not { } field
            || TestsOf(site, device.Model.Id, series.Quantity, device.Station) is not { } tests)
            return null;
        var interval = tests.Every ?? (device.Station is { } id ? site.StationOf(id)?.ReportEvery : null) ?? Duration.Zero;
        return new QualitySubject(series.Id, tests, SensorSpanOf(field), interval, device.Station is null ? null : $"{device.Station} {series.Quantity} {series.Unit}");
    }

    /// <summary>The tests of a model's quantity at a station: what is said for that station, and beside it what is said for all. Null for none.</summary>
    public static QualityTests? TestsOf(Site site, string model, string quantity, string? station)
    {
        QualityTests? own = null;
        QualityTests? general = null;
        foreach (var one in site.Quality)
        {
            if (one.Model != model || one.Quantity != quantity)
                continue;
            if (one.Stations.IsDefaultOrEmpty)
                general = one.Tests;
            else if (station is not null && one.Stations.Contains(station))
                own = one.Tests;
        }
        return own is null ? general : general is null ? own : own.Over(general);
    }

    /// <summary>What a sensor can measure, in the unit of its series.</summary>
    public static ValueSpan SensorSpanOf(Field field)
    {
        var (a, b) = (field.Min * field.Scale, field.Max * field.Scale);
        return new ValueSpan(Math.Min(a, b), Math.Max(a, b));
    }
}
