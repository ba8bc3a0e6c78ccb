using System.Collections.Immutable;
using NodaTime;

namespace CanhLu.Rules;

/// <summary>Judges combinations: alarms about alarms. It hears every statement of the other rules and adds its own behind it.</summary>
sealed class CombinationJudge
{
    readonly Rule.Combination[] _rules;
    readonly Alarm?[] _told;
    readonly Dictionary<AlarmKey, Alarm> _members = [];
    readonly ILookup<string, int> _rulesOf;
    readonly bool[] _isConcerned;
    bool _isUnsettled;

    public CombinationJudge(Site site)
    {
        _rules = [.. site.Rules.OfType<Rule.Combination>()];
        _told = new Alarm?[_rules.Length];
        _isConcerned = new bool[_rules.Length];
        _rulesOf = Enumerable.Range(0, _rules.Length)
            .SelectMany(i => _rules[i].Of.Concat(_rules[i].Without).Select(member => member.Rule).Distinct().Select(rule => (Rule: rule, Number: i)))
            .ToLookup(one => one.Rule, one => one.Number);
    }

    /// <summary>Hears what one reading or tick has changed, from a place in the list on, and adds what follows from all of it together.</summary>
    public void Take(List<Alarm> changes, int from)
    {
        var isConcerned = false;
        for (var i = from; i < changes.Count; i++)
        {
            var alarm = changes[i];
            if (!_rulesOf.Contains(alarm.Key.Rule))
                continue;
            _members[alarm.Key] = alarm;
            foreach (var number in _rulesOf[alarm.Key.Rule])
                isConcerned |= _isConcerned[number] = true;
        }
        for (var i = 0; isConcerned && i < _rules.Length; i++)
        {
            if (_isConcerned[i])
                Judge(i, changes);
            _isConcerned[i] = false;
        }
    }

    /// <summary>Takes over what was told in an earlier life, of its own rules and of their members.</summary>
    public void Remember(Alarm told)
    {
        _isUnsettled = true;
        if (_rulesOf.Contains(told.Key.Rule))
            _members[told.Key] = told;
        for (var i = 0; i < _rules.Length; i++)
            if (told.Key == KeyOf(i))
                _told[i] = told;
    }

    /// <summary>Before anything is taken: tells a combination that follows from what was remembered of its members, and was not told itself.</summary>
    public void Settle(List<Alarm> changes)
    {
        if (!_isUnsettled)
            return;
        _isUnsettled = false;
        for (var i = 0; i < _rules.Length; i++)
            Judge(i, changes);
    }

    /// <summary>Every combination that stands.</summary>
    public void Standing(List<Alarm> standing) => standing.AddRange(_told.OfType<Alarm>().Where(alarm => alarm.Level != AlarmLevel.None));

    // By what is so, not by what has just happened: after a restart the same members give the same statement.
    void Judge(int number, List<Alarm> changes)
    {
        var rule = _rules[number];
        var (count, isBarred) = (0, false);
        Alarm? latest = null;
        foreach (var (key, alarm) in _members)
        {
            if (!IsAny(rule.Of, key, AlarmLevel.III) && !IsAny(rule.Without, key, AlarmLevel.III))
                continue;
            if (latest is null || IsLater(alarm, latest))
                latest = alarm;
            if (alarm.Level == AlarmLevel.None)
                continue;
            count += IsAny(rule.Of, key, alarm.Level) ? 1 : 0;
            isBarred |= IsAny(rule.Without, key, alarm.Level);
        }
        var (before, next) = (_told[number]?.Level ?? AlarmLevel.None, count >= rule.AtLeast && !isBarred ? AlarmLevel.I : AlarmLevel.None);
        if (next == before || latest is null)
            return;
        // Members follow the clocks of different devices: the combination's own runs forward only.
        var since = _told[number] is { } told ? Instant.Max(told.Since, latest.Since) : latest.Since;
        _told[number] = new Alarm(KeyOf(number), Cause.Combination, next, before, since, AlarmLevel.I, latest.Evidence, null, null)
        {
            // Alarms that stand together bear one another out.
            Grade = count > 1 ? Grade.A : Grade.B,
            RestatedAt = latest.RestatedAt,
        };
        changes.Add(_told[number]!);
    }

    static bool IsLater(Alarm alarm, Alarm other) => alarm.Since.CompareTo(other.Since) switch
    {
        0 => string.CompareOrdinal(alarm.Key.Subject, other.Key.Subject) is var order and not 0 ? order > 0 : string.CompareOrdinal(alarm.Key.Rule, other.Key.Rule) > 0,
        var order => order > 0,
    };

    static bool IsAny(ImmutableArray<Member> members, AlarmKey key, AlarmLevel level)
    {
        foreach (var member in members)
            if (level >= member.Level && member.Matches(key))
                return true;
        return false;
    }

    AlarmKey KeyOf(int number) => new(_rules[number].Station, _rules[number].Id);
}
