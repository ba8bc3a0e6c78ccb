namespace CanhLu.Rules;

/// <summary>How one rule stands at one station at one moment.</summary>
struct Stand
{
    /// <summary>The statement of its level; null when it never left <see cref="AlarmLevel.None"/>.</summary>
    public Alarm? Alarm;

    /// <summary>The highest stage since the level last left None, mm.</summary>
    public int PeakStage;

    public AlarmLevel Level;

    /// <summary>As it was told.</summary>
    public static Stand Of(Alarm? told) => new()
    {
        Alarm = told,
        Level = told?.Level ?? AlarmLevel.None,
        PeakStage = told?.PeakStage?.Millimetres ?? int.MinValue,
    };

    /// <summary>As it must have been before a statement, as far as that tells.</summary>
    public static Stand Before(Alarm told)
    {
        if (told.From == AlarmLevel.None)
            return Of(null);
        var isRise = told.Level > told.From;
        var before = Of(told with
        {
            Level = told.From,
            From = AlarmLevel.None,
            Since = told.FromSince ?? told.Since,
            FromSince = null,
            Peak = isRise && told.Peak == told.Level ? told.From : told.Peak,
        });
        if (isRise)
            before.PeakStage = int.MinValue;
        return before;
    }

    /// <summary>Whether two statements say the same of what is so now. That nothing is so is the same whenever it began.</summary>
    public static bool Same(Alarm? one, Alarm? other)
    {
        var level = one?.Level ?? AlarmLevel.None;
        return level == (other?.Level ?? AlarmLevel.None) && (level == AlarmLevel.None || (one!.Since == other!.Since && one.Peak == other.Peak));
    }

    /// <summary>The statement with the peak of now; null when nothing stands.</summary>
    public readonly Alarm? Standing() =>
        Level == AlarmLevel.None ? null
        : Alarm!.PeakStage is { } peak && peak.Millimetres != PeakStage ? Alarm with { PeakStage = new Stage(PeakStage) }
        : Alarm;
}
