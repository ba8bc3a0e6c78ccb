using System.Collections.Immutable;
using DuckDB.NET.Data;
using static System.FormattableString;

namespace CanhLu.Archive;

/// <summary>Every series that the archive knows, with its number; numbers are given out once and stay for ever.</summary>
/// <remarks>A device's quantity in another unit is another series: its values cannot be compared.</remarks>
public sealed class SeriesBook
{
    readonly ArchiveFile _file;
    readonly Lock _writing = new();
    volatile Pages _pages = Pages.Empty;

    internal SeriesBook(ArchiveFile file) => _file = file;

    /// <summary>All series, in the order of their numbers.</summary>
    public IReadOnlyList<Series> All => _pages.All;

    /// <summary>The series of a number; null when none has it.</summary>
    public Series? this[SeriesId id] => id.Value >= 1 && id.Value <= _pages.All.Length ? _pages.All[id.Value - 1] : null;

    /// <summary>The series of a device's quantity, in the unit that came last; null when there is none.</summary>
    public Series? Find(string device, string quantity) =>
        _pages.All.LastOrDefault(series => series.Device == device && series.Quantity == quantity);

    /// <summary>The number of a series, given to it now if it has none; on disk when this returns.</summary>
    /// <exception cref="ArchiveNotReadyException">It cannot be written at present.</exception>
    public SeriesId Ensure(string device, string quantity, string unit) => Ensure([(device, quantity, unit)])[0];

    /// <summary>The numbers of many series, in the order asked; those that have none get one, all in one transaction.</summary>
    /// <exception cref="ArchiveNotReadyException">They cannot be written at present.</exception>
    public IReadOnlyList<SeriesId> Ensure(IReadOnlyList<(string Device, string Quantity, string Unit)> asked)
    {
        if (!asked.All(_pages.Ids.ContainsKey))
        {
            lock (_writing)
                Add(asked);
        }
        var ids = _pages.Ids;
        return [.. asked.Select(key => ids[key])];
    }

    internal void Load()
    {
        lock (_writing)
        {
            using var visit = _file.Visit();
            _pages = Pages.Of(visit.Connection);
        }
    }

    void Add(IReadOnlyList<(string Device, string Quantity, string Unit)> asked)
    {
        try
        {
            using var visit = _file.Visit();
            // Read again: an earlier attempt in doubt may have got in.
            var pages = Pages.Of(visit.Connection);
            var next = pages.All.Length;
            visit.Connection.Execute("BEGIN TRANSACTION");
            // One statement a series would be half a millisecond each: minutes for the first start of a large site.
            using (var rows = visit.Connection.CreateAppender("series"))
            {
                foreach (var key in asked.Distinct().Where(key => !pages.Ids.ContainsKey(key)))
                    rows.CreateRow().AppendValue(++next).AppendValue(key.Device).AppendValue(key.Quantity).AppendValue(key.Unit).EndRow();
            }
            visit.Connection.Execute("COMMIT");
            _pages = Pages.Of(visit.Connection);
        }
        catch (DuckDBException failed)
        {
            throw new ArchiveNotReadyException(Invariant($"{asked.Count} series could not be written to {_file.Path}: {failed.Message}"), failed);
        }
    }

    sealed record Pages(ImmutableArray<Series> All, Dictionary<(string Device, string Quantity, string Unit), SeriesId> Ids)
    {
        public static readonly Pages Empty = new([], []);

        public static Pages Of(DuckDBConnection connection)
        {
            var all = ImmutableArray.CreateBuilder<Series>();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT id, device, quantity, unit FROM series ORDER BY id";
            using var rows = command.ExecuteReader();
            while (rows.Read())
                all.Add(new Series(new SeriesId(rows.GetInt32(0)), rows.GetString(1), rows.GetString(2), rows.GetString(3)));
            return new Pages(all.ToImmutable(), all.ToDictionary(series => (series.Device, series.Quantity, series.Unit), series => series.Id));
        }
    }
}
