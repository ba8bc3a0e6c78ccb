using System.Collections.Immutable;
using CanhLu.Rules;

namespace CanhLu.Console.Live;

/// <summary>The last late verdicts of each station, for those who look after its link. Forgotten with the process.</summary>
public sealed class LateLog
{
    const int Kept = 20;

    readonly Lock _lock = new();
    readonly Dictionary<string, ImmutableArray<LateVerdict>> _stations = [];

    /// <summary>Takes one.</summary>
    public void Add(LateVerdict verdict)
    {
        lock (_lock)
        {
            var known = _stations.GetValueOrDefault(verdict.Station, []);
            _stations[verdict.Station] = [verdict, .. known.Take(Kept - 1)];
        }
    }

    /// <summary>Those of a station, the newest first.</summary>
    public ImmutableArray<LateVerdict> Of(string station)
    {
        lock (_lock)
            return _stations.GetValueOrDefault(station, []);
    }
}
