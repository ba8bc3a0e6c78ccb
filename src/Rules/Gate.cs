using NodaTime;

namespace CanhLu.Rules;

/// <summary>The alarm on which limits depend (<see cref="WhileAlarm"/>), as far as they must know it.</summary>
struct Gate
{
    public AlarmLevel Level;

    /// <summary>When its level began.</summary>
    public Instant Since;

    /// <summary>After a restart: when the reading behind the remembered level came in. What came before it met another level.</summary>
    public long KnownFrom;

    /// <summary>The first of the limits that depend on it; -1 for none.</summary>
    public int FirstDependent;
}
