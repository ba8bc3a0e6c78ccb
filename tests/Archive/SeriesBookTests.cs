using System.Diagnostics;
using Xunit;

namespace CanhLu.Tests.Archive;

public sealed class SeriesBookTests(ITestOutputHelper output) : IDisposable
{
    const int Many = 100_000;

    readonly string _folder = Directory.CreateTempSubdirectory("canhlu-series-").FullName;

    [Fact]
    public async Task A_hundred_thousand_series_are_numbered_within_seconds_in_the_order_asked_and_for_ever()
    {
        var asked = Enumerable.Range(0, Many).Select(i => ($"gauge-{i / 2:00000}", i % 2 == 0 ? "stage" : "online", i % 2 == 0 ? "mm" : "1")).ToArray();
        await using (var rig = await ArchiveRig.Start(_folder))
        {
            rig.Book.Ensure("gauge-00001", "stage", "mm");
            var began = Stopwatch.GetTimestamp();
            // The one that has a number keeps it, one that is asked for twice gets one.
            var ids = rig.Book.Ensure([.. asked, asked[5]]);
            var took = Stopwatch.GetElapsedTime(began);
            output.WriteLine($"{Many:N0} series numbered in {took.TotalMilliseconds:N0} ms");
            Assert.Equal([2, 3, 1, .. Enumerable.Range(4, Many - 3), 6], ids.Select(id => id.Value));
            Assert.True(took < TimeSpan.FromSeconds(8), $"It took {took}.");
        }
        await using var again = await ArchiveRig.Start(_folder);
        Assert.Equal(Many, again.Book.All.Count);
        Assert.Equal(Many, again.Book.Ensure(asked).Distinct().Count());
        Assert.Equal(new SeriesId(1), again.Book.Ensure("gauge-00001", "stage", "mm"));
        Assert.Equal(("gauge-49999", "online"), (again.Book.All[^1].Device, again.Book.All[^1].Quantity));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
