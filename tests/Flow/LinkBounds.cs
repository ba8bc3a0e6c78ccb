namespace CanhLu.Tests.Flow;

/// <summary>How much may be under way between the devices and the engine.</summary>
/// <param name="Devices">How many devices there are.</param>
/// <param name="InFlight">How many messages each leaves unacknowledged at most.</param>
sealed record LinkBounds(int Devices, int InFlight)
{
    public int Most => Devices * InFlight;
}
