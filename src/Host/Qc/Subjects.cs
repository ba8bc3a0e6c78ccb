using CanhLu.Rules.Quality;
using NodaTime;

namespace CanhLu.Host.Qc;

/// <summary>A series of a file with the tests that are made on it.</summary>
/// <param name="Station">The station, as the file says.</param>
/// <param name="Series">The quantity.</param>
/// <param name="Scale">What the file's number is multiplied by to give the unit of the tests; 1000 from metres for a stage.</param>
/// <param name="Subject">Its tests.</param>
/// <param name="TestsOf">Whose tests they are, for people.</param>
sealed record FileSeries(string Station, string Series, double Scale, QualitySubject Subject, string TestsOf);

/// <summary>Finds the tests of every series of a file: those of its station, or those that the site makes on such a quantity anywhere.</summary>
static class Subjects
{
    // Of so many intervals the middle one tells how often a series comes.
    const int Looked = 1_001;

    const int GapIntervals = 3;

    static readonly Duration Unknown = Duration.FromMinutes(10);

    /// <summary>Looks the file through once.</summary>
    /// <param name="file">The file.</param>
    /// <param name="site">The site whose tests are made.</param>
    /// <param name="every">How often a reading is expected; null for what the site or the file tells.</param>
    /// <param name="stageScale">Millimetres in one of the file's units of stage.</param>
    /// <param name="told">Is told how many bytes have been read.</param>
    /// <exception cref="NotReadingsException">There is nothing to test; the message says why.</exception>
    public static IReadOnlyList<FileSeries> Of(ReadingsFile file, Site site, Duration? every, double stageScale, Action<long>? told)
    {
        var times = new List<List<Instant>>();
        foreach (var reading in file.Read(told))
        {
            while (times.Count <= reading.Series)
                times.Add([]);
            if (times[reading.Series].Count < Looked)
                times[reading.Series].Add(reading.At);
        }
        if (times.Count == 0)
        {
            throw new NotReadingsException(file.Remarks is [var first, ..]
                ? $"No line of the file is a reading; the first: {first}"
                : "The file has a header and no readings.");
        }
        return [.. file.Series.Select((key, i) => Of(key.Station, key.Series, i, site, every, Median(times[i]), stageScale))];
    }

    static FileSeries Of(string station, string series, int number, Site site, Duration? every, Duration? median, double stageScale)
    {
        var models = site.Devices.Values.OrderBy(device => device.Id, StringComparer.Ordinal).ToLookup(device => device.Station == station, device => device.Model);
        var known = models[true].FirstOrDefault(model => Has(model, series));
        var model = known ?? models[false].Where(model => Has(model, series)).FirstOrDefault(model => QualitySubject.TestsOf(site, model.Id, series, null) is not null);
        if (model is null || QualitySubject.TestsOf(site, model.Id, series, known is null ? null : station) is not { } tests)
        {
            var tested = string.Join(", ", site.Quality.Select(one => one.Quantity).Distinct());
            throw new NotReadingsException(
                $"The site {site.Id} makes no tests on '{series}' of '{station}'. "
                + (tested.Length == 0 ? "Add a section quality to its site.yaml." : $"It makes them on: {tested}. Name one with --series, or add the quantity under quality in its site.yaml."));
        }
        var field = model.Fields.First(one => one.Quantity == series);
        var isStage = series == Device.StageQuantity;
        var interval = every ?? tests.Every ?? (known is null ? null : site.StationOf(station)?.ReportEvery) ?? median ?? Unknown;
        // Another gauge's interval may be longer than this site's gap.
        if (tests.Gap <= interval)
            tests = tests with { Gap = interval * GapIntervals };
        var subject = new QualitySubject(new SeriesId(number + 1), tests, QualitySubject.SensorSpanOf(field), interval, known is null ? null : $"{station} {series}");
        return new FileSeries(station, series, isStage ? stageScale : 1, subject,
            known is null ? $"{model.Id}, as anywhere: {station} is no station of the site" : $"{model.Id} at {station}");
    }

    static bool Has(DeviceModel model, string quantity) => model.Fields.Any(field => field.Quantity == quantity);

    static Duration? Median(List<Instant> times)
    {
        times.Sort();
        var steps = times.Zip(times.Skip(1), (a, b) => b - a).Where(step => step > Duration.Zero).Order().ToList();
        return steps.Count == 0 ? null : steps[steps.Count / 2];
    }
}
