namespace CanhLu.Archive.Influx;

/// <summary>Something that is copied to InfluxDB: lines in an order that stays the same, each with a position that counts up.</summary>
public interface ILineSource
{
    /// <summary>Its name, by which its position is kept; never changes.</summary>
    string Name { get; }

    /// <summary>How far it goes: the position of the line that comes next.</summary>
    long End { get; }

    /// <summary>How often lines that had been given were changed, ever: whoever has seen fewer goes back.</summary>
    int Changes => 0;

    /// <summary>The first position that was changed after so many changes; null when none was.</summary>
    ValueTask<long?> ChangedSince(int changes, CancellationToken cancellation) => new((long?)null);

    /// <summary>Writes the lines from a position on.</summary>
    /// <param name="from">The first position wanted.</param>
    /// <param name="most">At most so many positions.</param>
    /// <param name="lines">Gets the lines.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Where to go on: every position before it is either in the lines or is none any more. <paramref name="from"/> when there is nothing new.</returns>
    ValueTask<long> Read(long from, int most, LineBuffer lines, CancellationToken cancellation);
}
