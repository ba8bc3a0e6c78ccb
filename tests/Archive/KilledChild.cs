using System.Buffers.Binary;
using Xunit;

namespace CanhLu.Tests.Archive;

/// <summary>The other process of <see cref="KillTests"/>: stores readings until it is killed, and notes in a file what was settled.</summary>
public sealed class KilledChild
{
    public const string Folder = "CANHLU_KILLED_CHILD_FOLDER";
    public const string First = "CANHLU_KILLED_CHILD_FIRST";
    public const int Makers = 4;
    public const int BatchSize = 500;

    public static string Notes(string folder, int maker) => Path.Combine(folder, $"settled-{maker}");

    [Fact(Explicit = true)]
    public async Task Stores_until_it_is_killed()
    {
        var folder = Environment.GetEnvironmentVariable(Folder) ?? throw new InvalidOperationException($"{Folder} is not set.");
        var first = int.Parse(Environment.GetEnvironmentVariable(First)!, System.Globalization.CultureInfo.InvariantCulture);
        var rig = await ArchiveRig.Start(folder, options => options.CheckpointBytes = 256 << 10);
        var series = rig.Book.Ensure([.. Enumerable.Range(0, Makers).Select(maker => ($"gauge-{maker}", "stage", "mm"))]);
        await Task.WhenAll(Enumerable.Range(0, Makers).Select(maker => Make(rig, folder, maker, series[maker], first)).Append(Read(rig)));
    }

    static async Task Read(ArchiveRig rig)
    {
        await foreach (var page in rig.Pages.Reader.ReadAllAsync(TestContext.Current.CancellationToken))
            page.Dispose();
    }

    static async Task Make(ArchiveRig rig, string folder, int maker, SeriesId series, int next)
    {
        // Unbuffered: what was written is with the operating system, which outlives the kill.
        using var notes = new FileStream(Notes(folder, maker), FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        var note = new byte[4];
        var batch = new ReadingBatch(BatchSize);
        await Task.Yield();
        for (; ; next += BatchSize)
        {
            batch.Clear();
            for (var i = next; i < next + BatchSize; i++)
                batch.Add(Given.Reading(series, i, i));
            await rig.Batches.Writer.WriteAsync(batch, TestContext.Current.CancellationToken);
            if (!await batch.Stored)
                throw new InvalidOperationException("Not stored.");
            BinaryPrimitives.WriteInt32LittleEndian(note, next);
            notes.Write(note);
        }
    }
}
