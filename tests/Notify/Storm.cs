using Dapper;
using NodaTime;
using NodaTime.Testing;

namespace CanhLu.Tests.Notify;

/// <summary>A river with four stations, each of which warns the same ward, and alarms that stand at several of them at once.</summary>
sealed class Storm : IDisposable
{
    readonly Dictionary<string, long> _episodes = [];

    public Storm(int people, int stations = 4)
    {
        River.Site = River.Site with { Stations = [.. Enumerable.Range(0, stations).Select(i => River.Site.Stations[0] with { Id = $"s{i}", Areas = [River.Ward] })] };
        River.People(people);
    }

    public River River { get; } = new();

    public FakeClock Clock { get; } = new(River.Now);

    public Engine Engine(ScriptedCarrier carrier, Dictionary<string, string?>? settings = null) => new(River, [carrier], settings, Clock);

    /// <summary>An alarm rises: a bulletin, and an episode when it has none.</summary>
    public long Warn(string station, AlarmLevel level, Cause cause = Cause.Threshold, Duration? validFor = null)
    {
        if (!_episodes.TryGetValue(station, out var episode))
            _episodes[station] = episode = River.Operations.Write(connection => connection.ExecuteScalar<long>(
                "INSERT INTO episodes (subject, rule, cause, opened_at, level, changed_at, peak_level) VALUES (@station, @Rule, 'threshold', 0, 1, 0, 1) RETURNING id",
                new { station, River.Rule }));
        return Decide(station, episode, "warning", level, cause, validFor ?? Duration.FromHours(6));
    }

    /// <summary>It is over: the all-clear, and the episode's end.</summary>
    public long End(string station, Duration? validFor = null)
    {
        _episodes.Remove(station, out var episode);
        return Decide(station, episode, "allclear", AlarmLevel.None, Cause.Threshold, validFor ?? Duration.FromHours(24));
    }

    /// <summary>The states of a bulletin's deliveries, by how many.</summary>
    public string States(long bulletin) => string.Join(' ', River.List<string>(
        "SELECT state || ' ' || count(*) FROM deliveries WHERE bulletin_id = @bulletin GROUP BY state ORDER BY state", new { bulletin }));

    public int Open() => River.Ask<int>("SELECT count(*) FROM debts WHERE paid_at IS NULL");

    public void Dispose() => River.Dispose();

    long Decide(string station, long episode, string kind, AlarmLevel level, Cause cause, Duration validFor) => River.Operations.Write(connection => connection.ExecuteScalar<long>(
        """
        UPDATE episodes SET ended_at = 1, level = 0 WHERE id = @episode AND @kind = 'allclear';
        INSERT INTO bulletins (episode, sequence, station, rule, cause, kind, level, stage_mm, rate_mm_per_h, measured_at, decided_at, decided_by, not_after)
        VALUES (@episode, (SELECT count(*) + 1 FROM bulletins WHERE episode = @episode), @station, @Rule, @cause, @kind, @level, 2680, 52, @now, @now, 'auto', @until)
        RETURNING id
        """,
        new
        {
            episode,
            station,
            River.Rule,
            cause = cause.ToString().ToLowerInvariant(),
            kind,
            level,
            now = Clock.GetCurrentInstant(),
            until = Clock.GetCurrentInstant() + validFor,
        }));
}
