namespace CanhLu;

/// <summary>The flood alarm levels of Vietnamese law, <em>báo động</em> I, II and III; there is no fourth (Decision 05/2020/QĐ-TTg).</summary>
/// <remarks>An alarm that is no ladder (silence, a weak battery) is at <see cref="I"/> while it stands.</remarks>
public enum AlarmLevel
{
    /// <summary>Below báo động I.</summary>
    None,

    /// <summary>Báo động I.</summary>
    I,

    /// <summary>Báo động II.</summary>
    II,

    /// <summary>Báo động III.</summary>
    III,
}
