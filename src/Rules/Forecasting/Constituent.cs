namespace CanhLu.Rules.Forecasting;

/// <summary>One harmonic of the tide.</summary>
/// <param name="Name">Its name in the literature.</param>
/// <param name="DegreesPerHour">Its speed.</param>
/// <param name="MinDays">The shortest record that tells it from its neighbours: Rayleigh's criterion, one whole turn between the two.</param>
/// <remarks>Speeds as listed by the UK's National Tidal and Sea Level Facility (and, to seven digits, by NOAA CO-OPS). The list is that of the largest of
/// the South China Sea, with two overtides of shallow water, which a river mouth makes. Nodal factors (a cycle of 18.6 years) are left out: over a record
/// of months they are constant, and the fit takes them in. For the same reason no astronomical phases are needed.</remarks>
readonly record struct Constituent(string Name, double DegreesPerHour, int MinDays)
{
    /// <summary>Those that a fit looks for, the order in which a longer record adds them.</summary>
    public static readonly Constituent[] All =
    [
        new("M2", 28.9841042, 30),
        new("S2", 30.0000000, 30),
        new("N2", 28.4397295, 30),
        new("K1", 15.0410686, 30),
        new("O1", 13.9430356, 30),
        new("Q1", 13.3986609, 30),
        new("M4", 57.9682084, 30),
        new("MS4", 58.9841042, 30),
        new("P1", 14.9589314, 183),
        new("K2", 30.0821373, 183),
    ];

    /// <summary>Radians an hour.</summary>
    public double Speed => DegreesPerHour * (Math.PI / 180);
}
