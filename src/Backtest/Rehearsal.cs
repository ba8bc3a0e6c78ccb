using CanhLu.Rules;
using NodaTime;

namespace CanhLu.Backtest;

/// <summary>A site's rules over a record: the judge of the live engine, told the readings and the passing of time.</summary>
/// <remarks>
/// Time is the record's: a reading comes in when it was measured, and every whole minute the judge looks for silence, through gaps too, up to the last reading.
/// A station is watched from its first reading on, so that one that the record does not hold is not silent in it.
/// </remarks>
public sealed class Rehearsal
{
    static readonly Duration LookEvery = Duration.FromMinutes(1);

    readonly Judge _judge;
    readonly List<Alarm> _changes = [];
    readonly List<Alarm> _alarms = [];
    readonly HashSet<AlarmKey> _unheard = [];
    Instant _nextLook = Instant.MaxValue;
    bool _begun;

    /// <summary>Makes a site's judge, which has seen nothing.</summary>
    public Rehearsal(Site site, SeriesKeys keys)
    {
        Site = site;
        _judge = Judge.Create(site, keys.SeriesOf(site));
    }

    /// <summary>Whose rules.</summary>
    public Site Site { get; }

    /// <summary>Every change of an alarm so far, in the order in which it was judged.</summary>
    public IReadOnlyList<Alarm> Alarms => _alarms;

    /// <summary>The series whose longer past forecasts and tides need, and how much of it: <see cref="Recall"/> gives it to them.</summary>
    public IEnumerable<(SeriesId Series, Duration Back)> Memories => _judge.Memories;

    /// <summary>Before the first reading: fills the long memory of forecasts and tides, and judges nothing.</summary>
    /// <param name="readings">Readings of one of <see cref="Memories"/>, oldest first.</param>
    /// <param name="before">Where the record begins.</param>
    public void Recall(ReadOnlySpan<Reading> readings, Instant before) => _judge.Recall(readings, before);

    /// <summary>Judges the next readings, which are no older than those before.</summary>
    public void Take(ReadOnlySpan<Reading> readings)
    {
        if (!_begun && readings.Length > 0)
        {
            _begun = true;
            _nextLook = Minute(readings[0].MeasuredAt);
        }
        var judged = 0;
        for (var i = 0; i < readings.Length; i++)
        {
            if (readings[i].MeasuredAt < _nextLook)
                continue;
            _judge.Take(readings[judged..i], _changes);
            judged = i;
            for (; _nextLook <= readings[i].MeasuredAt; _nextLook += LookEvery)
                _judge.Tick(_nextLook, _changes);
            Keep();
        }
        _judge.Take(readings[judged..], _changes);
        Keep();
    }

    static Instant Minute(Instant at) => Instant.FromUnixTimeTicks(at.ToUnixTimeTicks() / NodaConstants.TicksPerMinute * NodaConstants.TicksPerMinute);

    void Keep()
    {
        if (_changes.Count == 0)
            return;
        foreach (var alarm in _changes)
            if (!IsOfUnheard(alarm))
                _alarms.Add(alarm);
        _changes.Clear();
    }

    bool IsOfUnheard(Alarm alarm)
    {
        if (alarm.Cause != Cause.Silence)
            return false;
        return alarm.Level == AlarmLevel.None ? _unheard.Remove(alarm.Key) : alarm.Evidence.Flag == Flag.Missing && _unheard.Add(alarm.Key);
    }
}
