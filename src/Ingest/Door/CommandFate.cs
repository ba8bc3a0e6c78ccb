namespace CanhLu.Ingest;

/// <summary>What became of a command to a device.</summary>
public enum CommandFate
{
    /// <summary>The device has no session that hears commands: nothing was kept, nothing sent.</summary>
    NobodyListens,

    /// <summary>Too many commands wait for the device already: not kept, not sent.</summary>
    Full,

    /// <summary>On its way to a device that is connected but keeps no session: lost if the connection breaks now.</summary>
    Sent,

    /// <summary>On disk, and sent until the device has acknowledged it.</summary>
    Kept,

    /// <summary>An outside broker has it, which does not say whether a device hears it.</summary>
    HandedOver,

    /// <summary>The outside broker did not take it.</summary>
    Failed,
}

static class CommandFates
{
    public static string Name(CommandFate fate) => fate switch
    {
        CommandFate.NobodyListens => "nobody_listens",
        CommandFate.Full => "full",
        CommandFate.Sent => "sent",
        CommandFate.HandedOver => "handed_over",
        CommandFate.Failed => "failed",
        _ => "kept",
    };
}
