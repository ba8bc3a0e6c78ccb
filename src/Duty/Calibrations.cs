using System.Collections.Immutable;
using CanhLu.Database;
using Dapper;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CanhLu.Duty;

/// <summary>How gauges are calibrated while the engine runs: rows with who, when and by which staff reading, and the audit beside them in one transaction.</summary>
/// <remarks>A calibration changes what every rule sees. So its size comes from a staff reading and is not typed in, and it ends by hand, never by itself.</remarks>
public sealed class Calibrations(Operations operations, IClock clock, ChangeSignal changes, DutyMetrics metrics, ILogger<Calibrations> logger)
{
    /// <summary>More than this is no drift, mm: another datum belongs into the site's files.</summary>
    public const int MostMillimetres = 3000;

    const int MostAtOnce = 500;
    const string Select = """
        SELECT c.id, c.device, c.from_at, c.offset_mm, c.staff_reading, s.read_at, s.stage_mm AS staff_mm, c.gauge_mm, c.note, c.entered_at, c.entered_by, c.ended_at, c.ended_by
        FROM calibrations c JOIN staff_readings s ON s.id = c.staff_reading
        """;

    readonly Commands _commands = new(operations, clock, changes, metrics);

    /// <summary>A site with the calibrations in force in it.</summary>
    public Site Into(Site site) => site with { Calibrations = [.. InForce().Select(one => new Calibration(one.Device, one.FromAt, one.OffsetMm))] };

    /// <summary>Those of some gauges, also the ended ones, the newest first.</summary>
    public ImmutableArray<CalibrationEntry> Of(IReadOnlyCollection<string> devices) => [.. operations.Read(connection => connection.Query<CalibrationEntry>(
        Select + " WHERE c.device IN @devices ORDER BY c.id DESC LIMIT @MostAtOnce", new { devices, MostAtOnce }).AsList())];

    /// <summary>The gauge of one; null when there is none of this number.</summary>
    public string? DeviceOf(long id) =>
        operations.Read(connection => connection.ExecuteScalar<string?>("SELECT device FROM calibrations WHERE id = @id", new { id }));

    /// <summary>Calibrates a gauge by a staff reading.</summary>
    /// <param name="site">The site in force.</param>
    /// <param name="device">The gauge.</param>
    /// <param name="staff">The number of the staff reading.</param>
    /// <param name="gauge">What the engine held the gauge to say when the staff was read, with what was added to it then.</param>
    /// <param name="from">Since when the gauge is off: not later than the staff was read, and not longer ago than <see cref="StaffReadings.Oldest"/>.</param>
    /// <param name="note">What the person notes; null for nothing.</param>
    /// <param name="who">The person.</param>
    public Answer Enter(Site site, string device, long staff, Stage gauge, Instant from, string? note, string who)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(who);
        var offset = 0;
        var answer = _commands.Write((connection, book) =>
        {
            if (StaffReadings.Find(connection, staff) is not { } proof)
                return new Answer.NotFound();
            if (proof.StruckAt is not null)
                return new Answer.Refused("That staff reading was struck out as a mistake: read the staff again.");
            if (from > proof.ReadAt || from < book.Now - StaffReadings.Oldest)
                return new Answer.Refused($"from is since when the gauge is off: not later than the staff was read ({proof.ReadAt}), and not before {StaffReadings.Oldest.TotalDays:0} days ago.");
            var before = OffsetAt(connection, device, proof.ReadAt);
            offset = before + proof.Stage.Millimetres - gauge.Millimetres;
            if (offset == before)
                return new Answer.Refused("The gauge agrees with this staff reading to the millimetre: there is nothing to calibrate.");
            if (Math.Abs(offset) > MostMillimetres)
                return new Answer.Refused($"{offset} mm would be added; more than {MostMillimetres} mm is no drift. Is the reading right? Another datum belongs into the site's files.");
            var id = connection.ExecuteScalar<long>(
                """
                INSERT INTO calibrations (device, from_at, offset_mm, staff_reading, gauge_mm, note, entered_at, entered_by)
                VALUES (@device, @from, @offset, @staff, @gaugeMm, @Note, @Now, @who) RETURNING id
                """,
                new { device, from, offset, staff, gaugeMm = gauge.Millimetres - before, Note = string.IsNullOrWhiteSpace(note) ? null : note.Trim(), book.Now, who });
            book.Note(
                "calibrated", $"device/{device}", new Facts { OffsetMm = before },
                new Facts { OffsetMm = offset, Since = from.ToString(), StageMm = proof.Stage.Millimetres, MeasuredAt = proof.ReadAt.ToString(), Station = site.Devices.GetValueOrDefault(device)?.Station, Note = note }, who);
            return new Answer.Done(null, id);
        });
        if (answer is Answer.Done)
            Log.Calibrated(logger, who, device, offset, from);
        return answer;
    }

    /// <summary>Ends one: what the gauge sends, and sent since then, counts as before it.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="who">The person.</param>
    public Answer End(long id, string who)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(who);
        var device = "";
        var answer = _commands.Write((connection, book) =>
        {
            switch (connection.QuerySingleOrDefault<CalibrationEntry>(Select + " WHERE c.id = @id", new { id }))
            {
                case null:
                    return new Answer.NotFound();
                case { EndedAt: { } at, EndedBy: { } by }:
                    return new Answer.AlreadyDone("ended", by, at);
                case var entry:
                    device = entry.Device;
                    connection.Execute("UPDATE calibrations SET ended_at = @Now, ended_by = @who WHERE id = @id", new { id, book.Now, who });
                    book.Note("ended a calibration", $"device/{device}", new Facts { OffsetMm = entry.OffsetMm, Since = entry.FromAt.ToString() }, null, who);
                    return new Answer.Done(null, id);
            }
        });
        if (answer is Answer.Done)
            Log.CalibrationEnded(logger, who, id, device);
        return answer;
    }

    ImmutableArray<CalibrationEntry> InForce() =>
        [.. operations.Read(connection => connection.Query<CalibrationEntry>(Select + " WHERE c.ended_at IS NULL ORDER BY c.id").AsList())];

    static int OffsetAt(Microsoft.Data.Sqlite.SqliteConnection connection, string device, Instant at) => connection.ExecuteScalar<int?>(
        "SELECT offset_mm FROM calibrations WHERE device = @device AND ended_at IS NULL AND from_at <= @at ORDER BY from_at DESC, id DESC LIMIT 1", new { device, at }) ?? 0;
}
