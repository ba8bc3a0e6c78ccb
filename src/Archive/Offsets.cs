using DuckDB.NET.Data;
using NodaTime;
using static System.FormattableString;

namespace CanhLu.Archive;

/// <summary>What is added to the values of some series, from times of the river's clock on. Immutable.</summary>
/// <remarks>
/// What is stored is what came in, and this: <c>value = came in + offset(series, measured at)</c>, for every reading of the file, whenever it came. The file keeps its offsets in a table and
/// changes both in one transaction, so that what came in can always be had back.
/// </remarks>
public sealed class Offsets
{
    /// <summary>Nothing is added to anything.</summary>
    public static readonly Offsets None = new([]);

    const string Table = "offsets";

    // By the number of a series; its steps in the order of time, null where there are none.
    readonly Step[]?[] _steps;

    Offsets(Step[]?[] steps) => _steps = steps;

    readonly record struct Step(long From, double Offset);

    /// <summary>Whether nothing is added to anything.</summary>
    public bool IsNone => _steps.Length == 0;

    /// <summary>Those of steps: from a time on, so much is added to a series, until its next step.</summary>
    /// <param name="steps">In any order; of two at one time the later one of the list holds. Offsets are in the unit of the series.</param>
    public static Offsets Of(IEnumerable<(SeriesId Series, Instant From, double Offset)> steps) =>
        From(steps.Select(step => (step.Series, Microseconds.Of(step.From), step.Offset)));

    /// <summary>What is added to a reading of a series.</summary>
    public double At(SeriesId series, Instant measuredAt) => At(series, Microseconds.Of(measuredAt));

    /// <summary>Whether the same is added to the same.</summary>
    public bool IsLike(Offsets other) => Changed(other).Count == 0;

    /// <summary>The series to which others add something else, and from when on.</summary>
    internal List<(SeriesId Series, long From)> Changed(Offsets other)
    {
        var changed = new List<(SeriesId, long)>();
        for (var i = 0; i < Math.Max(_steps.Length, other._steps.Length); i++)
        {
            var different = Of(i).Except(other.Of(i)).Concat(other.Of(i).Except(Of(i))).ToArray();
            if (different.Length > 0)
                changed.Add((new SeriesId(i), different.Min(step => step.From)));
        }
        return changed;
    }

    /// <summary>Adds to readings what is to be added.</summary>
    internal void AddTo(Span<Reading> readings)
    {
        if (IsNone)
            return;
        foreach (ref var reading in readings)
            if (At(reading.Series, Microseconds.Of(reading.MeasuredAt)) is var offset and not 0)
                reading = reading with { Value = reading.Value + offset };
    }

    /// <summary>What is added to a series, as SQL over <c>measured_at</c>.</summary>
    internal string Sql(SeriesId series) => Of(series.Value) is { Length: > 0 } steps
        ? $"CASE {string.Concat(steps.Reverse().Select(step => Invariant($"WHEN measured_at >= make_timestamp({step.From}) THEN {step.Offset:R} ")))}ELSE 0 END"
        : "0";

    internal static Offsets Read(DuckDBConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT series, epoch_us(begins_at), value FROM {Table}";
        using var rows = command.ExecuteReader();
        var steps = new List<(SeriesId, long, double)>();
        while (rows.Read())
            steps.Add((new SeriesId(rows.GetInt32(0)), rows.GetInt64(1), rows.GetDouble(2)));
        return From(steps);
    }

    /// <summary>Puts these in the place of the file's; inside the caller's transaction.</summary>
    internal void Write(DuckDBConnection connection)
    {
        connection.Execute($"DELETE FROM {Table}");
        var rows = _steps.SelectMany((steps, series) => (steps ?? []).Select(step => Invariant($"({series}, make_timestamp({step.From}), {step.Offset:R})"))).ToArray();
        if (rows.Length > 0)
            connection.Execute($"INSERT INTO {Table} VALUES {string.Join(", ", rows)}");
    }

    static Offsets From(IEnumerable<(SeriesId Series, long From, double Offset)> steps)
    {
        var bySeries = steps.GroupBy(step => step.Series.Value).ToDictionary(
            series => series.Key, series => series.GroupBy(step => step.From).Select(same => new Step(same.Key, same.Last().Offset)).OrderBy(step => step.From).ToArray());
        if (bySeries.Count == 0)
            return None;
        var table = new Step[]?[bySeries.Keys.Max() + 1];
        foreach (var (series, those) in bySeries)
            table[series] = those;
        return new Offsets(table);
    }

    double At(SeriesId series, long measuredAt)
    {
        if (series.Value >= _steps.Length || _steps[series.Value] is not { } steps)
            return 0;
        for (var i = steps.Length - 1; i >= 0; i--)
            if (measuredAt >= steps[i].From)
                return steps[i].Offset;
        return 0;
    }

    Step[] Of(int series) => series < _steps.Length ? _steps[series] ?? [] : [];
}
