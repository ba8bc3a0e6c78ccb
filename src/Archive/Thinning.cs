using DuckDB.NET.Data;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;
using static System.FormattableString;

namespace CanhLu.Archive;

/// <summary>Thins old readings: of every minute, and later of every hour, the lowest, the highest and the last one stay, and the last that is wrong. A slice of positions at a time, between two commits.</summary>
/// <remarks>
/// What stays are readings as they came in and not means of them: the crest of a flood is in the file to the millimetre for as long as anything is. Age counts from
/// <see cref="Reading.ReceivedAt"/>, in whole days, so that hours are not cut in two every time. How far each rule has come stands in the file, in the transaction that thins: a rule that is
/// new or has another name begins at the first position, and to thin twice changes nothing. Belongs to the writer's loop.
/// </remarks>
sealed class Thinning(Ledger ledger, IOptions<ArchiveOptions> options, ArchiveMetrics metrics, IClock clock, TimeProvider time, ILogger<Thinning> logger)
{
    // About two row groups of DuckDB.
    const long Slice = 250_000;

    // At most a fifth of the loop's time.
    const int Rest = 4;

    static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    readonly Queue<Pass> _passes = [];
    long? _lastRun;
    long _lastSlice;
    TimeSpan _took;
    long _seen;
    long _kept;

    /// <summary>Does the next slice if there is one, and it is not too early for it.</summary>
    public void Step()
    {
        if (_passes.Count == 0 && !Begin() || time.GetElapsedTime(_lastSlice) < Rest * _took)
            return;
        var pass = _passes.Peek();
        var started = time.GetTimestamp();
        var isOver = false;
        ledger.Use(writer => isOver = Thin(writer, pass));
        _took = time.GetElapsedTime(started);
        _lastSlice = time.GetTimestamp();
        if (!isOver)
            return;
        if (_seen > _kept)
            logger.Thinned(pass.Series, pass.Of == Of.Nothing ? "nothing" : $"the lowest, the highest and the last of each {(pass.Of == Of.Hour ? "hour" : "minute")}", _seen, _kept, pass.Before);
        _passes.Dequeue();
        (_seen, _kept) = (0, 0);
    }

    bool Begin()
    {
        if (options.Value.Thin.Count == 0 || _lastRun is { } last && time.GetElapsedTime(last) < Pause)
            return false;
        _lastRun = time.GetTimestamp();
        var now = clock.GetCurrentInstant();
        List<string> earlier = [];
        foreach (var rule in options.Value.Thin)
        {
            // A series obeys the first rule that names it.
            var which = Invariant($"series IN (SELECT id FROM series WHERE {string.Concat(earlier.Select(other => $"NOT {Named(other)} AND "))}{Named(rule.Series)})");
            _passes.Enqueue(new Pass(rule.Series, which, Of.Minute, DayBefore(now, rule.RawFor)));
            if (rule.MinutesFor is { } minutes)
                _passes.Enqueue(new Pass(rule.Series, which, Of.Hour, DayBefore(now, minutes)));
            if (rule.HoursFor is { } hours)
                _passes.Enqueue(new Pass(rule.Series, which, Of.Nothing, DayBefore(now, hours)));
            earlier.Add(rule.Series);
        }
        return true;
    }

    static string Named(string pattern) => $"((device || '/' || quantity) GLOB '{pattern}')";

    static Instant DayBefore(Instant now, TimeSpan age)
    {
        var before = now - Duration.FromTimeSpan(age);
        return Instant.FromUnixTimeTicks(before.ToUnixTimeTicks() / NodaConstants.TicksPerDay * NodaConstants.TicksPerDay);
    }

    /// <summary>Thins one slice; true when it was the last of the pass.</summary>
    bool Thin(DuckDBConnection writer, Pass pass)
    {
        // The pattern is of the letters that the options allow.
        var ours = Invariant($"rule = '{pass.Series}' AND seconds = {(int)pass.Of}");
        var from = writer.Number($"SELECT position FROM thinned WHERE {ours}") ?? 0;
        from = writer.Number(Invariant($"SELECT min(position) FROM readings WHERE position >= {from}")) ?? ledger.NextPosition;
        // The newest position is what the next one is counted from.
        var end = Math.Min(from + Slice, ledger.NextPosition - 1);
        var young = writer.Number(Invariant(
            $"SELECT min(position) FROM readings WHERE position >= {from} AND position < {end} AND received_at >= make_timestamp({Microseconds.Of(pass.Before)})"));
        var until = young ?? end;
        if (until <= from)
            return true;
        var slice = Invariant($"FROM readings WHERE position >= {from} AND position < {until} AND {pass.Which}");
        writer.Execute("BEGIN TRANSACTION");
        var seen = writer.Number($"SELECT count(*) {slice}") ?? 0;
        var deleted = writer.Execute(pass.Of == Of.Nothing ? $"DELETE {slice}" : Invariant($"""
            DELETE {slice} AND position NOT IN (
                SELECT kept FROM (
                    SELECT unnest([arg_min(position, value) FILTER (flag NOT IN (4, 9)), arg_max(position, value) FILTER (flag NOT IN (4, 9)),
                        arg_max(position, measured_at) FILTER (flag NOT IN (4, 9)), arg_max(position, measured_at) FILTER (flag IN (4, 9))]) AS kept
                    {slice} GROUP BY series, epoch_us(measured_at) // {(int)pass.Of * 1_000_000L})
                WHERE kept IS NOT NULL)
            """));
        var (before, kept) = (Microseconds.Of(pass.Before), seen - deleted);
        if (writer.Execute(Invariant($"UPDATE thinned SET position = {until}, before = make_timestamp({before}), seen = seen + {seen}, kept = kept + {kept} WHERE {ours}")) == 0)
            writer.Execute(Invariant($"INSERT INTO thinned VALUES ('{pass.Series}', {(int)pass.Of}, {until}, make_timestamp({before}), {seen}, {kept})"));
        writer.Execute("COMMIT");
        metrics.Thinned(deleted);
        (_seen, _kept) = (_seen + seen, _kept + kept);
        return young is not null || until == ledger.NextPosition - 1;
    }

    enum Of
    {
        Nothing = 0,
        Minute = 60,
        Hour = 3600,
    }

    readonly record struct Pass(string Series, string Which, Of Of, Instant Before);
}
