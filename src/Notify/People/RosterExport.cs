using System.Globalization;
using CanhLu.Database;
using Dapper;
using NodaTime;
using NodaTime.Text;

namespace CanhLu.Notify;

/// <summary>The roster as a CSV file that <see cref="Roster.Import"/> reads: every column, numbers in clear. Who was erased is not in it.</summary>
/// <param name="operations">Where the roster is.</param>
/// <param name="clock">The engine's clock.</param>
public sealed class RosterExport(Operations operations, IClock clock)
{
    const int AtOnce = 10_000;

    /// <summary>Writes everyone, and into the audit that it was done.</summary>
    /// <param name="csv">Where to.</param>
    /// <param name="who">Who takes it away, for the audit.</param>
    /// <returns>How many people it holds.</returns>
    public long Write(TextWriter csv, string who)
    {
        csv.Write(string.Join(',', RosterColumns.Names) + "\n");
        var (written, after) = (0L, 0L);
        while (true)
        {
            var page = operations.Read(connection => connection.Query<Recipient>(
                Statements.Of("roster-page"), new { after, limit = AtOnce, wardCode = (string?)null }).AsList());
            foreach (var person in page)
                csv.Write(string.Join(',', Cells(person).Select(Cell)) + "\n");
            written += page.Count;
            if (page.Count < AtOnce)
                break;
            after = page[^1].Id;
        }
        operations.Write(connection => connection.Execute(Statements.Of("roster-note"), new
        {
            now = clock.GetCurrentInstant(),
            who,
            action = "exported",
            subject = "roster",
            after = System.Text.Json.JsonSerializer.Serialize(new { people = written }),
        }));
        return written;
    }

    static IEnumerable<string?> Cells(Recipient person) =>
    [
        person.Name, person.Phone.E164, person.WardCode, person.Hamlet, person.Language, person.LowestLevel.ToString(), Thousandths(person.GroundMm), Thousandths(person.RiverM),
        person.Latitude?.ToString("R", CultureInfo.InvariantCulture), person.Longitude?.ToString("R", CultureInfo.InvariantCulture),
        person.Carriers is "" ? "any" : person.Carriers, person.Consent, Moment(person.ConsentAt), Moment(person.OptedOutAt),
    ];

    static string? Thousandths(int? number) => number is { } known ? (known / 1000m).ToString("0.###", CultureInfo.InvariantCulture) : null;

    static string? Moment(Instant? moment) => moment is { } known ? InstantPattern.ExtendedIso.Format(known) : null;

    static string Cell(string? text) => text is null ? ""
        : text.AsSpan().IndexOfAny(",;\"\r\n") >= 0 || text != text.Trim() ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : text;
}
