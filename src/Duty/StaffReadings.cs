using System.Collections.Immutable;
using CanhLu.Database;
using Dapper;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CanhLu.Duty;

/// <summary>What people read off staff gauges: rows with who and when, held against what the gauges said. They raise and clear nothing, and change no reading by themselves: <see cref="Calibrations"/> do, by them.</summary>
public sealed class StaffReadings(Operations operations, IClock clock, ChangeSignal changes, DutyMetrics metrics, ILogger<StaffReadings> logger)
{
    /// <summary>Higher or lower than this no staff stands.</summary>
    public const decimal MostMetres = 100;

    /// <summary>Older than this nobody remembers it.</summary>
    public static readonly Duration Oldest = Duration.FromDays(31);

    static readonly Duration ClockOff = Duration.FromMinutes(5);

    const string Select = "SELECT id, station, read_at, stage_mm AS stage, note, entered_at, entered_by, struck_at, struck_by FROM staff_readings";

    readonly Commands _commands = new(operations, clock, changes, metrics);

    /// <summary>Those of a station and a stretch that count, the oldest first.</summary>
    /// <param name="station">The station's id.</param>
    /// <param name="from">Read at or after.</param>
    /// <param name="to">Read before.</param>
    /// <param name="count">How many at most: the newest.</param>
    public ImmutableArray<StaffReading> Of(string station, Instant from, Instant to, int count) => [.. operations.Read(connection => connection.Query<StaffReading>(
        Select + " WHERE station = @station AND struck_at IS NULL AND read_at >= @from AND read_at < @to ORDER BY read_at DESC, id DESC LIMIT @count",
        new { station, from, to, count }).Reverse().ToList())];

    /// <summary>Enters one.</summary>
    /// <param name="station">The station.</param>
    /// <param name="at">When it was read.</param>
    /// <param name="metres">The height over the station's datum.</param>
    /// <param name="note">What the person notes; null for nothing.</param>
    /// <param name="who">The person.</param>
    public Answer Enter(Station station, Instant at, decimal metres, string? note, string who)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(who);
        if (metres is < -MostMetres or > MostMetres)
            return new Answer.Refused($"metres is a height over {station.Datum}, from -{MostMetres} to {MostMetres}.");
        var stage = Stage.FromMetres(metres);
        var answer = _commands.Write((connection, book) =>
        {
            if (at > book.Now + ClockOff || at < book.Now - Oldest)
                return new Answer.Refused($"at is when it was read: not later than now, and not before {Oldest.TotalDays:0} days ago.");
            var id = connection.ExecuteScalar<long>(
                """
                INSERT INTO staff_readings (station, read_at, stage_mm, note, entered_at, entered_by)
                VALUES (@Station, @at, @stage, @Note, @Now, @who) RETURNING id
                """,
                new { Station = station.Id, at, stage, Note = string.IsNullOrWhiteSpace(note) ? null : note.Trim(), book.Now, who });
            book.Note("entered", $"staff/{id}", null, new Facts { Station = station.Id, StageMm = stage.Millimetres, MeasuredAt = at.ToString(), Note = note }, who);
            return new Answer.Done(null, id);
        });
        if (answer is Answer.Done)
            Log.StaffRead(logger, who, station.Id, stage);
        return answer;
    }

    /// <summary>Strikes one out as a mistake: it stays as a row, and counts no more.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="who">The person.</param>
    public Answer Strike(long id, string who)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(who);
        return _commands.Write((connection, book) =>
        {
            switch (Find(connection, id))
            {
                case null:
                    return new Answer.NotFound();
                case { StruckAt: { } at, StruckBy: { } by }:
                    return new Answer.AlreadyDone("struck out", by, at);
                case not null when connection.ExecuteScalar<long?>("SELECT id FROM calibrations WHERE staff_reading = @id AND ended_at IS NULL", new { id }) is { } calibration:
                    return new Answer.Refused($"Calibration {calibration} is proved by this reading: end the calibration first.");
                case var reading:
                    connection.Execute("UPDATE staff_readings SET struck_at = @Now, struck_by = @who WHERE id = @id", new { id, book.Now, who });
                    book.Note("struck out", $"staff/{id}", new Facts { Station = reading.Station, StageMm = reading.Stage.Millimetres, MeasuredAt = reading.ReadAt.ToString() }, null, who);
                    return new Answer.Done(null, id);
            }
        });
    }

    /// <summary>One of them, struck out or not; null when there is none of this number.</summary>
    public StaffReading? Of(long id) => operations.Read(connection => Find(connection, id));

    internal static StaffReading? Find(Microsoft.Data.Sqlite.SqliteConnection connection, long id) =>
        connection.QuerySingleOrDefault<StaffReading>(Select + " WHERE id = @id", new { id });

    /// <summary>The station of one; null when there is none of this number.</summary>
    public string? StationOf(long id) =>
        operations.Read(connection => connection.ExecuteScalar<string?>("SELECT station FROM staff_readings WHERE id = @id", new { id }));
}
