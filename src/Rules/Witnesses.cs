using System.Collections.Immutable;

namespace CanhLu.Rules;

/// <summary>The alarms that may bear out others, as they stand.</summary>
sealed class Witnesses(Site site)
{
    readonly HashSet<string> _rules = [.. site.Rules.SelectMany(rule => rule.Witnesses).Select(member => member.Rule)];
    readonly Dictionary<AlarmKey, AlarmLevel> _levels = [];

    /// <summary>Hears statements, from a place in the list on.</summary>
    public void Hear(List<Alarm> changes, int from)
    {
        for (var i = from; _rules.Count > 0 && i < changes.Count; i++)
            Hear(changes[i]);
    }

    /// <summary>Hears a statement, also one of an earlier life.</summary>
    public void Hear(Alarm alarm)
    {
        if (_rules.Contains(alarm.Key.Rule))
            _levels[alarm.Key] = alarm.Level;
    }

    /// <summary>Whether one of these stands about another subject: what the same gauge says by another rule bears nothing out.</summary>
    public bool Stand(ImmutableArray<Member> members, string subject)
    {
        if (members.IsEmpty)
            return false;
        foreach (var (key, level) in _levels)
            if (level != AlarmLevel.None && key.Subject != subject)
                foreach (var member in members)
                    if (level >= member.Level && member.Matches(key))
                        return true;
        return false;
    }
}
