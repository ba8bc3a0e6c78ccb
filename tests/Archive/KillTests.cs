using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using CanhLu.Archive;
using CanhLu.Tests.Support;
using Xunit;

namespace CanhLu.Tests.Archive;

public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    static readonly int Kills = Effort.Of(1, 3, 20);
    const int Stride = 10_000_000;

    readonly string _folder = Directory.CreateTempSubdirectory("canhlu-").FullName;

    [Fact]
    public async Task Whatever_was_settled_is_there_after_kill_9_once()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var kill = 0; kill < Kills; kill++)
        {
            await RunAndKill(kill * Stride, random.Next(1, 400));
            await using var rig = await ArchiveRig.Start(_folder);
            var stored = (await rig.Everything()).ToLookup(reading => reading.Series);
            for (var maker = 0; maker < KilledChild.Makers; maker++)
            {
                var series = rig.Book.Find($"gauge-{maker}", "stage")!.Id;
                var settled = Settled(maker);
                var values = stored[series].Select(reading => (int)reading.Value).ToList();
                Assert.Equal(values.Count, values.Distinct().Count());
                Assert.All(stored[series], reading => Assert.Equal(Given.Reading(series, reading.Value, reading.Value), reading));
                Assert.Empty(settled.SelectMany(first => Enumerable.Range(first, KilledChild.BatchSize)).Except(values));
                output.WriteLine($"kill {kill}, maker {maker}: settled {settled.Count * KilledChild.BatchSize}, stored {values.Count}");
            }
        }
    }

    [Fact]
    public async Task A_file_in_use_is_refused_and_its_user_named()
    {
        using var child = await Run(0, 1);
        try
        {
            var refused = await Assert.ThrowsAsync<ArchiveRefusedException>(() => ArchiveRig.Start(_folder));
            Assert.Contains($"is in use by process {child.Id}.", refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            child.Kill();
            await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    async Task RunAndKill(int first, int batches)
    {
        using var child = await Run(first, batches);
        child.Kill();
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>A child that has settled so many batches.</summary>
    async Task<Process> Run(int first, int batches)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[KilledChild.Folder] = _folder;
        start.Environment[KilledChild.First] = first.ToString(CultureInfo.InvariantCulture);
        var before = Notes();
        var child = Process.Start(start)!;
        var said = Task.WhenAll(child.StandardOutput.ReadToEndAsync(), child.StandardError.ReadToEndAsync());
        var began = RealTime.Provider.GetTimestamp();
        while (Notes() < before + batches)
        {
            if (child.HasExited)
                Assert.Fail(string.Concat(await said));
            Assert.True(RealTime.Provider.GetElapsedTime(began) < TimeSpan.FromMinutes(1), "The child settles nothing.");
            await Task.Delay(TimeSpan.FromMilliseconds(1), RealTime.Provider, TestContext.Current.CancellationToken);
        }
        return child;
    }

    long Notes() => Enumerable.Range(0, KilledChild.Makers)
        .Select(maker => new FileInfo(KilledChild.Notes(_folder, maker)))
        .Sum(notes => notes.Exists ? notes.Length / sizeof(int) : 0);

    List<int> Settled(int maker)
    {
        var bytes = File.ReadAllBytes(KilledChild.Notes(_folder, maker));
        return [.. Enumerable.Range(0, bytes.Length / sizeof(int)).Select(i => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(i * sizeof(int))))];
    }
}
