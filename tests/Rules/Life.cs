using CanhLu.Rules;
using NodaTime;

namespace CanhLu.Tests.Rules;

/// <summary>A judge that dies and is started again, with what an engine would have on disk: the readings, and what was told.</summary>
sealed class Life(Storm storm)
{
    readonly List<Reading> _stored = [];
    Judge _judge = storm.Judge();

    /// <summary>Every alarm announced, over all lives.</summary>
    public List<Alarm> Announced { get; } = [];

    /// <summary>What stands at last.</summary>
    public IEnumerable<(AlarmKey, AlarmLevel, Instant)> Standing =>
        _judge.Standing().Select(alarm => (alarm.Key, alarm.Level, alarm.Since)).OrderBy(one => one.Key.ToString(), StringComparer.Ordinal);

    public void Live(Instant at, Reading? reading)
    {
        if (reading is { } one)
        {
            _stored.Add(one);
            _judge.Take([one], Announced);
        }
        else
            _judge.Tick(at, Announced);
    }

    /// <summary>Dies and starts again.</summary>
    /// <param name="lost">How many of the last announcements had not reached the disk.</param>
    /// <param name="whole">Replay every reading; else only from as far back as <see cref="Judge.Lookback"/> asks, and <paramref name="more"/>.</param>
    /// <param name="more">How much further back: as late as a reading may be.</param>
    public void DieAndStart(int lost, bool whole, Duration more)
    {
        Announced.RemoveRange(Announced.Count - Math.Min(lost, Announced.Count), Math.Min(lost, Announced.Count));
        _judge = storm.Judge();
        var from = _stored.Max(one => one.MeasuredAt) - _judge.Lookback - more;
        var last = _stored.Where(one => one.MeasuredAt < from && one.Flag < Flag.Fail)
            .GroupBy(one => one.Series).ToDictionary(one => one.Key, one => one.Max(reading => reading.MeasuredAt));
        _judge.Remember([.. Announced.GroupBy(alarm => alarm.Key).Select(one => one.Last())], isWhole: whole || last.Count == 0, from);
        if (!whole)
            _judge.Recall([.. _stored], before: from);
        foreach (var reading in _stored)
            if (whole || reading.MeasuredAt >= from || reading.MeasuredAt == last.GetValueOrDefault(reading.Series))
                _judge.Take([reading], Announced);
        _judge.EndReplay(Announced);
    }

    /// <summary>What was said first of each (key, level, evidence), key by key in order.</summary>
    /// <param name="whole">With the highest stage, for which the replay must reach back to it, and with what was restated: of what was so before the
    /// last statement that was told a cut replay knows the level and its beginning, and not always the reading behind it.</param>
    public IEnumerable<string> Said(bool whole) => Announced
        .DistinctBy(alarm => (alarm.Key, alarm.Level, alarm.Evidence.MeasuredAt))
        .Where(alarm => whole || alarm.RestatedAt is null)
        .GroupBy(alarm => alarm.Key)
        .OrderBy(one => one.Key.Subject, StringComparer.Ordinal).ThenBy(one => one.Key.Rule, StringComparer.Ordinal)
        .SelectMany(one => one)
        .Select(alarm => $"{alarm.Key.Subject} {alarm.Key.Rule} {alarm.From}->{alarm.Level} since {alarm.Since} peak {alarm.Peak} {(whole ? alarm.PeakStage : null)} "
            + $"{alarm.Rate} by {alarm.Evidence}");
}
