using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CanhLu.Archive;

/// <summary>The knobs of the archive, section <c>Archive</c> of the configuration.</summary>
public sealed class ArchiveOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Archive";

    /// <summary>The folder of the file; made when it is not there.</summary>
    [Required]
    public string Folder { get; set; } = "data";

    /// <summary>The file's name in <see cref="Folder"/>.</summary>
    [Required]
    public string FileName { get; set; } = "readings.duckdb";

    /// <summary>As many waiting readings are committed at once.</summary>
    [Range(1, 1_000_000)]
    public int CommitCount { get; set; } = 2_000;

    /// <summary>Fewer are committed this long after the first of them came.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan CommitDelay { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>And sooner when nothing has come for so long, or for as long as the last commit took: then all senders wait for their answers.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:10")]
    public TimeSpan CommitQuiet { get; set; } = TimeSpan.FromMilliseconds(1);

    /// <summary>One commit takes no further batch once it holds as many readings: a commit costs about the same whatever its size, but memory does not.</summary>
    [Range(1, 1_000_000)]
    public int CommitLimit { get; set; } = 50_000;

    /// <summary>Readings received longer ago are deleted.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "36500.00:00:00")]
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromDays(3653);

    /// <summary>What stays of old readings; a series obeys the first entry that names it, and one that none names is kept whole.</summary>
    [ValidateEnumeratedItems]
    public IList<ThinningRule> Thin { get; } = [];

    /// <summary>Bytes of the disk that the archive leaves free: storing stops before the disk is full, so that the operations store can go on and a checkpoint never
    /// runs out of room half-way. -1: free space is not looked at, for disks that do not tell it (quotas of a user, thin volumes).</summary>
    [Range(-1, long.MaxValue)]
    public long Reserve { get; set; } = 64 << 20;

    /// <summary>Bytes of write-ahead log after which they are taken into the file: more is rarer and longer.</summary>
    [Range(64 << 10, 1L << 40)]
    public long CheckpointBytes { get; set; } = 16 << 20;

    /// <summary>Memory of the database, MiB.</summary>
    [Range(64, 1 << 20)]
    public int MemoryMiB { get; set; } = 1024;

    /// <summary>Threads of the database.</summary>
    [Range(1, 256)]
    public int Threads { get; set; } = 2;

    /// <summary>History queries that run at the same time; further ones wait, so that they never starve the writer.</summary>
    [Range(1, 64)]
    public int Queries { get; set; } = 2;

    /// <summary>The file's path.</summary>
    public string Path => System.IO.Path.Combine(Folder, FileName);
}

/// <summary>Checks the options at start, all errors in one message.</summary>
[OptionsValidator]
sealed partial class ArchiveOptionsValidator : IValidateOptions<ArchiveOptions>;
