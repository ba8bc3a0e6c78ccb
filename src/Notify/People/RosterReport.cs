namespace CanhLu.Notify;

/// <summary>Something to be said of a line of a roster file.</summary>
/// <param name="Line">Its number in the file; the header is 1.</param>
/// <param name="Column">The column, as <c>phone</c> or <c>ward_code</c>.</param>
/// <param name="Value">What stands there.</param>
/// <param name="Reason">What is wrong with it, after the value in a sentence: <c>is a landline, which gets no SMS</c>.</param>
/// <param name="ReasonVi">The same in Vietnamese.</param>
public sealed record RosterRemark(int Line, string Column, string Value, string Reason, string ReasonVi);

/// <summary>What became of a line.</summary>
public enum RosterOutcome
{
    /// <summary>A new number.</summary>
    Added,

    /// <summary>A number that was known.</summary>
    Updated,

    /// <summary>Its number stands again further down: that line counts.</summary>
    Repeated,

    /// <summary>It was not imported.</summary>
    Rejected,
}

/// <summary>What became of one line of a roster file.</summary>
/// <param name="Line">Its number in the file; the header is 1.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Reason">Why, and what of it was left out; empty when there is nothing to say.</param>
/// <param name="ReasonVi">The same in Vietnamese.</param>
public sealed record RosterLine(int Line, RosterOutcome Outcome, string Reason, string ReasonVi);

/// <summary>What became of a roster file: every line is in exactly one of the counts.</summary>
/// <param name="Lines">Lines with content below the header.</param>
/// <param name="Added">New numbers.</param>
/// <param name="Updated">Numbers that were known.</param>
/// <param name="Repeated">Lines whose number stands again further down: the last one counts.</param>
/// <param name="Rejected">What is wrong with lines that were not imported; one line may have several remarks.</param>
public sealed record RosterReport(
    int Lines, int Added, int Updated, IReadOnlyList<RosterRemark> Repeated, IReadOnlyList<RosterRemark> Rejected)
{
    /// <summary>Values that could not be read in lines that were imported without them.</summary>
    public IReadOnlyList<RosterRemark> LeftOut { get; init; } = [];

    /// <summary>Headings that mean no column of a roster: what stands below them was not read.</summary>
    public IReadOnlyList<string> UnknownColumns { get; init; } = [];

    /// <summary>Every line with what became of it, in the order of the file.</summary>
    public IReadOnlyList<RosterLine> Outcomes { get; init; } = [];

    /// <summary>How many lines were not imported.</summary>
    public int RejectedLines => Outcomes.Count(line => line.Outcome == RosterOutcome.Rejected);
}

/// <summary>How far an import is.</summary>
/// <param name="Done">Lines done.</param>
/// <param name="Of">Lines in all.</param>
public readonly record struct RosterProgress(int Done, int Of);

/// <summary>The file as a whole is no roster: nothing of it was imported.</summary>
/// <param name="message">What is wrong, as a sentence.</param>
public sealed class NotARosterException(string message) : Exception(message);
