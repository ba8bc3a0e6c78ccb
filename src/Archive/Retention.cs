using DuckDB.NET.Data;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;
using static System.FormattableString;

namespace CanhLu.Archive;

/// <summary>Deletes the readings that were received too long ago, once an hour, a slice of positions at a time between two commits.</summary>
/// <remarks>
/// Age is counted from <see cref="Reading.ReceivedAt"/>: an imported or replayed past is young. The newest position always stays, because the next one is
/// counted from it. Belongs to the writer's loop; only one statement of it stands between two commits.
/// </remarks>
sealed class Retention(
    Ledger ledger, IOptions<ArchiveOptions> options, ArchiveMetrics metrics, IClock clock, TimeProvider time, ILogger<Retention> logger)
{
    // About two row groups of DuckDB: 10 to 20 ms.
    const long Slice = 250_000;

    static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    long? _lastRun;
    Instant _before;
    long _next;
    long _end;
    long _deleted;

    /// <summary>Does the next slice if there is one.</summary>
    public void Step()
    {
        if (_next >= _end && !Begin())
            return;
        var until = Math.Min(_next + Slice, _end);
        var deleted = 0;
        ledger.Use(writer => deleted = writer.Execute(Invariant(
            $"DELETE FROM readings WHERE position >= {_next} AND position < {until} AND received_at < make_timestamp({Microseconds.Of(_before)})")));
        _next = until;
        _deleted += deleted;
        metrics.Deleted(deleted);
        if (_next == _end && _deleted > 0)
            logger.Deleted(_deleted, _before);
    }

    bool Begin()
    {
        if (_lastRun is { } last && time.GetElapsedTime(last) < Pause)
            return false;
        _before = clock.GetCurrentInstant() - Duration.FromTimeSpan(options.Value.KeepFor);
        _deleted = 0;
        ledger.Use(Span);
        _lastRun = time.GetTimestamp();
        return _next < _end;
    }

    void Span(DuckDBConnection writer)
    {
        var old = Invariant($"FROM readings WHERE received_at < make_timestamp({Microseconds.Of(_before)})");
        _next = writer.Number($"SELECT min(position) {old}") ?? 0;
        _end = Math.Min((writer.Number($"SELECT max(position) {old}") ?? 0) + 1, ledger.NextPosition - 1);
    }
}
