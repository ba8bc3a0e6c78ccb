using CanhLu.Rules;

namespace CanhLu.Host.Watching;

/// <summary>The stations as the watch last saw them: an immutable snapshot, swapped whole.</summary>
sealed class RiverNow
{
    volatile IReadOnlyList<StationNow> _stations = [];

    public IReadOnlyList<StationNow> Stations
    {
        get => _stations;
        set => _stations = value;
    }
}
