namespace CanhLu.Rules.Forecasting;

/// <summary>The tides that are known, by the station's number.</summary>
sealed class TideBook(int stations)
{
    readonly Tide?[] _tides = new Tide?[stations];

    /// <summary>The tide of a station; null where none is known.</summary>
    public Tide? this[int station]
    {
        get => _tides[station];
        set => _tides[station] = value;
    }
}
