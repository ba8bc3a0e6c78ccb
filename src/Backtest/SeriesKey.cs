namespace CanhLu.Backtest;

/// <summary>What a record's reader must know of a series.</summary>
/// <param name="IsStage">Whether it is a stage: metres in a file, millimetres in a <see cref="Reading"/>.</param>
/// <param name="Station">The station that it belongs to; null for none.</param>
/// <param name="Min">The least value that its sensor can give, in the series' unit.</param>
/// <param name="Max">The greatest one.</param>
sealed record SeriesKey(bool IsStage, string? Station, double Min, double Max)
{
    public static readonly SeriesKey None = new(false, null, 0, 0);

    /// <summary>The flag of a value that carries none: as at the way in, what the sensor cannot measure fails.</summary>
    public Flag FlagOf(double value) => value >= Min && value <= Max ? Flag.Good : Flag.Fail;
}
