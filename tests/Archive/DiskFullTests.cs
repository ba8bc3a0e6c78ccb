using CanhLu.Tests.Support;
using Xunit;

namespace CanhLu.Tests.Archive;

public sealed class DiskFullTests(ITestOutputHelper output) : IDisposable
{
    const int Stopped = 2002;
    const int Resumed = 2003;
    const long Never = 1L << 40;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    readonly SmallDisk _disk = SmallDisk.Mount(32);
    int _next;

    /// <remarks>Free space is not looked at, so that DuckDB itself runs into the end of the disk, at every place where it can.</remarks>
    [Theory]
    [InlineData(Never, 100, "commit")]
    [InlineData(Never, 2, "commit")]
    // Which of the two fails is a matter of when the look of an idle archive comes.
    [InlineData(256L << 10, 300, "cannot be written")]
    [InlineData(256L << 10, 1_000, "checkpoint")]
    public Task On_a_full_disk_nothing_is_settled_and_with_room_it_goes_on_without_loss_or_double(long checkpointBytes, int leave, string failing) =>
        Fill(-1, checkpointBytes, leave, failing);

    [Theory]
    [InlineData(0, 500)]
    [InlineData(2 << 20, 500)]
    public Task Storing_stops_before_the_disk_is_full(long reserve, int leave) => Fill(reserve, 256 << 10, leave, "is full");

    [Fact]
    public async Task Stopping_on_a_full_disk_settles_with_false()
    {
        await using var rig = await ArchiveRig.Start(_disk.Folder);
        var stage = rig.Book.Ensure("tam-ky", "stage", "mm");
        _disk.Fill();
        var answer = rig.Store(Some(stage));
        await Trouble(rig, answer);
        Assert.False(answer.IsCompleted);
        await rig.Stop();
        Assert.False(await answer);
        Assert.Empty(rig.TakePages());
    }

    public void Dispose() => _disk.Dispose();

    async Task Fill(long reserve, long checkpointBytes, int leave, string failing)
    {
        var stored = new List<Reading>();
        await using (var rig = await ArchiveRig.Start(_disk.Folder, options => (options.Reserve, options.CheckpointBytes) = (reserve, checkpointBytes)))
        {
            var stage = rig.Book.Ensure("tam-ky", "stage", "mm");
            for (var round = 1; round <= 3; round++)
            {
                await StoreSome(rig, stage, stored);
                _disk.Fill(leave);
                var (answer, readings) = await StoreUntilStuck(rig, stage, stored);
                output.WriteLine(rig.State.Trouble ?? "");
                Assert.Contains(failing, rig.State.Trouble, StringComparison.Ordinal);
                Assert.False(answer.IsCompleted);
                Assert.Equal((round, round - 1), (rig.Said.Times(Stopped), rig.Said.Times(Resumed)));
                _disk.MakeRoom();
                Assert.True(await answer.WaitAsync(Patience, TestContext.Current.CancellationToken));
                stored.AddRange(readings);
                await StoreSome(rig, stage, stored);
                Assert.True(rig.State.Ready);
                Assert.Equal((round, round), (rig.Said.Times(Stopped), rig.Said.Times(Resumed)));
                Assert.Equal(stored, await rig.Everything());
            }
            await rig.Stop();
            Assert.Equal(stored, rig.TakePages());
        }
        await using var again = await ArchiveRig.Start(_disk.Folder);
        Assert.Equal(stored, await again.Everything());
    }

    async Task StoreSome(ArchiveRig rig, SeriesId stage, List<Reading> stored)
    {
        for (var i = 0; i < 3; i++)
        {
            var some = Some(stage);
            Assert.True(await rig.Store(some).WaitAsync(Patience));
            stored.AddRange(some);
        }
    }

    /// <summary>Stores until there is trouble, and gives what is not answered then.</summary>
    async Task<(Task<bool> Answer, List<Reading> Readings)> StoreUntilStuck(ArchiveRig rig, SeriesId stage, List<Reading> stored)
    {
        for (; ; )
        {
            var some = Some(stage);
            var answer = rig.Store(some);
            await Trouble(rig, answer);
            if (!answer.IsCompleted)
                return (answer, some);
            Assert.True(await answer);
            stored.AddRange(some);
        }
    }

    static async Task Trouble(ArchiveRig rig, Task<bool> answer)
    {
        while (!answer.IsCompleted && rig.State.Ready)
            await Task.WhenAny(answer, Task.Delay(TimeSpan.FromMilliseconds(5), RealTime.Provider, TestContext.Current.CancellationToken));
    }

    List<Reading> Some(SeriesId stage)
    {
        var some = Enumerable.Range(_next, 3_000).Select(i => Given.Reading(stage, i, i * 7919 % 2_000)).ToList();
        _next += 3_000;
        return some;
    }
}
