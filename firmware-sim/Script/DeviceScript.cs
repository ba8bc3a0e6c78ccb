namespace CanhLu.FirmwareSim.Script;

/// <summary>All that one pretend device does, in order of time. A script is a pure function of options and seed: playing it adds only the network.</summary>
/// <param name="Device">The device's id on the wire.</param>
/// <param name="Acts">What it does; may be made while it is read.</param>
public sealed record DeviceScript(string Device, IEnumerable<Act> Acts);
