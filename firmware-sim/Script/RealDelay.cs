using NodaTime;

namespace CanhLu.FirmwareSim.Script;

/// <summary>How long, in real time, until an instant of the simulated world; zero or less when it is due.</summary>
/// <param name="simulated">The instant.</param>
public delegate Duration RealDelay(Instant simulated);
