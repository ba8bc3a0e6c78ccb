using System.Globalization;
using CanhLu.Console.SensorThings;
using CanhLu.Host.SiteFiles;
using CanhLu.Tests.Archive;
using CanhLu.Tests.Host.SiteFiles;
using CanhLu.Tests.Support;
using FsCheck.Xunit;
using NodaTime.Text;
using Xunit;

namespace CanhLu.Tests.Console;

/// <summary>Questions to the SensorThings API, without an engine.</summary>
public sealed class SensorThingsQuestionTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Property(MaxTest = 2_000)]
    public void Whatever_is_asked_is_read_or_refused(string text)
    {
        foreach (var one in (string[])[text ?? "", "name eq " + text, "(" + text + ")", "Datastreams(" + text + ")"])
        {
            Try(() => FilterParser.Read(one));
            Try(() => ResourcePath.Read(one));
            Try(() => Question.Of([new("$expand", one)]));
            Try(() => Question.Of([new("$orderby", one), new("$select", one), new("$filter", one)]));
        }

        static void Try(Func<object> read)
        {
            try
            {
                read();
            }
            catch (RefusedException refused)
            {
                Assert.True(refused.Status is 400 or 404 or 501 && refused.Message.Length < 500);
            }
        }
    }

    [Fact]
    public async Task The_archive_gives_what_the_same_filter_finds_in_memory()
    {
        var folder = Directory.CreateTempSubdirectory("canhlu-sta-");
        try
        {
            await using var rig = await ArchiveRig.Start(folder.FullName);
            var site = Assert.IsType<SiteVerdict.Right>(SiteReader.Read(Folders.TamKy)).Site;
            var (stage, battery) = (rig.Book.Ensure("tk-gauge-1", "stage", "mm"), rig.Book.Ensure("tk-gauge-1", "battery", "V"));
            var random = new Random(11);
            var readings = Enumerable.Range(0, 400).Select(i => i % 2 == 0
                ? Given.Reading(stage, i, 2_000 + random.Next(20), new[] { Flag.Good, Flag.NotEvaluated, Flag.Suspect, Flag.Fail, Flag.Missing }[random.Next(5)]) : Given.Reading(battery, i, 2 + random.Next(20) / 1000.0)).ToList();
            Assert.True(await rig.Store(readings));
            var catalog = new Catalog(site, rig.Book.All);
            var sifting = new Sifting(catalog);
            var streams = catalog.Streams.ToDictionary(stream => stream.Series.Id);
            var entities = readings.Select(reading => Catalog.Observation(reading, streams[reading.Series])).ToList();
            var met = 0;
            for (var i = 0; i < Effort.Of(150, 3_000); i++)
            {
                var text = Any(random, 3);
                var question = new Question { Filter = FilterParser.Read(text) };
                var query = ObservationAsking.Of(catalog.Streams, question, 1_000);
                var found = (await rig.History.Select(query, Token)).Select(reading => Catalog.Observation(reading, streams[reading.Series]).Id);
                var expected = entities.Where(one => sifting.Meets(one, question.Filter)).Select(one => one.Id).ToList();
                Assert.True(expected.Order().SequenceEqual(found.Order()), text);
                Assert.Equal(expected.Count, await rig.History.Count(query, Token));
                met += expected.Count is > 0 and < 400 ? 1 : 0;
            }
            Assert.True(met > 50, $"{met} filters met some");

            string Any(Random at, int depth) => depth == 0 || at.Next(3) == 0 ? Comparison(at)
                : at.Next(3) switch { 0 => $"not ({Any(at, depth - 1)})", 1 => $"({Any(at, depth - 1)} and {Any(at, depth - 1)})", _ => $"({Any(at, depth - 1)} or {Any(at, depth - 1)})" };

            string Comparison(Random at)
            {
                string[] operators = ["eq", "ne", "gt", "ge", "lt", "le"];
                var sign = operators[at.Next(6)];
                var (path, value) = at.Next(4) switch
                {
                    0 => ("phenomenonTime", InstantPattern.ExtendedIso.Format(readings[at.Next(400)].MeasuredAt)),
                    1 => ("result", (2 + at.Next(22) / 1000.0).ToString(CultureInfo.InvariantCulture)),
                    2 => ("resultQuality/qartod", at.Next(6).ToString(CultureInfo.InvariantCulture)),
                    _ => ("Datastream/id", at.Next(4).ToString(CultureInfo.InvariantCulture)),
                };
                return at.Next(2) == 0 ? $"{path} {sign} {value}" : $"{value} {sign} {path}";
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
