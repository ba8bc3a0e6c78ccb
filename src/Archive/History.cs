using System.Buffers;
using DuckDB.NET.Data;
using DuckDB.NET.Native;
using NodaTime;
using static System.FormattableString;

namespace CanhLu.Archive;

/// <summary>What was measured: queries beside the writer, which they do not stop. Readings of every flag are given.</summary>
/// <remarks>Few run at the same time and the rest wait their turn. All throw <see cref="ArchiveNotReadyException"/> while the file is closed.</remarks>
public sealed class History
{
    // Positions a replay takes at a time: what it holds in memory.
    const long ReplaySlice = 200_000;

    // From the best flag to the worst: what is missing says less than what is wrong.
    static readonly Flag[] WorseAndWorse = [Flag.Good, Flag.NotEvaluated, Flag.Suspect, Flag.Missing, Flag.Fail];

    static readonly Duration FirstStretch = Duration.FromHours(1);
    static readonly Duration LongestStretch = Duration.FromDays(400);

    readonly ArchiveFile _file;
    readonly LatestReadings _latest;

    internal History(ArchiveFile file, LatestReadings latest)
    {
        _file = file;
        _latest = latest;
    }

    /// <summary>The readings of a series measured from <paramref name="from"/> on and before <paramref name="to"/>, oldest first, at most <paramref name="limit"/>.</summary>
    public async Task<Reading[]> Range(SeriesId series, Instant from, Instant to, int limit, CancellationToken cancellation = default) => Spikes.Settled(
        await Read(Invariant($"WHERE series = {series.Value} AND {Between(from, to)} ORDER BY measured_at LIMIT {limit}"), cancellation).ConfigureAwait(false));

    /// <summary>The newest readings of a series, newest first, at most <paramref name="count"/>; measured before <paramref name="before"/> if that is given.</summary>
    public async Task<Reading[]> Last(SeriesId series, int count, Instant? before = null, CancellationToken cancellation = default)
    {
        if (_latest.Of(series) is not { } latest)
            return [];
        if (count == 1 && (before is null || latest.MeasuredAt < before))
            return [latest];
        // Backwards in growing stretches: no index leads to a series, but a stretch of time is found at once.
        var to = Instant.Min(before ?? Instant.MaxValue, latest.MeasuredAt + Duration.FromMilliseconds(1));
        for (var stretch = FirstStretch; stretch < LongestStretch;)
        {
            var found = await Newest(Between(to - stretch, to)).ConfigureAwait(false);
            if (found.Length == count)
                return found;
            stretch *= Math.Max(4, found.Length == 0 ? 0 : 1.2 * count / found.Length);
        }
        return await Newest(Invariant($"measured_at < make_timestamp({Microseconds.Of(to)})")).ConfigureAwait(false);

        async Task<Reading[]> Newest(string when)
        {
            var found = await Read(Invariant($"WHERE series = {series.Value} AND {when} ORDER BY measured_at DESC LIMIT {count}"), cancellation).ConfigureAwait(false);
            Array.Reverse(found);
            Array.Reverse(Spikes.Settled(found));
            return found;
        }
    }

    /// <summary>Some of the readings that meet a condition.</summary>
    public async Task<IReadOnlyList<Reading>> Select(ReadingQuery query, CancellationToken cancellation = default)
    {
        if (query.Series.Count == 0 || query.Most == 0)
            return [];
        if (!query.ByValue && query.Descending && Newest(query.Series) is { } newest)
        {
            if (query is { Most: 1, Skip: 0, Condition: null })
                return [newest];
            // Backwards in growing stretches, as above.
            for (var stretch = FirstStretch; stretch < LongestStretch; stretch *= 4)
            {
                var found = await Some(Invariant($" AND measured_at > make_timestamp({Microseconds.Of(newest.MeasuredAt - stretch)})")).ConfigureAwait(false);
                if (found.Count == query.Most)
                    return found;
            }
        }
        return await Some("").ConfigureAwait(false);

        async Task<List<Reading>> Some(string when)
        {
            var (readings, way) = (new List<Reading>(), query.Descending ? " DESC" : "");
            var order = query.ByValue ? $"{ReadingCondition.Meant(query.Thousandths)}{way}, measured_at{way}, position{way}" : $"measured_at{way}, position{way}";
            await Ask(
                Invariant($"SELECT {Rows.Columns} FROM readings WHERE {Which(query)}{when} ORDER BY {order} LIMIT {query.Most} OFFSET {query.Skip}"), row => readings.Add(row.Reading()), cancellation)
                .ConfigureAwait(false);
            return readings;
        }
    }

    /// <summary>How many readings meet a condition.</summary>
    public async Task<long> Count(ReadingQuery query, CancellationToken cancellation = default)
    {
        var count = 0L;
        if (query.Series.Count > 0)
            await Ask($"SELECT count(*) FROM readings WHERE {Which(query)}", row => count = row.GetInt64(0), cancellation).ConfigureAwait(false);
        return count;
    }

    static string Which(ReadingQuery query) => $"true{Among(query.Series)}{(query.Condition is { } condition ? $" AND {condition.Sql}" : "")}";

    Reading? Newest(IReadOnlyCollection<SeriesId> series)
    {
        Reading? newest = null;
        foreach (var id in series)
            if (_latest.Of(id) is { } latest && (newest is null || latest.MeasuredAt > newest.Value.MeasuredAt))
                newest = latest;
        return newest;
    }

    /// <summary>The newest reading of every series that has one, by the river's clock; out of memory.</summary>
    public IReadOnlyList<Reading> Latest() => _latest.All();

    /// <summary>The readings of a series from <paramref name="from"/> on and before <paramref name="to"/>, summed up in stretches of <paramref name="width"/> that
    /// are counted from <paramref name="from"/>; stretches without a reading are left out.</summary>
    public async Task<IReadOnlyList<Bucket>> Buckets(SeriesId series, Instant from, Instant to, Duration width, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, Duration.FromMilliseconds(1));
        var (start, step) = (Microseconds.Of(from), Microseconds.Of(width));
        var buckets = new List<Bucket>();
        await Ask(
            Invariant($"""
            SELECT {start} + (epoch_us(measured_at) - {start}) // {step} * {step} AS begins, count(*)::INTEGER, count(*) FILTER (flag IN (4, 9))::INTEGER,
                max(CASE flag WHEN 1 THEN 0 WHEN 2 THEN 1 WHEN 3 THEN 2 WHEN 9 THEN 3 ELSE 4 END)::INTEGER, min(value) FILTER (flag NOT IN (4, 9)), avg(value) FILTER (flag NOT IN (4, 9)), max(value) FILTER (flag NOT IN (4, 9))
            FROM readings WHERE series = {series.Value} AND {Between(from, to)} GROUP BY begins ORDER BY begins
            """),
            row => buckets.Add(new Bucket(
                Microseconds.ToInstant(row.GetInt64(0)), row.GetInt32(1), row.GetInt32(2), WorseAndWorse[row.GetInt32(3)], Value(row, 4), Value(row, 5), Value(row, 6))),
            cancellation).ConfigureAwait(false);
        return buckets;
    }

    /// <summary>Every reading of some series measured from <paramref name="measuredFrom"/> on, in the order in which they were committed: what the rules would have
    /// been passed. Gives the readings that were committed before it began, a page at a time.</summary>
    /// <param name="series">Which series; none means all.</param>
    /// <param name="measuredFrom">The earliest time by the river's clock.</param>
    /// <param name="page">Gets the readings; they are its own only while it runs.</param>
    /// <param name="cancellation">Ends the replay.</param>
    public async Task Replay(IReadOnlyList<SeriesId> series, Instant measuredFrom, Action<ReadOnlySpan<Reading>> page, CancellationToken cancellation = default)
    {
        var which = Invariant($"measured_at >= make_timestamp({Microseconds.Of(measuredFrom)})");
        if (series.Count > 0)
            which += Invariant($" AND series IN ({string.Join(',', series.Select(id => id.Value))})");
        var (next, last) = (0L, -1L);
        await Ask(
            $"SELECT coalesce(min(position), 0), coalesce(max(position), -1) FROM readings WHERE {which}",
            row => (next, last) = (row.GetInt64(0), row.GetInt64(1)),
            cancellation).ConfigureAwait(false);
        var readings = ArrayPool<Reading>.Shared.Rent((int)ReplaySlice);
        try
        {
            for (; next <= last; next += ReplaySlice)
            {
                var count = 0;
                var until = Math.Min(next + ReplaySlice, last + 1);
                await Ask(
                    Invariant($"SELECT {Rows.Columns} FROM readings WHERE {which} AND position >= {next} AND position < {until} ORDER BY position"),
                    row => readings[count++] = row.Reading(),
                    cancellation).ConfigureAwait(false);
                if (count > 0)
                    page(readings.AsSpan(0, count));
            }
        }
        finally
        {
            ArrayPool<Reading>.Shared.Return(readings);
        }
    }

    /// <summary>Readings in the order of their commit, from a position on.</summary>
    /// <param name="position">The first position wanted; 0 is the first reading ever.</param>
    /// <param name="most">At most so many positions.</param>
    /// <param name="page">Gets the readings; they are its own only while it runs.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The position to go on from; <paramref name="position"/> itself when nothing was committed since.</returns>
    public async Task<long> From(long position, int most, Action<ReadOnlySpan<Reading>> page, CancellationToken cancellation = default)
    {
        var readings = ArrayPool<Reading>.Shared.Rent(most);
        try
        {
            var (count, last) = (0, -1L);
            await Positions(position).ConfigureAwait(false);
            if (count == 0)
            {
                // Age has taken some away, or there is nothing more.
                var next = -1L;
                await Ask(Invariant($"SELECT coalesce(min(position), -1) FROM readings WHERE position >= {position}"), row => next = row.GetInt64(0), cancellation)
                    .ConfigureAwait(false);
                if (next < 0)
                    return position;
                await Positions(next).ConfigureAwait(false);
            }
            page(readings.AsSpan(0, count));
            return last + 1;

            Task Positions(long from) => Ask(
                Invariant($"SELECT {Rows.Columns}, position FROM readings WHERE position >= {from} AND position < {from + most} ORDER BY position"),
                row =>
                {
                    readings[count++] = row.Reading();
                    last = row.GetInt64(6);
                },
                cancellation);
        }
        finally
        {
            ArrayPool<Reading>.Shared.Return(readings);
        }
    }

    /// <summary>The first position whose value was changed by the restatements after so many; null when none was.</summary>
    public async Task<long?> ChangedSince(int restatements, CancellationToken cancellation = default)
    {
        long? first = null;
        await Ask(
            Invariant($"SELECT min(position) FROM restatements WHERE number > {restatements}"), row => first = row.IsDBNull(0) ? null : row.GetInt64(0), cancellation).ConfigureAwait(false);
        return first;
    }

    /// <summary>What was thinned so far, by rule.</summary>
    public async Task<IReadOnlyList<Thinned>> Thinned(CancellationToken cancellation = default)
    {
        var all = new List<Thinned>();
        await Ask(
            "SELECT rule, seconds, epoch_us(before), seen, kept FROM thinned ORDER BY rule, seconds",
            row => all.Add(new Thinned(row.GetString(0), Duration.FromSeconds(row.GetInt32(1)), Microseconds.ToInstant(row.GetInt64(2)), row.GetInt64(3), row.GetInt64(4))), cancellation)
            .ConfigureAwait(false);
        return all;
    }

    /// <summary>Every reading measured from <paramref name="from"/> on and before <paramref name="to"/>, by the river's clock, oldest first; those measured at one
    /// time in the order of their commit. For a thread of its own, on which it waits: other visitors come in between two pages.</summary>
    /// <param name="from">The earliest time.</param>
    /// <param name="to">The time before which it ends.</param>
    /// <param name="page">Gets the readings, which are its own only while it runs, and how much has been read, 0 to 1.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="series">Only these; null for all.</param>
    public void Past(Instant from, Instant to, Action<ReadOnlySpan<Reading>, double> page, CancellationToken cancellation, IReadOnlyCollection<SeriesId>? series = null) =>
        Portion.Read($"{Between(from, to)}{Among(series)}", (sql, row) => AskHere(sql, row, cancellation), page);

    /// <summary>When the first reading was measured, by the river's clock; null when there is none.</summary>
    public async Task<Instant?> First(CancellationToken cancellation = default)
    {
        Instant? first = null;
        await Ask("SELECT min(epoch_us(measured_at)) FROM readings", row => first = row.IsDBNull(0) ? null : Microseconds.ToInstant(row.GetInt64(0)), cancellation).ConfigureAwait(false);
        return first;
    }

    /// <summary>How many readings <see cref="Past"/> would give.</summary>
    public async Task<long> Count(Instant from, Instant to, IReadOnlyCollection<SeriesId>? series = null, CancellationToken cancellation = default)
    {
        var count = 0L;
        await Ask($"SELECT count(*) FROM readings WHERE {Between(from, to)}{Among(series)}", row => count = row.GetInt64(0), cancellation).ConfigureAwait(false);
        return count;
    }

    static string Among(IReadOnlyCollection<SeriesId>? series) => series switch
    {
        null => "",
        { Count: 0 } => " AND false",
        _ => Invariant($" AND series IN ({string.Join(',', series.Select(id => id.Value))})"),
    };

    static string Between(Instant from, Instant to) => Invariant(
        $"measured_at >= make_timestamp({Microseconds.Of(from)}) AND measured_at < make_timestamp({Microseconds.Of(to)})");

    static double? Value(DuckDBDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);

    async Task<Reading[]> Read(string where, CancellationToken cancellation)
    {
        var readings = new List<Reading>();
        await Ask($"SELECT {Rows.Columns} FROM readings {where}", row => readings.Add(row.Reading()), cancellation).ConfigureAwait(false);
        return [.. readings];
    }

    async Task Ask(string sql, Action<DuckDBDataReader> row, CancellationToken cancellation)
    {
        using var visit = await _file.Visit(cancellation).ConfigureAwait(false);
        Ask(visit, sql, row, cancellation);
    }

    void AskHere(string sql, Action<DuckDBDataReader> row, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var visit = _file.Visit();
        Ask(visit, sql, row, cancellation);
    }

    void Ask(ArchiveVisit visit, string sql, Action<DuckDBDataReader> row, CancellationToken cancellation)
    {
        using var stop = visit.InterruptOn(cancellation);
        try
        {
            using var command = visit.Connection.CreateCommand();
            command.CommandText = sql;
            using var rows = command.ExecuteReader();
            while (rows.Read())
                row(rows);
        }
        catch (DuckDBException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (DuckDBException failed) when (failed.ErrorType is DuckDBErrorType.Fatal or DuckDBErrorType.Io)
        {
            throw new ArchiveNotReadyException($"{_file.Path} cannot be read at present: {failed.Message}", failed);
        }
    }
}
