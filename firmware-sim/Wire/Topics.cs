namespace CanhLu.FirmwareSim.Wire;

/// <summary>The native topics of a device.</summary>
public static class Topics
{
    /// <summary>What a device's status topic says while it is connected.</summary>
    public const string Online = "online";

    /// <summary>What its last will says.</summary>
    public const string Offline = "offline";

    /// <summary>Where a device's readings go.</summary>
    public static string Up(string device) => $"canhlu/v1/{device}/up";

    /// <summary>Where a device says that it is there; retained, and the topic of its last will.</summary>
    public static string Status(string device) => $"canhlu/v1/{device}/status";
}
