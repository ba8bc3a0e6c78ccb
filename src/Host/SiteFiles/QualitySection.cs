using System.Collections.Immutable;
using System.Globalization;
using CanhLu.Host.SiteFiles.Yaml;
using CanhLu.Rules.Quality;
using NodaTime;

namespace CanhLu.Host.SiteFiles;

/// <summary>The tests of one entry under <c>quality</c>. Values are written as on the wire; the tests have them in the unit of the series.</summary>
static class QualitySection
{
    const decimal Largest = 1_000_000_000_000;
    const double SecondsAnHour = 3_600;

    static readonly Duration Shortest = Duration.FromSeconds(1);
    static readonly Duration Longest = Duration.FromDays(30);

    /// <summary>Reads the tests of an entry, in the unit of the series.</summary>
    public static QualityTests Read(Section section, Field? field)
    {
        var scale = Math.Abs(field?.Scale ?? 1);
        var every = section.LengthOrNone("every", Shortest, Longest);
        var gap = section.LengthOrNone("gap", Shortest, Longest);
        var tests = new QualityTests
        {
            Every = every,
            Gap = gap,
            UserSpan = UserSpan(section, field),
            Months = Months(section, field),
            Spike = Spike(section, scale),
            Rate = Rate(section, scale),
            FlatLine = FlatLine(section, scale),
            Attenuation = Attenuation(section, scale),
            Neighbour = Neighbour(section, scale),
        };
        if (section.Sound && tests with { Every = null } == new QualityTests { Months = tests.Months } && tests.Months.IsEmpty)
            section.Wrong(section.Node, "it names no test", "add one: gap, user_span, climatology, spike, rate_of_change, flat_line, attenuated_signal or neighbour");
        return tests;
    }

    static ValueSpan? UserSpan(Section entry, Field? field)
    {
        if (entry.WithinOrNone("user_span", $"{entry.What}, user_span") is not { } section)
            return null;
        var span = Span(section, field);
        if (field is not null && span is { } user && QualitySubject.SensorSpanOf(field) is var sensor && (user.Least < sensor.Least || user.Most > sensor.Most))
            section.Wrong(section.Node, "it reaches beyond what the sensor can measure",
                $"write values from {Values.Written((decimal)field.Min)} to {Values.Written((decimal)field.Max)}");
        section.Done();
        return span;
    }

    static ImmutableArray<ValueSpan?> Months(Section entry, Field? field)
    {
        if (entry.ListOrNone("climatology") is not { } list)
            return [];
        var months = new ValueSpan?[12];
        foreach (var section in Section.Entries(entry.Findings, list, $"{entry.What}, climatology"))
        {
            var numbers = section.List("months");
            var span = Span(section, field);
            foreach (var item in numbers?.Items ?? [])
            {
                if (item is not Node.Scalar { Plain: true } written || !int.TryParse(written.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var month) || month is < 1 or > 12)
                    section.Wrong(item, "months must be numbers of months", "write 1 to 12: [9, 10, 11, 12]");
                else if (months[month - 1] is not null)
                    section.Wrong(item, $"month {month} is here twice", "keep one");
                else
                    months[month - 1] = span ?? default(ValueSpan);
            }
            section.Done();
        }
        return [.. months];
    }

    static ValueSpan? Span(Section section, Field? field)
    {
        var least = section.Number("min", -Largest, Largest);
        var most = section.Number("max", -Largest, Largest);
        if (least >= most)
            section.WrongAt("max", "max is not above min", $"write more than {Values.Written(least.Value)}");
        if (least is null || most is null)
            return null;
        var (a, b) = ((double)least.Value * (field?.Scale ?? 1), (double)most.Value * (field?.Scale ?? 1));
        return new ValueSpan(Math.Min(a, b), Math.Max(a, b));
    }

    static SpikeTest? Spike(Section entry, double scale)
    {
        if (entry.WithinOrNone("spike", $"{entry.What}, spike") is not { } section)
            return null;
        var suspect = section.Number("suspect", 0, Largest);
        var fail = section.Number("fail", 0, Largest);
        if (fail > 0 && fail < suspect)
            section.WrongAt("fail", "what fails would not be suspect before", $"write at least suspect, {Values.Written(suspect.Value)}, or 0 for never");
        else if (suspect == 0 && fail == 0)
            section.WrongAt("suspect", "both thresholds are off", "write the height of a spike, or take the test out");
        var method = section.WordOrNone("method", Words.SpikeMethods);
        section.Done();
        return section.Sound ? new((double)suspect!.Value * scale, (double)fail!.Value * scale, method ?? SpikeMethod.Average) : null;
    }

    static RateTest? Rate(Section entry, double scale)
    {
        if (entry.WithinOrNone("rate_of_change", $"{entry.What}, rate_of_change") is not { } section)
            return null;
        var suspect = Positive(section, "suspect_per_h");
        var fail = section.Has("fail_per_h") ? Positive(section, "fail_per_h") : null;
        if (fail < suspect)
            section.WrongAt("fail_per_h", "what fails would not be suspect before", $"write at least suspect_per_h, {Values.Written(suspect.Value)}");
        section.Done();
        return section.Sound ? new((double)suspect!.Value * scale / SecondsAnHour, fail is { } most ? (double)most * scale / SecondsAnHour : null) : null;
    }

    static FlatLineTest? FlatLine(Section entry, double scale)
    {
        if (entry.WithinOrNone("flat_line", $"{entry.What}, flat_line") is not { } section)
            return null;
        var suspect = section.Length("suspect", Shortest, Longest);
        var fail = section.Length("fail", Shortest, Longest);
        if (fail < suspect)
            section.WrongAt("fail", "what fails would not be suspect before", $"write at least suspect, {Values.Written(suspect.Value)}");
        var tolerance = Positive(section, "tolerance");
        section.Done();
        return section.Sound ? new(suspect!.Value, fail!.Value, (double)tolerance!.Value * scale) : null;
    }

    static AttenuationTest? Attenuation(Section entry, double scale)
    {
        if (entry.WithinOrNone("attenuated_signal", $"{entry.What}, attenuated_signal") is not { } section)
            return null;
        var period = section.Length("period", Duration.FromMinutes(1), Longest);
        var least = section.Has("min_period") ? section.Length("min_period", Duration.Zero, Longest) : period;
        if (least > period)
            section.WrongAt("min_period", "min_period is longer than the period", $"write at most {Values.Written(period.Value)}");
        var suspect = Positive(section, "suspect");
        var fail = section.Number("fail", 0, Largest);
        if (fail > suspect)
            section.WrongAt("fail", "what fails would not be suspect before", $"write at most suspect, {Values.Written(suspect.Value)}");
        var measure = section.Word("measure", Words.Measures);
        section.Done();
        return section.Sound
            ? new(period!.Value, least!.Value, (double)suspect!.Value * scale, (double)fail!.Value * scale, measure!.Value)
            : null;
    }

    static NeighbourTest? Neighbour(Section entry, double scale)
    {
        if (entry.WithinOrNone("neighbour", $"{entry.What}, neighbour") is not { } section)
            return null;
        var suspect = Positive(section, "suspect");
        var within = section.Length("within", Shortest, Longest);
        section.Done();
        return section.Sound ? new((double)suspect!.Value * scale, within!.Value) : null;
    }

    static decimal? Positive(Section section, string key)
    {
        var number = section.Number(key, 0, Largest);
        if (number == 0)
            section.WrongAt(key, $"{key} must be above 0", "write a number above 0, or take the test out");
        return number;
    }
}
