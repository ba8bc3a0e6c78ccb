using System.Buffers.Binary;
using System.Globalization;
using CanhLu.Tests.Archive;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestPipelineStartup(typeof(KilledChild))]

namespace CanhLu.Tests.Archive;

/// <summary>The other process of <see cref="KillTests"/>: this test program, which instead of testing stores readings until it is killed, and notes in files
/// what was settled.</summary>
public sealed class KilledChild : ITestPipelineStartup
{
    /// <summary>The environment variable that makes this process the child: the archive's folder.</summary>
    public const string Folder = "CANHLU_KILLED_CHILD_FOLDER";

    /// <summary>The environment variable with the first minute to be stored.</summary>
    public const string First = "CANHLU_KILLED_CHILD_FIRST";

    public const int Makers = 4;
    public const int BatchSize = 500;

    public static string Notes(string folder, int maker) => Path.Combine(folder, $"settled-{maker}");

    public async ValueTask StartAsync(IMessageSink diagnosticMessageSink)
    {
        if (Environment.GetEnvironmentVariable(Folder) is not { } folder)
            return;
        var first = int.Parse(Environment.GetEnvironmentVariable(First)!, CultureInfo.InvariantCulture);
        var rig = await ArchiveRig.Start(folder, options => options.CheckpointBytes = 256 << 10);
        var series = rig.Book.Ensure([.. Enumerable.Range(0, Makers).Select(maker => ($"gauge-{maker}", "stage", "mm"))]);
        await Task.WhenAll(Enumerable.Range(0, Makers).Select(maker => Make(rig, folder, maker, series[maker], first)).Append(Read(rig)));
    }

    public ValueTask StopAsync() => ValueTask.CompletedTask;

    static async Task Read(ArchiveRig rig)
    {
        await foreach (var page in rig.Pages.Reader.ReadAllAsync())
            page.Dispose();
    }

    static async Task Make(ArchiveRig rig, string folder, int maker, SeriesId series, int next)
    {
        await Task.Yield();
        // Unbuffered: what was written is with the operating system, which outlives the kill.
        using var notes = new FileStream(Notes(folder, maker), FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        var note = new byte[sizeof(int)];
        var batch = new ReadingBatch(BatchSize);
        for (; ; next += BatchSize)
        {
            batch.Clear();
            for (var i = next; i < next + BatchSize; i++)
                batch.Add(Given.Reading(series, i, i));
            await rig.Batches.Writer.WriteAsync(batch);
            if (!await batch.Stored)
                throw new InvalidOperationException("Not stored.");
            BinaryPrimitives.WriteInt32LittleEndian(note, next);
            notes.Write(note);
        }
    }
}
