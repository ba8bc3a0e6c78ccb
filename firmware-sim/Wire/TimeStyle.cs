namespace CanhLu.FirmwareSim.Wire;

/// <summary>How a device writes <c>t</c>; the wire allows both.</summary>
public enum TimeStyle
{
    /// <summary>ISO 8601 with the offset of Viet Nam: <c>2025-10-29T21:00:00+07:00</c>.</summary>
    Iso,

    /// <summary>Milliseconds since 1970 as a number.</summary>
    EpochMilliseconds,
}
