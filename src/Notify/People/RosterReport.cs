namespace CanhLu.Notify;

/// <summary>A line of a roster file that was not imported, or a value in it that was repeated.</summary>
/// <param name="Line">Its number in the file; the header is 1.</param>
/// <param name="Column">The column: <c>name</c>, <c>phone</c>, <c>ward_code</c>, <c>language</c>, <c>lowest_level</c>, or <c>line</c> for the whole of it.</param>
/// <param name="Value">What stands there.</param>
/// <param name="Reason">What is wrong with it, after the value in a sentence: <c>is a landline, which gets no SMS</c>.</param>
public sealed record RosterRemark(int Line, string Column, string Value, string Reason);

/// <summary>What became of a roster file: every line is in exactly one of the counts.</summary>
/// <param name="Lines">Lines with content below the header.</param>
/// <param name="Added">New numbers.</param>
/// <param name="Updated">Numbers that were known.</param>
/// <param name="Repeated">Lines whose number stands again further down: the last one counts.</param>
/// <param name="Rejected">Lines that were not imported, with the reason.</param>
public sealed record RosterReport(
    int Lines, int Added, int Updated, IReadOnlyList<RosterRemark> Repeated, IReadOnlyList<RosterRemark> Rejected);

/// <summary>How far an import is.</summary>
/// <param name="Done">Lines done.</param>
/// <param name="Of">Lines in all.</param>
public readonly record struct RosterProgress(int Done, int Of);

/// <summary>The file as a whole is no roster: nothing of it was imported.</summary>
/// <param name="message">What is wrong, as a sentence.</param>
public sealed class NotARosterException(string message) : Exception(message);
