using CanhLu.Tests.Flow;
using Xunit;

namespace CanhLu.Tests.Archive;

/// <summary>What the archive keeps in memory, in a process in which nothing else happens.</summary>
[Collection(nameof(Storms))]
public sealed class MemoryTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("canhlu-").FullName;

    [Fact]
    public async Task A_commit_leaves_nothing_behind_in_memory()
    {
        await using var rig = await ArchiveRig.Start(_folder, options => options.CommitDelay = TimeSpan.Zero);
        var stage = rig.Book.Ensure("tk-gauge-1", "stage", "mm");
        var minute = 0;
        await Commits(500);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await Commits(2_500);
        // A hundred bytes a commit would be 250,000.
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 200_000);

        async Task Commits(int count)
        {
            for (var i = 0; i < count; i++)
            {
                Assert.True(await rig.Store(Given.Reading(stage, minute++)));
                rig.TakePages();
            }
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
