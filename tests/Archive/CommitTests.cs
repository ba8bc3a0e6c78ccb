using CanhLu.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CanhLu.Tests.Archive;

public sealed class CommitTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("canhlu-").FullName;
    readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Few_readings_wait_for_the_delay_and_enough_are_committed_at_once()
    {
        await using var rig = await ArchiveRig.Start(_folder, options => options.CommitCount = 10, _time);
        var stage = rig.Book.Ensure("tam-ky", "stage", "mm");
        var few = rig.Store(Given.Reading(stage, 1));
        await Eventually.True(() => rig.Batches.Reader.Count == 0, "the loop takes the batch");
        Assert.False(few.IsCompleted);
        // Time stands still: only the count can have committed them.
        Assert.True(await rig.Store(Enumerable.Range(2, 9).Select(i => Given.Reading(stage, i))));
        Assert.True(await few);

        few = rig.Store(Given.Reading(stage, 100));
        await Eventually.True(() =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(20));
            return few.IsCompleted;
        }, "the delay is over");
        Assert.True(await few);
    }

    [Fact]
    public async Task An_empty_batch_and_one_of_repeats_alone_are_settled_without_a_page()
    {
        await using var rig = await ArchiveRig.Start(_folder, options => options.CommitDelay = TimeSpan.Zero);
        var stage = rig.Book.Ensure("tam-ky", "stage", "mm");
        Assert.True(await rig.Store());
        Assert.True(await rig.Store(Given.Reading(stage, 1)));
        Assert.True(await rig.Store(Given.Reading(stage, 1)));
        await rig.Stop();
        Assert.Single(rig.TakePages());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
