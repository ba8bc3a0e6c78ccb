using System.Diagnostics.Metrics;
using CanhLu.Archive;
using CanhLu.Tests.Support;
using NodaTime;
using Xunit;

namespace CanhLu.Tests.Archive;

public sealed class ConservationTests : IDisposable
{
    const int Makers = 8;
    const int BatchSize = 500;
    const int Batches = 40;

    readonly string _folder = Directory.CreateTempSubdirectory("canhlu-").FullName;

    /// <remarks>The rules do not read at first, while history is queried all the time and every fifth reading is a repeat.</remarks>
    [Fact]
    public async Task Written_is_settled_is_stored_and_repeats_and_a_stalled_reader_of_pages_holds_everybody_back()
    {
        await using var rig = await ArchiveRig.Start(_folder, options => (options.CommitCount, options.CommitLimit) = (BatchSize, 2 * BatchSize), pages: 3);
        using var counts = new Counts(rig.Meters);
        var series = rig.Book.Ensure([.. Enumerable.Range(0, Makers).Select(maker => ($"gauge-{maker}", "stage", "mm"))]);
        var settled = 0L;
        var makers = Task.WhenAll(series.Select(Make));

        // Three pages and one in hand, each of two batches at most, are all that is answered; the rest waits.
        var most = (3 + 1) * 2 * BatchSize;
        await Eventually.True(() => rig.Pages.Reader.Count == 3 && rig.Batches.Reader.Count > 0, "the pages' channel is full");
        for (var query = 0; query < 20; query++)
        {
            Assert.NotNull(await rig.History.Buckets(
                series[0], Given.Start, Given.Start + Duration.FromDays(30), Duration.FromHours(1), TestContext.Current.CancellationToken));
            Assert.InRange(Interlocked.Read(ref settled), 1, most);
        }
        Assert.False(makers.IsCompleted);
        Assert.Equal(3, rig.Pages.Reader.Count);

        var passed = new List<Reading>();
        var rules = Task.Run(
            async () =>
            {
                await foreach (var page in rig.Pages.Reader.ReadAllAsync(CancellationToken.None))
                {
                    using (page)
                        passed.AddRange(page.Readings);
                }
            },
            TestContext.Current.CancellationToken);
        while (!makers.IsCompleted)
        {
            await rig.History.Last(series[1], 1_000, cancellation: TestContext.Current.CancellationToken);
            await rig.History.Range(series[2], Given.Start, Instant.MaxValue, 1_000, TestContext.Current.CancellationToken);
        }
        await makers;
        var stored = await rig.Everything();
        await rig.Stop();
        await rules;
        Assert.Equal(Makers * Batches * BatchSize, settled);
        Assert.Equal(settled, stored.Count + counts.Repeats);
        Assert.Equal(stored.Count, counts.Stored);
        Assert.Equal(stored, passed);
        Assert.Equal(stored.Count, stored.Select(reading => (reading.Series, reading.MeasuredAt)).Distinct().Count());

        async Task Make(SeriesId mine)
        {
            var batch = new ReadingBatch(BatchSize);
            for (var i = 0; i < Batches; i++)
            {
                batch.Clear();
                for (var k = 0; k < BatchSize; k++)
                    batch.Add(Given.Reading(mine, (i * BatchSize) + k - (k % 5 == 0 ? 3 : 0)));
                await rig.Batches.Writer.WriteAsync(batch, TestContext.Current.CancellationToken);
                Assert.True(await batch.Stored);
                Interlocked.Add(ref settled, BatchSize);
            }
        }
    }

    [Fact]
    public async Task A_stop_drains_what_waits()
    {
        await using var rig = await ArchiveRig.Start(_folder);
        var stage = rig.Book.Ensure("tam-ky", "stage", "mm");
        var answers = Enumerable.Range(0, 50).Select(i => rig.Store(Given.Reading(stage, i))).ToList();
        await rig.Stop();
        Assert.All(await Task.WhenAll(answers), Assert.True);
        Assert.Equal(50, rig.TakePages().Count);
        Assert.True(rig.Pages.Reader.Completion.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_ever_for_a_reader_of_pages_that_stands_still()
    {
        Reading[] readings;
        await using (var rig = await ArchiveRig.Start(_folder, options => options.CommitDelay = TimeSpan.Zero, pages: 1))
        {
            var stage = rig.Book.Ensure("tam-ky", "stage", "mm");
            readings = [Given.Reading(stage, 1), Given.Reading(stage, 2)];
            Assert.True(await rig.Store(readings[0]));
            Assert.True(await rig.Store(readings[1]));
            await rig.Stop(seconds: 0.2);
        }
        await using var again = await ArchiveRig.Start(_folder);
        Assert.Equal(readings, await again.Everything());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>What the archive's own counters say.</summary>
    sealed class Counts : IDisposable
    {
        readonly MeterListener _listener;
        long _stored;
        long _repeats;

        public Counts(IMeterFactory meters)
        {
            _listener = new MeterListener
            {
                InstrumentPublished = (instrument, listener) =>
                {
                    // Other archives of this process have counters of the same name.
                    if (instrument.Meter.Name == ArchiveMetrics.MeterName && instrument.Meter.Scope == meters)
                        listener.EnableMeasurementEvents(instrument);
                },
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => _ = instrument.Name switch
            {
                "canhlu.archive.readings" => Interlocked.Add(ref _stored, value),
                "canhlu.archive.repeats" => Interlocked.Add(ref _repeats, value),
                _ => 0,
            });
            _listener.Start();
        }

        public long Stored => Interlocked.Read(ref _stored);

        public long Repeats => Interlocked.Read(ref _repeats);

        public void Dispose() => _listener.Dispose();
    }
}
