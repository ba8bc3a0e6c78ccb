namespace CanhLu.Rules.Forecasting;

/// <summary>The tides that are known, by the station's number.</summary>
sealed class TideBook(int stations)
{
    Tide?[]? _tides;

    /// <summary>The tide of a station; null where none is known.</summary>
    public Tide? this[int station]
    {
        get => _tides?[station];
        set
        {
            if (value is not null || _tides is not null)
                (_tides ??= new Tide?[stations])[station] = value;
        }
    }
}
