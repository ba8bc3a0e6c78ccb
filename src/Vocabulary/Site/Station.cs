using System.Collections.Immutable;
using NodaTime;

namespace CanhLu;

/// <summary>A place that we watch.</summary>
/// <param name="Id">Its id in the site and on the command line, <c>tam-ky</c>.</param>
/// <param name="Name">Its name as people read it, <c>Tam Kỳ</c>.</param>
/// <param name="River">The river's name as people read it.</param>
/// <param name="Datum">The height system over which its stages are measured.</param>
/// <param name="Latitude">WGS 84, degrees.</param>
/// <param name="Longitude">WGS 84, degrees.</param>
/// <param name="Areas">Codes of the areas that its bulletins are for.</param>
/// <param name="ReportEvery">How often it is expected to report.</param>
/// <param name="Ladders">Its thresholds, oldest first; empty for a station without alarm levels.</param>
public sealed record Station(
    string Id, string Name, string River, string Datum, double Latitude, double Longitude, ImmutableArray<string> Areas, Duration ReportEvery,
    ImmutableArray<ThresholdSet> Ladders)
{
    /// <summary>How many of its reporting intervals a reading may come late where the site does not say.</summary>
    public const int UsualLatenessIntervals = 3;

    readonly Duration? _lateness;

    /// <summary>How far a reading may lie behind the station's newest one, by the river's clock, and still be judged as if it had come in order.</summary>
    public Duration Lateness
    {
        get => _lateness ?? ReportEvery * UsualLatenessIntervals;
        init => _lateness = value;
    }

    /// <summary>Whether the tide is felt here: it is then looked for in the station's past, and taken off before anything is forecast.</summary>
    public bool FeelsTide { get; init; }

    /// <summary>The station above it whose rise comes down to it; null for none.</summary>
    public Upstream? Upstream { get; init; }

    /// <summary>The ladder in force at an instant; null before the first, or when there is none.</summary>
    public ThresholdSet? LadderAt(Instant at)
    {
        for (var i = Ladders.Length - 1; i >= 0; i--)
            if (Ladders[i].From <= at)
                return Ladders[i];
        return null;
    }
}

/// <summary>Where people live: a ward or commune by its official code.</summary>
/// <param name="Code">The General Statistics Office's code. Names repeat across provinces, codes do not.</param>
/// <param name="Name">Its name as people read it.</param>
public sealed record Area(string Code, string Name)
{
    /// <summary>How long its people need to leave the ground that floods; null when the city has not said.</summary>
    public Duration? Evacuation { get; init; }
}
