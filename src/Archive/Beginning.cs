using DuckDB.NET.Data;
using static System.FormattableString;

namespace CanhLu.Archive;

/// <summary>What the writer must know of the file when it begins: the next position, the newest times and the newest reading of every series.</summary>
/// <remarks>Years of history must not slow the start, so only the last stretch of time that is long enough is read: from <c>_from</c> on everything is
/// known, before it the file is asked. Only the newest reading of a series that was silent all that time is looked for further back.</remarks>
sealed class Beginning
{
    const long FirstStretch = 600_000_000L;
    const long LongestStretch = 400L * 24 * 3600 * 1_000_000;

    readonly DuckDBConnection _connection;
    readonly long _series;
    readonly long _from;

    public Beginning(DuckDBConnection connection)
    {
        _connection = connection;
        NextPosition = (connection.Number("SELECT max(position) FROM readings") ?? 0) + 1;
        _series = connection.Number("SELECT max(id) FROM series") ?? 0;
        var last = connection.Number("SELECT epoch_us(max(measured_at)) FROM readings");
        _from = last is null ? long.MinValue : From(last.Value);
    }

    public long NextPosition { get; }

    public KnownTimes KnownTimes()
    {
        var floor = _from == long.MinValue ? _from : _from - 1;
        var known = new KnownTimes(floor, (int)_series);
        if (_from == long.MinValue)
            return known;
        using var command = _connection.CreateCommand();
        // One more than are kept: it becomes the floor, else the times between the last kept one and _from would pass for new.
        command.CommandText = Invariant(
            $"SELECT series, epoch_us(unnest(max(measured_at, {Archive.KnownTimes.Kept + 1}))) FROM readings WHERE measured_at >= make_timestamp({_from}) GROUP BY series");
        using var rows = command.ExecuteReader();
        while (rows.Read())
            known.Take(new SeriesId(rows.GetInt32(0)), rows.GetInt64(1));
        return known;
    }

    public void Fill(LatestReadings latest)
    {
        if (_from == long.MinValue)
            return;
        var heard = Newest(latest, Invariant($"measured_at >= make_timestamp({_from})"));
        var silent = Enumerable.Range(1, (int)_series).Except(heard).ToArray();
        if (silent.Length > 0)
            Newest(latest, Invariant($"measured_at < make_timestamp({_from}) AND series IN ({string.Join(',', silent)})"));
    }

    long From(long last)
    {
        for (var stretch = FirstStretch; ; stretch *= 4)
        {
            var from = last - stretch;
            if (stretch > LongestStretch
                || _connection.Number(Invariant($"SELECT count(*) FROM readings WHERE measured_at >= make_timestamp({from})")) >= _series * Archive.KnownTimes.Kept)
                return from;
        }
    }

    List<int> Newest(LatestReadings latest, string where)
    {
        var heard = new List<int>();
        using var command = _connection.CreateCommand();
        command.CommandText =
            $"SELECT series, epoch_us(r.measured_at), epoch_us(r.received_at), r.value, r.flag, r.tests FROM (SELECT series, arg_max(readings, measured_at) AS r FROM readings WHERE {where} GROUP BY series)";
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            var reading = rows.Reading();
            latest.Take([reading]);
            heard.Add(reading.Series.Value);
        }
        return heard;
    }
}
