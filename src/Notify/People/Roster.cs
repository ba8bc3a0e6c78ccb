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
        var (rejected, repeated) = (new List<RosterRemark>(), new List<RosterRemark>());
        var rows = new Dictionary<string, RosterRow>();
        var done = 0;
        foreach (var line in file.Lines)
        {
            if (file.Read(line, rejected) is { } row)
            {
                if (rows.TryGetValue(row.Phone, out var earlier))
                    repeated.Add(new RosterRemark(earlier.Line, "phone", earlier.Phone, $"stands again in line {row.Line}, which counts"));
                rows[row.Phone] = row;
            }
            if (++done % ProgressEvery == 0)
                progress?.Report(new RosterProgress(done, file.Lines.Count));
        }
        var (added, updated) = operations.Write(connection =>
        {
            var before = connection.ExecuteScalar<int>("SELECT count(*) FROM recipients");
            var now = clock.GetCurrentInstant();
            connection.Execute(Put, rows.Values.Select(row => new { row.Phone, row.Name, row.WardCode, row.Language, row.LowestLevel, ImportedAt = now }));
            var fresh = connection.ExecuteScalar<int>("SELECT count(*) FROM recipients") - before;
            return (fresh, rows.Count - fresh);
        });
        progress?.Report(new RosterProgress(done, file.Lines.Count));
        var bad = rejected.Select(remark => remark.Line).Distinct().Count();
        Log.RosterImported(log, file.Lines.Count, added, updated, repeated.Count, bad);
        return new RosterReport(file.Lines.Count, added, updated, repeated, rejected);
    }

    /// <summary>How many recipients there are.</summary>
    public long Count() => operations.Read(connection => connection.ExecuteScalar<long>("SELECT count(*) FROM recipients"));

    /// <summary>How many recipients each area has.</summary>
    public IReadOnlyList<AreaCount> ByArea() => operations.Read(connection =>
        connection.Query<AreaCount>("SELECT ward_code, count(*) AS recipients FROM recipients GROUP BY ward_code ORDER BY ward_code").AsList());

    /// <summary>A page of the roster in the order of its numbers.</summary>
    /// <param name="after">The id after which it begins; 0 for the first page.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="wardCode">Only this area; null for all.</param>
    public IReadOnlyList<Recipient> Page(long after, int limit, string? wardCode = null) => operations.Read(connection =>
        connection.Query<Recipient>(Statements.Of("roster-page"), new { after, limit, wardCode }).AsList());

    /// <summary>The recipient with a number; null when the roster has none.</summary>
    public Recipient? Find(PhoneNumber phone) => operations.Read(connection =>
        connection.QuerySingleOrDefault<Recipient>("SELECT * FROM recipients WHERE phone = @E164", new { phone.E164 }));
}
