using CanhLu.Database;
using Dapper;
using NodaTime;

namespace CanhLu.Notify;

/// <summary>All recipients.</summary>
/// <param name="operations">Where they are kept.</param>
/// <param name="site">The site in force.</param>
/// <param name="clock">The engine's clock.</param>
/// <param name="log">Facts for the operator.</param>
public sealed class Roster(Operations operations, Func<Site> site, IClock clock, Microsoft.Extensions.Logging.ILogger<Roster> log)
{
    const int ProgressEvery = 1000;

    static readonly string Put = Statements.Of("roster-put");

    /// <summary>Imports a CSV file in one transaction: a known number is updated, a new one added, every line that cannot be read is reported.</summary>
    /// <param name="csv">The file's text (see <see cref="RosterFile"/> for its form).</param>
    /// <param name="progress">Told every thousand lines; null for nobody.</param>
    /// <exception cref="NotARosterException">The file as a whole is no roster; nothing was imported.</exception>
    public RosterReport Import(TextReader csv, IProgress<RosterProgress>? progress = null)
    {
        var file = RosterFile.Open(csv, site());
        var (rejected, leftOut, again) = (new List<RosterRemark>(), new List<RosterRemark>(), new List<RosterRow>());
        var rows = new Dictionary<string, RosterRow>();
        var done = 0;
        foreach (var line in file.Lines)
        {
            if (file.Read(line, rejected, leftOut) is { } row)
            {
                if (rows.TryGetValue(row.Phone, out var earlier))
                    again.Add(earlier);
                rows[row.Phone] = row;
            }
            if (++done % ProgressEvery == 0)
                progress?.Report(new RosterProgress(done, file.Lines.Count));
        }
        var repeated = again.Select(row => new RosterRemark(
            row.Line, "phone", row.Phone, $"stands again in line {rows[row.Phone].Line}, which counts", $"có lại ở dòng {rows[row.Phone].Line}, lấy dòng đó")).ToList();
        var known = operations.Write(connection =>
        {
            var before = connection.Query<string>("SELECT phone FROM recipients").ToHashSet();
            var now = clock.GetCurrentInstant();
            connection.Execute(Put, rows.Values.Select(row => row with { ImportedAt = now }));
            connection.Execute(Statements.Of("roster-rank"));
            return before;
        });
        progress?.Report(new RosterProgress(done, file.Lines.Count));
        var outcomes = Outcomes(file, rows.Values.ToDictionary(row => row.Line, row => known.Contains(row.Phone)), repeated, rejected, leftOut);
        var report = new RosterReport(
            file.Lines.Count, outcomes.Count(line => line.Outcome == RosterOutcome.Added), outcomes.Count(line => line.Outcome == RosterOutcome.Updated), repeated, rejected)
        {
            LeftOut = leftOut,
            UnknownColumns = file.Unknown,
            Outcomes = outcomes,
        };
        Log.RosterImported(log, report.Lines, report.Added, report.Updated, repeated.Count, report.RejectedLines);
        return report;
    }

    /// <summary>How many recipients there are.</summary>
    public long Count() => operations.Read(connection => connection.ExecuteScalar<long>("SELECT count(*) FROM recipients WHERE erased_at IS NULL"));

    /// <summary>How many recipients each area has.</summary>
    public IReadOnlyList<AreaCount> ByArea() => operations.Read(connection =>
        connection.Query<AreaCount>("SELECT ward_code, count(*) AS recipients FROM recipients WHERE erased_at IS NULL GROUP BY ward_code ORDER BY ward_code").AsList());

    /// <summary>A page of the roster in the order of its numbers.</summary>
    /// <param name="after">The id after which it begins; 0 for the first page.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="wardCode">Only this area; null for all.</param>
    public IReadOnlyList<Recipient> Page(long after, int limit, string? wardCode = null) => operations.Read(connection =>
        connection.Query<Recipient>(Statements.Of("roster-page"), new { after, limit, wardCode }).AsList());

    /// <summary>The ids of those whose name has some words, whatever their marks and capitals; the last one need not be whole.</summary>
    /// <param name="name">The words, as they follow each other in the name.</param>
    /// <param name="wardCode">Only of this area; null for all.</param>
    /// <param name="limit">At most so many.</param>
    public IReadOnlyList<long> Named(string name, string? wardCode, int limit)
    {
        var words = Plain(name);
        return operations.Read(connection => connection
            .Query<(long Id, string Name)>(
                "SELECT id, name FROM recipients WHERE erased_at IS NULL AND (@wardCode IS NULL OR ward_code = @wardCode) ORDER BY id", new { wardCode }, buffered: false)
            .Where(one => Plain(one.Name).Contains(words, StringComparison.Ordinal)).Select(one => one.Id).Take(limit).ToList());

        static string Plain(string text) => $" {Unaccented.Of(text.Trim()).ToLowerInvariant()}";
    }

    /// <summary>The recipient with a number; null when the roster has none.</summary>
    public Recipient? Find(PhoneNumber phone) => operations.Read(connection =>
        connection.QuerySingleOrDefault<Recipient>("SELECT * FROM recipients WHERE phone = @E164", new { phone.E164 }));

    static List<RosterLine> Outcomes(
        RosterFile file, Dictionary<int, bool> isKnown, List<RosterRemark> repeated, List<RosterRemark> rejected, List<RosterRemark> leftOut)
    {
        var again = repeated.Select(remark => remark.Line).ToHashSet();
        var remarks = repeated.Concat(rejected).Concat(leftOut).ToLookup(remark => remark.Line);
        return
        [
            .. file.Lines.Select(line => new RosterLine(
                line.Number,
                isKnown.TryGetValue(line.Number, out var known) ? known ? RosterOutcome.Updated : RosterOutcome.Added
                    : again.Contains(line.Number) ? RosterOutcome.Repeated : RosterOutcome.Rejected,
                string.Join("; ", remarks[line.Number].Select(remark => $"{remark.Column} '{remark.Value}' {remark.Reason}")),
                string.Join("; ", remarks[line.Number].Select(remark => $"{remark.Column} '{remark.Value}' {remark.ReasonVi}")))),
        ];
    }
}
