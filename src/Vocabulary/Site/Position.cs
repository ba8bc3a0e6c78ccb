namespace CanhLu;

/// <summary>A place on the earth, WGS 84.</summary>
/// <param name="Latitude">Degrees, north of the equator positive.</param>
/// <param name="Longitude">Degrees, east of Greenwich positive.</param>
public readonly record struct Position(double Latitude, double Longitude);
