using System.Collections.Immutable;
using CanhLu.Console.Live;
using CanhLu.Duty;
using CanhLu.Rules;
using NodaTime.Text;

namespace CanhLu.Console.Explaining;

/// <summary>An explanation as the API gives it and the command line prints it.</summary>
/// <param name="Station">The station's id.</param>
/// <param name="At">The instant, ISO 8601.</param>
/// <param name="CameLater">How many stages had been measured by then and came in later.</param>
/// <param name="Readings">The stages that the judgement rests on, mm, with their flags.</param>
/// <param name="Rules">The rules of the station, those in force now.</param>
/// <param name="SiteChanges">Changes of the site since that instant: by them the rules may have been others then.</param>
public sealed record ExplanationView(
    string Station, string At, int CameLater, ImmutableArray<ExplanationView.Read> Readings, ImmutableArray<ExplanationView.Ruled> Rules,
    ImmutableArray<ExplanationView.Changed> SiteChanges)
{
    /// <summary>A stage.</summary>
    /// <param name="Device">Whose it is.</param>
    /// <param name="MeasuredAt">By the river's clock.</param>
    /// <param name="ReceivedAt">By ours.</param>
    /// <param name="Value">mm.</param>
    /// <param name="Flag">The QARTOD flag.</param>
    public sealed record Read(string Device, string MeasuredAt, string ReceivedAt, double Value, int Flag);

    /// <summary>A rule.</summary>
    /// <param name="Rule">Its id.</param>
    /// <param name="Cause">What it judges.</param>
    /// <param name="Level">The level that held.</param>
    /// <param name="Since">Since when.</param>
    /// <param name="Vi">In a Vietnamese sentence.</param>
    /// <param name="En">In an English one.</param>
    /// <param name="Clauses">What had to be so.</param>
    public sealed record Ruled(string Rule, string Cause, string Level, string? Since, string Vi, string En, ImmutableArray<Said> Clauses);

    /// <summary>A change of the site.</summary>
    /// <param name="At">When it was taken over.</param>
    /// <param name="Facts">What changed, as JSON.</param>
    public sealed record Changed(string At, System.Text.Json.JsonElement Facts);

    /// <summary>A clause.</summary>
    /// <param name="Kind">Which: <c>reached</c>, <c>raise_held</c>…</param>
    /// <param name="Holds">Whether it was so.</param>
    /// <param name="Vi">In a Vietnamese sentence.</param>
    /// <param name="En">In an English one.</param>
    public sealed record Said(string Kind, bool Holds, string Vi, string En);

    /// <summary>Puts an explanation into words.</summary>
    public static ExplanationView Of(
        Explanation explanation, Site site, IReadOnlyCollection<Series> series, ImmutableArray<(string Rule, Quiet? Quiet, AskedBecause? Because)> heldBack,
        IEnumerable<AuditEntry> siteChanges)
    {
        var (vi, en) = (new ExplanationWording(site, series, "vi"), new ExplanationWording(site, series, "en"));
        var devices = series.ToDictionary(one => one.Id, one => one.Device);
        return new ExplanationView(
            explanation.Station, Text(explanation.At), explanation.CameLater,
            [
                .. explanation.Readings.Select(one => new Read(
                    devices.GetValueOrDefault(one.Series, ""), Text(one.MeasuredAt), Text(one.ReceivedAt), one.Value, (int)one.Flag)),
            ],
            [
                .. explanation.Rules.Select(rule => new Ruled(
                    rule.Rule, rule.Cause.ToString(), rule.Level.ToString(), rule.Since is { } since ? Text(since) : null, vi.Of(rule), en.Of(rule),
                    [
                        .. rule.Clauses.Select(clause => new Said(Kind(clause), clause.Holds, vi.Of(clause), en.Of(clause))),
                        .. heldBack.Where(one => one.Rule == rule.Rule).SelectMany(one => HeldBack(one.Quiet, one.Because, site)),
                    ])),
            ],
            [.. siteChanges.Select(change => new Changed(Text(change.At), System.Text.Json.JsonElement.Parse(change.After ?? "{}")))]);
    }

    static IEnumerable<Said> HeldBack(Quiet? quiet, AskedBecause? because, Site site)
    {
        if (quiet is not null && QuietWording.Of(quiet.Reason, quiet.By, site) is var (quietVi, quietEn))
            yield return new Said("kept_quiet", false, quietVi, quietEn);
        if (because is { } asked && QuietWording.Of(asked) is var (askedVi, askedEn))
            yield return new Said("asked_first", false, askedVi, askedEn);
    }

    static string Text(NodaTime.Instant at) => InstantPattern.ExtendedIso.Format(at);

    static string Kind(Clause clause) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(clause.GetType().Name);
}
