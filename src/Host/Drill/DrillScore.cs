using System.Globalization;
using System.Text.Json;
using CanhLu.Database;
using Dapper;
using NodaTime;
using Spectre.Console;

namespace CanhLu.Host.Drill;

/// <summary>How the duty team did: for every bulletin of the drill, how long until somebody had heard of it, until it was decided, and until the last of those told had it.</summary>
sealed record DrillScore(IReadOnlyList<DrillLine> Lines)
{
    static readonly JsonSerializerOptions _json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Reads it from the drill's store. Its times run as fast as the drill did; the score is in real seconds.</summary>
    public static DrillScore Of(Operations operations, double speed) => new(operations.Read(connection => connection.Query<Row>(
        """
        SELECT p.id AS proposal, coalesce(p.kind, b.kind) AS kind, coalesce(p.level, b.level) AS level, p.state,
               coalesce(b.decided_by, p.decided_by) AS decided_by,
               coalesce(p.proposed_at, b.decided_at) AS begun_at,
               (SELECT min(c.acknowledged_at) FROM calls c WHERE c.proposal = p.id) AS heard_at,
               coalesce(b.decided_at, p.decided_at) AS decided_at,
               (SELECT max(d.accepted_at) FROM deliveries d WHERE d.bulletin_id = b.id) AS told_at,
               (SELECT count(DISTINCT d.recipient_id) FROM deliveries d WHERE d.bulletin_id = b.id) AS people,
               (SELECT count(DISTINCT d.recipient_id) FROM deliveries d WHERE d.bulletin_id = b.id AND d.state IN ('accepted', 'delivered', 'seen')) AS reached
        FROM (SELECT id AS proposal_id, NULL AS bulletin_id FROM proposals
              WHERE NOT EXISTS (SELECT 1 FROM bulletins WHERE bulletins.proposal = proposals.id AND bulletins.kind <> 'reminder')
              UNION ALL
              SELECT proposal, id FROM bulletins WHERE kind <> 'reminder') AS one
        LEFT JOIN proposals p ON p.id = one.proposal_id
        LEFT JOIN bulletins b ON b.id = one.bulletin_id
        ORDER BY begun_at, one.bulletin_id
        """).Select(row => new DrillLine(
            row.Kind, ((AlarmLevel)row.Level).ToString(), row.State ?? "auto", row.DecidedBy, Seconds(row.BegunAt, row.HeardAt, speed),
            Seconds(row.BegunAt, row.DecidedAt, speed), Seconds(row.BegunAt, row.ToldAt, speed), row.People, row.Reached)).ToList()));

    /// <summary>Writes it for people, or as JSON, one bulletin a line.</summary>
    public void Write(bool json)
    {
        if (json)
        {
            foreach (var line in Lines)
                System.Console.Out.WriteLine(JsonSerializer.Serialize(line, _json));
            return;
        }
        var table = new Table().Title("[[DIỄN TẬP]] Kết quả của kíp trực / how the duty team did")
            .AddColumns("Tin / bulletin", "Ai quyết định / decided by", "Đã nhận / heard", "Quyết định / decided", "Người cuối có tin / last told", "Có tin / reached");
        foreach (var line in Lines)
            table.AddRow(
                $"{line.Kind} {line.Level}", Markup.Escape(line.DecidedBy ?? line.State), Shown(line.HeardAfterS), Shown(line.DecidedAfterS), Shown(line.LastToldAfterS),
                string.Create(CultureInfo.InvariantCulture, $"{line.Reached}/{line.People}"));
        AnsiConsole.Write(table);
    }

    static string Shown(double? seconds) => seconds is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known:0.0} s") : "–";

    static double? Seconds(Instant from, Instant? to, double speed) => to is { } end ? Math.Round((end - from).TotalSeconds / speed, 1) : null;

    sealed record Row
    {
        public required string Kind { get; init; }
        public required int Level { get; init; }
        public string? State { get; init; }
        public string? DecidedBy { get; init; }
        public required Instant BegunAt { get; init; }
        public Instant? HeardAt { get; init; }
        public Instant? DecidedAt { get; init; }
        public Instant? ToldAt { get; init; }
        public int People { get; init; }
        public int Reached { get; init; }
    }
}

/// <summary>One bulletin, or proposal that became none. Real seconds from when it was proposed, or decided by the rule itself.</summary>
/// <param name="Kind">warning, allclear or announcement.</param>
/// <param name="Level">Its level.</param>
/// <param name="State">What became of the proposal; auto when the rule decided.</param>
/// <param name="DecidedBy">Who decided; null for nobody.</param>
/// <param name="HeardAfterS">Until the first officer said that he had heard; null for never.</param>
/// <param name="DecidedAfterS">Until it was decided; null for never.</param>
/// <param name="LastToldAfterS">Until a carrier had the last of its messages; null for none.</param>
/// <param name="People">How many it was for.</param>
/// <param name="Reached">Of how many a carrier has it.</param>
sealed record DrillLine(
    string Kind, string Level, string State, string? DecidedBy, double? HeardAfterS, double? DecidedAfterS, double? LastToldAfterS, int People, int Reached);
