namespace CanhLu.FirmwareSim.Link;

/// <summary>Where the devices connect: the engine's front door, or a broker.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">TCP port.</param>
/// <param name="Tls">Whether the connection is encrypted.</param>
/// <param name="CaFile">A PEM file with the authority to trust; null for the system's.</param>
/// <param name="Mqtt311">True for MQTT 3.1.1, false for 5.0.</param>
public sealed record BrokerAddress(string Host, int Port, bool Tls = false, string? CaFile = null, bool Mqtt311 = false);
