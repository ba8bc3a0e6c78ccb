using System.Globalization;
using DuckDB.NET.Data;
using NodaTime;
using Xunit;
using static CanhLu.AlarmLevel;
using static CanhLu.Tests.Rules.Gauges;

namespace CanhLu.Tests.Rules;

/// <summary>Ten weeks of a real gauge with floods and a clock change, against a plain computation in SQL that shares no code with ours.</summary>
public sealed class KentuckyRiverTests
{
    static readonly string _file = Path.Combine(AppContext.BaseDirectory, "Data", "usgs-03287500-2014.rdb");

    [Theory]
    [InlineData(3800, 3700, 5000, 4800, 6500, 6000, 0, 0)]
    [InlineData(3800, 3700, 5000, 4800, 6500, 6000, 30, 60)]
    [InlineData(3706, 3706, 4500, 4400, 7000, 6900, 30, 0)]
    [InlineData(3500, 3400, 3520, 3420, 3540, 3440, 45, 120)]
    public void The_alarms_are_those_of_a_plain_computation_in_sql(
        int raiseI, int clearI, int raiseII, int clearII, int raiseIII, int clearIII, int raiseHold, int clearHold)
    {
        Threshold Step(int raise, int clear) =>
            new(new Stage(raise), new Stage(clear), Duration.FromMinutes(raiseHold), Duration.FromMinutes(clearHold));
        var judge = One(new ThresholdSet(default, Step(raiseI, clearI), Step(raiseII, clearII), Step(raiseIII, clearIII)), BaoDong);
        var ours = judge.Take(Readings()).Select(alarm => (At: alarm.Since, alarm.Level, Stage: (int)alarm.Evidence.Value)).ToArray();
        Assert.True(ours.Length > 4, "These thresholds say too little.");
        Assert.Equal(Sql([(raiseI, clearI), (raiseII, clearII), (raiseIII, clearIII)], raiseHold, clearHold), ours);
    }

    [Fact]
    public void A_hold_runs_over_the_clock_change_in_the_rivers_time()
    {
        Reading[] night = [.. Readings().Where(one => one.MeasuredAt >= Instant.FromUtc(2014, 3, 9, 6, 0)
            && one.MeasuredAt <= Instant.FromUtc(2014, 3, 9, 7, 30))];
        // 01:45 EST and 03:00 EDT are a quarter of an hour apart.
        Assert.All(night.Zip(night.Skip(1)), pair => Assert.Equal(Duration.FromMinutes(15), pair.Second.MeasuredAt - pair.First.MeasuredAt));
        var step = new Threshold(new Stage(3706), new Stage(3706), Duration.FromMinutes(30), Duration.Zero);
        var judge = One(new ThresholdSet(default, step, step with { Raise = new Stage(9000) }, step with { Raise = new Stage(9000) }), BaoDong);
        var changes = judge.Take(Readings());
        Assert.Contains(changes, alarm => alarm.Level == I && alarm.Since == Instant.FromUtc(2014, 3, 9, 7, 15));
    }

    static Reading[] Readings() =>
    [
        .. from line in File.ReadLines(_file)
           where line.StartsWith("USGS\t", StringComparison.Ordinal)
           let field = line.Split('\t')
           where field[8].Length > 0
           let local = DateTime.ParseExact(field[2], "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
           let at = LocalDateTime.FromDateTime(local).WithOffset(Offset.FromHours(field[3] == "EST" ? -5 : -4)).ToInstant()
           let stage = Stage.FromMetres(decimal.Parse(field[8], CultureInfo.InvariantCulture) * 0.3048m)
           select new Reading(new SeriesId(1), at, at, stage.Millimetres, Flag.Good),
    ];

    /// <summary>With one hold for all levels each level is a latch of its own: set by a run at or above Raise that has lasted, put back by a run below Clear
    /// that has. A run is an island of rows between two that contradict it.</summary>
    static (Instant At, AlarmLevel Level, int Stage)[] Sql((int Raise, int Clear)[] steps, int raiseHold, int clearHold)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            WITH river AS (
                SELECT strptime(datetime, '%Y-%m-%d %H:%M') + CASE tz_cd WHEN 'EST' THEN INTERVAL 5 HOUR WHEN 'EDT' THEN INTERVAL 4 HOUR END AS t,
                       CAST(round(CAST("07_00065" AS DECIMAL(9, 2)) * 304.8) AS INTEGER) AS stage
                FROM read_csv('{_file}', delim = '\t', comment = '#', header = true, all_varchar = true)
                WHERE agency_cd = 'USGS' AND "07_00065" IS NOT NULL),
            steps(level, raise, clear) AS (VALUES (1, {steps[0].Raise}, {steps[0].Clear}), (2, {steps[1].Raise}, {steps[1].Clear}),
                (3, {steps[2].Raise}, {steps[2].Clear})),
            islands AS (
                SELECT level, t, stage, stage >= raise AS high, stage < clear AS low,
                       count(*) FILTER (WHERE stage < raise) OVER so_far AS high_island,
                       count(*) FILTER (WHERE stage >= clear) OVER so_far AS low_island
                FROM river, steps WINDOW so_far AS (PARTITION BY level ORDER BY t)),
            runs AS (
                SELECT *, min(t) FILTER (WHERE high) OVER (PARTITION BY level, high_island) AS high_since,
                       min(t) FILTER (WHERE low) OVER (PARTITION BY level, low_island) AS low_since
                FROM islands),
            latches AS (
                SELECT t, stage, last_value(CASE WHEN high AND t - high_since >= INTERVAL {raiseHold} MINUTE THEN 1
                                                  WHEN low AND t - low_since >= INTERVAL {clearHold} MINUTE THEN 0 END IGNORE NULLS)
                                  OVER (PARTITION BY level ORDER BY t) AS latched
                FROM runs),
            levels AS (SELECT t, any_value(stage) AS stage, coalesce(sum(latched), 0) AS level FROM latches GROUP BY t),
            changes AS (SELECT *, lag(level, 1, 0) OVER (ORDER BY t) AS before FROM levels)
            SELECT epoch_ms(t), CAST(level AS INTEGER), stage FROM changes WHERE level <> before ORDER BY t
            """;
        using var reader = command.ExecuteReader();
        var changes = new List<(Instant, AlarmLevel, int)>();
        while (reader.Read())
            changes.Add((Instant.FromUnixTimeMilliseconds(reader.GetInt64(0)), (AlarmLevel)reader.GetInt32(1), reader.GetInt32(2)));
        return [.. changes];
    }
}
