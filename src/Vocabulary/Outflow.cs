using NodaTime;

namespace CanhLu;

/// <summary>What a reservoir has announced that it will release.</summary>
/// <param name="Reservoir">The reservoir's name as people read it.</param>
/// <param name="Least">The least discharge, m³/s.</param>
/// <param name="Most">The greatest discharge, m³/s; its level goes by this.</param>
/// <param name="StartsAt">When the gates open; it may be hours ahead.</param>
public sealed record Outflow(string Reservoir, int Least, int Most, Instant StartsAt);
