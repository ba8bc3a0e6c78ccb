using Xunit;

namespace CanhLu.Tests.Archive;

public sealed class DiskFullTests(ITestOutputHelper output)
{
    const int Stopped = 2002;
    const int Resumed = 2003;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(-1, 1L << 40, 100)]
    [InlineData(-1, 1L << 40, 2)]
    [InlineData(-1, 256L << 10, 2_000)]
    [InlineData(-1, 256L << 10, 300)]
    [InlineData(0, 256L << 10, 500)]
    [InlineData(2 << 20, 256L << 10, 500)]
    public async Task Full_disk_nothing_is_settled_and_with_room_it_goes_on_without_loss_or_double(long reserve, long checkpointBytes, int leave)
    {
        using var disk = SmallDisk.Mount(32);
        var stored = new List<Reading>();
        var next = 0;
        await using (var rig = await ArchiveRig.Start(disk.Folder, options => (options.Reserve, options.CheckpointBytes) = (reserve, checkpointBytes)))
        {
            var stage = rig.Book.Ensure("tam-ky", "stage", "mm");
            for (var round = 0; round < 3; round++)
            {
                stored.AddRange(await StoreSome(rig, stage, 3));
                disk.Fill(leave);
                var (waiting, readings) = await StoreUntilStuck(rig, stage);
                output.WriteLine($"round {round}: {rig.State.Trouble}");
                Assert.False(rig.State.Ready);
                Assert.Equal(round + 1, rig.Said.Times(Stopped));
                Assert.Equal(round, rig.Said.Times(Resumed));
                disk.MakeRoom();
                Assert.True(await waiting.WaitAsync(Patience, TestContext.Current.CancellationToken));
                stored.AddRange(readings);
                stored.AddRange(await StoreSome(rig, stage, 3));
                Assert.True(rig.State.Ready);
                Assert.Equal(round + 1, rig.Said.Times(Resumed));
                Assert.Equal(stored, await rig.Everything());
            }
            await rig.Stop();
            foreach (var line in rig.Said.Lines)
                output.WriteLine($"{line}");
            Assert.Equal(stored, rig.TakePages());
        }
        await using var again = await ArchiveRig.Start(disk.Folder);
        Assert.Equal(stored, await again.Everything());

        async Task<List<Reading>> StoreSome(ArchiveRig rig, SeriesId stage, int batches)
        {
            var readings = new List<Reading>();
            for (var i = 0; i < batches; i++)
            {
                var some = Some(stage);
                Assert.True(await rig.Store(some).WaitAsync(Patience));
                readings.AddRange(some);
            }
            return readings;
        }

        async Task<(Task<bool> Waiting, List<Reading> Readings)> StoreUntilStuck(ArchiveRig rig, SeriesId stage)
        {
            for (; ; )
            {
                var some = Some(stage);
                var answer = rig.Store(some);
                var before = rig.Said.Times(Stopped);
                while (!answer.IsCompleted && rig.State.Ready)
                    await Task.WhenAny(answer, Task.Delay(TimeSpan.FromMilliseconds(20), CanhLu.Tests.Support.RealTime.Provider, TestContext.Current.CancellationToken));
                if (!rig.State.Ready)
                {
                    if (answer.IsCompletedSuccessfully)
                    {
                        stored.AddRange(some);
                        some = Some(stage);
                        answer = rig.Store(some);
                    }
                    return (answer, some);
                }
                Assert.True(await answer);
                stored.AddRange(some);
            }
        }

        List<Reading> Some(SeriesId stage)
        {
            var some = Enumerable.Range(next, 3_000).Select(i => Given.Reading(stage, i, i * 7919 % 2_000)).ToList();
            next += 3_000;
            return some;
        }
    }
}
