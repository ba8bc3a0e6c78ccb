namespace CanhLu.Backtest.Records;

/// <summary>Gets a record's next readings, in the order of MeasuredAt; they are its own only while it runs.</summary>
/// <param name="readings">The readings, numbered by <see cref="SeriesKeys"/>.</param>
/// <param name="share">How much of the record has been read, 0 to 1.</param>
public delegate void PageTaker(ReadOnlySpan<Reading> readings, double share);

/// <summary>Past readings: a CSV file, a file of the U.S. Geological Survey, an archive.</summary>
public interface IRecord
{
    /// <summary>What people call it: the file's name.</summary>
    string Name { get; }

    /// <summary>Series in it that no site knows, with the number of their readings, which were passed over.</summary>
    IReadOnlyList<UnknownSeries> Unknown { get; }

    /// <summary>Gives every reading, oldest first. Memory is bounded, whatever the record's length.</summary>
    /// <exception cref="RecordRefusedException">The record is wrong somewhere, or not in order.</exception>
    Task ReadAsync(PageTaker page, CancellationToken cancellation);
}

/// <summary>A series of a record that no site knows.</summary>
/// <param name="Name">How the record calls its station or device.</param>
/// <param name="Quantity">Its quantity.</param>
/// <param name="Readings">How many readings it has there.</param>
public sealed record UnknownSeries(string Name, string Quantity, long Readings);
