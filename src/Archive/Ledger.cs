using DuckDB.NET.Data;
using Microsoft.Extensions.Options;
using static System.FormattableString;

namespace CanhLu.Archive;

/// <summary>The writing side of the file: puts staged commits into it, each in one transaction, on disk when <see cref="Write"/> returns.</summary>
/// <remarks>
/// Positions are given out here, one after the other without gaps, so that after a failure one look at the last position tells whether the commit in
/// doubt got in. After any failure the file is opened anew before it is written again: what DuckDB still thinks after an I/O error is not to be relied on.
/// Belongs to the writer's loop.
/// </remarks>
sealed class Ledger(
    ArchiveFile file, LatestReadings latest, OffsetChanges offsets, IOptions<ArchiveOptions> options, ArchiveMetrics metrics, TimeProvider time, IQualityControl? quality = null)
{
    // What a reading takes in the log (39 bytes) and a commit besides, rounded up.
    const long BytesOfReading = 48;
    const long BytesOfCommit = 64 << 10;

    readonly ArchiveOptions _options = options.Value;
    readonly DriveInfo _disk = new(Path.GetFullPath(options.Value.Folder));
    ReadingAppender? _appender;
    long _next;
    bool _broken;
    bool _inDoubt;

    public KnownTimes Known { get; private set; } = null!;

    /// <summary>The position of the next reading.</summary>
    public long NextPosition => _next;

    /// <summary>How often stored values were changed, ever.</summary>
    public int Restatements { get; private set; }

    /// <summary>Opens the file and learns from it what the writer must know.</summary>
    /// <exception cref="ArchiveRefusedException">It cannot be used; the message says why.</exception>
    public void Open()
    {
        file.Open();
        var beginning = new Beginning(file.Writer);
        _next = beginning.NextPosition;
        Known = beginning.KnownTimes();
        offsets.InForce = Offsets.Read(file.Writer);
        Restatements = Number(file.Writer);
        beginning.Fill(latest);
    }

    /// <summary>Writes a commit, or finds that it got in when it was tried before.</summary>
    public void Write(StagedCommit staged)
    {
        if (staged.Count == 0)
            return;
        RequireRoom(staged.Count * BytesOfReading + BytesOfCommit);
        var started = time.GetTimestamp();
        Use(writer =>
        {
            if (_inDoubt && GotIn(writer, staged))
            {
                // Read back is not on disk: what failed may have been the sync, after which the system takes the log's pages for clean, and syncs them never more.
                writer.Execute("CHECKPOINT");
                return;
            }
            _inDoubt = true;
            Commit(writer, staged);
        });
        _inDoubt = false;
        _next += staged.Count;
        latest.Take(staged.Readings);
        metrics.Committed(staged.Count, time.GetElapsedTime(started));
    }

    /// <summary>Adds to every stored value what others would have added, in one transaction with the file's own note of it; from then on they are in force.</summary>
    /// <returns>How many readings were restated.</returns>
    public long Restate(Offsets next)
    {
        var before = offsets.InForce;
        var changed = before.Changed(next);
        if (changed.Count == 0)
            return 0;
        var restated = 0L;
        Use(writer =>
        {
            // It got in when it was tried before.
            if (Offsets.Read(writer).IsLike(next))
                return;
            var those = changed.Select(one => (one.Series, Which: Invariant($"series = {one.Series.Value} AND measured_at >= make_timestamp({one.From})"))).ToArray();
            RequireRoom(those.Sum(one => writer.Number($"SELECT count(*) FROM readings WHERE {one.Which}") ?? 0) * BytesOfReading + BytesOfCommit);
            var first = those.Min(one => writer.Number($"SELECT min(position) FROM readings WHERE {one.Which}"));
            writer.Execute("BEGIN TRANSACTION");
            if (first is { } position)
                writer.Execute(Invariant($"INSERT INTO restatements SELECT coalesce(max(number), 0) + 1, {position} FROM restatements"));
            foreach (var (series, which) in those)
                restated += writer.Execute($"UPDATE readings SET value = value - ({before.Sql(series)}) + ({next.Sql(series)}) WHERE {which}");
            next.Write(writer);
            writer.Execute("COMMIT");
        });
        latest.Restate(changed.Select(one => one.Series), before, next);
        offsets.InForce = next;
        Restatements = Number(file.Writer);
        return restated;
    }

    static int Number(DuckDBConnection writer) => (int)(writer.Number("SELECT max(number) FROM restatements") ?? 0);

    /// <summary>Takes the write-ahead log into the file when it has grown to <paramref name="bytes"/> and there is room for it.</summary>
    public void Checkpoint(long bytes)
    {
        var log = new FileInfo(file.Path + ".wal");
        if (_broken || !log.Exists || log.Length < bytes || !HasRoom(log.Length - _options.Reserve / 2))
            return;
        var started = time.GetTimestamp();
        Use(Checkpoint);
        metrics.Checkpointed(time.GetElapsedTime(started));
    }

    /// <summary>Sees that the database answers: another connection's I/O error may have invalidated it.</summary>
    public void Try() => Use(writer => writer.Number("SELECT 1"));

    /// <summary>Lets others of the loop use its connection, between two commits.</summary>
    public void Use(Action<DuckDBConnection> work)
    {
        Mend();
        _broken = true;
        work(file.Writer);
        _broken = false;
    }

    /// <summary>Takes the log into the file, if there is room, and closes it.</summary>
    public void Close()
    {
        if (!file.IsOpen)
            return;
        try
        {
            Checkpoint(1);
        }
        catch (Exception failed) when (failed is DuckDBException or IOException)
        {
            // Then the log is read at the next start.
        }
        DropAppender();
        file.Close();
    }

    /// <summary>Opens the file anew if something failed since it was opened.</summary>
    void Mend()
    {
        if (!_broken)
            return;
        DropAppender();
        file.Reopen();
        _broken = false;
    }

    bool GotIn(DuckDBConnection writer, StagedCommit staged)
    {
        var last = writer.Number("SELECT max(position) FROM readings") ?? 0;
        if (last >= _next && last != _next + staged.Count - 1)
            throw new InvalidOperationException(Invariant($"Half a commit: positions from {_next} should end at {_next + staged.Count - 1}, but end at {last}."));
        return last >= _next;
    }

    void Commit(DuckDBConnection writer, StagedCommit staged)
    {
        if (staged.Old.Count > 0)
            staged.Drop(Stored(writer, staged));
        if (staged.Count == 0)
            return;
        if (quality is not null)
            staged.Judge(quality);
        writer.Execute("BEGIN TRANSACTION");
        Correct(writer, staged.Corrections);
        _appender ??= new ReadingAppender(writer.NativeConnection);
        _appender.Append(staged.Readings, _next);
        writer.Execute("COMMIT");
    }

    static void Correct(DuckDBConnection writer, IReadOnlyList<FlagCorrection> corrections)
    {
        if (corrections.Count == 0)
            return;
        // One statement and one scan: a time range is found at once, a series is not.
        var rows = string.Join(", ", corrections.Select(one => Invariant(
            $"({one.Series.Value}, {Microseconds.Of(one.MeasuredAt)}, {(byte)one.Flag}, {one.Tests.Packed})")));
        var (from, to) = (corrections.Min(one => Microseconds.Of(one.MeasuredAt)), corrections.Max(one => Microseconds.Of(one.MeasuredAt)));
        writer.Execute(Invariant($"""
            UPDATE readings SET flag = c.flag, tests = c.tests FROM (VALUES {rows}) c(series, measured, flag, tests)
            WHERE readings.measured_at BETWEEN make_timestamp({from}) AND make_timestamp({to})
              AND readings.series = c.series AND readings.measured_at = make_timestamp(c.measured)
            """));
    }

    HashSet<(SeriesId, long)> Stored(DuckDBConnection writer, StagedCommit staged)
    {
        metrics.Asked(staged.Old.Count);
        var times = new long[staged.Old.Count];
        writer.Execute("CREATE OR REPLACE TEMP TABLE asked (series INTEGER, measured_at BIGINT)");
        using (var asked = writer.CreateAppender("temp", "main", "asked"))
        {
            for (var i = 0; i < times.Length; i++)
            {
                var reading = staged.Readings[staged.Old[i]];
                times[i] = Microseconds.Of(reading.MeasuredAt);
                asked.CreateRow().AppendValue(reading.Series.Value).AppendValue(times[i]).EndRow();
            }
        }
        using var command = writer.CreateCommand();
        // One scan a stretch: DuckDB skips row groups outside one range, but not outside an OR of ranges.
        command.CommandText = string.Join(" UNION ALL ", Stretch.Of(times).Select(stretch => Invariant($"""
            SELECT r.series, epoch_us(r.measured_at) FROM readings r SEMI JOIN asked a ON r.series = a.series AND r.measured_at = make_timestamp(a.measured_at)
            WHERE r.measured_at BETWEEN make_timestamp({stretch.From}) AND make_timestamp({stretch.To})
            """)));
        using var rows = command.ExecuteReader();
        var stored = new HashSet<(SeriesId, long)>();
        while (rows.Read())
            stored.Add((new SeriesId(rows.GetInt32(0)), rows.GetInt64(1)));
        return stored;
    }

    static void Checkpoint(DuckDBConnection writer)
    {
        try
        {
            writer.Execute("CHECKPOINT");
        }
        catch (DuckDBException busy) when (busy.Message.Contains("Cannot CHECKPOINT", StringComparison.Ordinal))
        {
            // Somebody is adding a series; the next commit tries again.
        }
    }

    void RequireRoom(long bytes)
    {
        if (!HasRoom(bytes))
        {
            throw new ArchiveNotReadyException(Invariant(
                $"The disk of {_options.Folder} is full: {_disk.AvailableFreeSpace >> 20} MiB are free, {_options.Reserve >> 20} MiB of it are kept in reserve. Make room; storing goes on by itself."));
        }
    }

    bool HasRoom(long bytes) => _options.Reserve < 0 || _disk.AvailableFreeSpace >= _options.Reserve + bytes;

    void DropAppender()
    {
        _appender?.Dispose();
        _appender = null;
    }
}
