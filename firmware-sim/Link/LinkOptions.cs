namespace CanhLu.FirmwareSim.Link;

/// <summary>How a device keeps its connection.</summary>
public sealed record LinkOptions
{
    /// <summary>How many messages may wait for their acknowledgement at once; the server's Receive Maximum lowers it.</summary>
    public int InFlight { get; init; } = 20;

    /// <summary>How many messages the device keeps besides; when it is full, the device waits.</summary>
    public int Keep { get; init; } = 10_000;

    /// <summary>The longest pause before connecting again.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the server keeps the session of a device that is away; zero for a clean session.</summary>
    public TimeSpan SessionExpiry { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Draws the pauses.</summary>
    public int Seed { get; init; } = 1;
}
