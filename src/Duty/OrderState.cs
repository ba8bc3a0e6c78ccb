namespace CanhLu.Duty;

/// <summary>What has become of an order to a device.</summary>
public enum OrderState
{
    /// <summary>It is being given; what the way to the device makes of it is not known yet.</summary>
    Giving,

    /// <summary>On disk, and sent until the device has acknowledged it.</summary>
    Waiting,

    /// <summary>On its way to a device that is connected but keeps no session: lost when the connection breaks.</summary>
    Sent,

    /// <summary>The device has acknowledged it.</summary>
    Delivered,

    /// <summary>The device could or would not take it.</summary>
    Refused,

    /// <summary>The device has no session that hears commands: nothing was sent.</summary>
    NobodyListens,

    /// <summary>Too many commands wait for the device already: nothing was sent.</summary>
    Full,

    /// <summary>The way to the device did not take it: nothing was sent.</summary>
    Failed,

    /// <summary>An outside broker has it, which does not say whether the device hears it.</summary>
    HandedOver,

    /// <summary>The device's session has ended before it came for it.</summary>
    Lost,
}
