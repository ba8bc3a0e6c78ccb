using System.Collections.Immutable;

namespace CanhLu;

/// <summary>Which quality tests a quantity of a make of device goes through.</summary>
/// <param name="Model">The model's id.</param>
/// <param name="Quantity">The quantity; it is one of the model's.</param>
/// <param name="Stations">At which stations; empty for all. What such an entry says of a test goes before what the one for all stations says.</param>
/// <param name="Tests">The tests.</param>
public sealed record SeriesQuality(string Model, string Quantity, ImmutableArray<string> Stations, QualityTests Tests);
