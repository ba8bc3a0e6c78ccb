using NodaTime;
using static System.FormattableString;

namespace CanhLu.Archive;

/// <summary>How two values lie to each other.</summary>
public enum Comparison
{
    /// <summary>Equal.</summary>
    Is,

    /// <summary>Not equal.</summary>
    IsNot,

    /// <summary>Greater.</summary>
    Above,

    /// <summary>Greater or equal.</summary>
    AtLeast,

    /// <summary>Less.</summary>
    Below,

    /// <summary>Less or equal.</summary>
    AtMost,
}

/// <summary>What is asked of a reading beside its series.</summary>
public abstract record ReadingCondition
{
    ReadingCondition()
    {
    }

    /// <summary>The condition in the archive's language; of numbers alone, so that nothing can be smuggled in.</summary>
    internal abstract string Sql { get; }

    /// <summary>When it was measured.</summary>
    public sealed record MeasuredAt(Comparison To, Instant Time) : ReadingCondition
    {
        internal override string Sql => Invariant($"measured_at {Sign(To)} make_timestamp({Microseconds.Of(Time)})");
    }

    /// <summary>Its value.</summary>
    /// <param name="To">How it lies to the number.</param>
    /// <param name="Number">The number.</param>
    /// <param name="Thousandths">Series whose values are thousandths of what is meant: a stage, asked for in metres.</param>
    public sealed record Value(Comparison To, double Number, IReadOnlyCollection<SeriesId> Thousandths) : ReadingCondition
    {
        // A missing one has no value: it differs from every number, and lies nowhere.
        internal override string Sql => Invariant($"({(To == Comparison.IsNot ? "flag = 9 OR" : "flag <> 9 AND")} {Meant(Thousandths)} {Sign(To)} {Number:R}::DOUBLE)");
    }

    /// <summary>Its flag.</summary>
    public sealed record Flagged(Comparison To, double Number) : ReadingCondition
    {
        internal override string Sql => Invariant($"flag {Sign(To)} {Number:R}::DOUBLE");
    }

    /// <summary>Its series.</summary>
    public sealed record OfSeries(Comparison To, double Number) : ReadingCondition
    {
        internal override string Sql => Invariant($"series {Sign(To)} {Number:R}::DOUBLE");
    }

    /// <summary>Both.</summary>
    public sealed record And(ReadingCondition One, ReadingCondition Other) : ReadingCondition
    {
        internal override string Sql => $"({One.Sql} AND {Other.Sql})";
    }

    /// <summary>Either, or both.</summary>
    public sealed record Or(ReadingCondition One, ReadingCondition Other) : ReadingCondition
    {
        internal override string Sql => $"({One.Sql} OR {Other.Sql})";
    }

    /// <summary>Not.</summary>
    public sealed record Not(ReadingCondition What) : ReadingCondition
    {
        internal override string Sql => $"(NOT {What.Sql})";
    }

    internal static string Meant(IReadOnlyCollection<SeriesId> thousandths) => thousandths.Count == 0
        ? "value"
        : Invariant($"value / CASE WHEN series IN ({string.Join(',', thousandths.Select(id => id.Value))}) THEN 1000.0::DOUBLE ELSE 1.0::DOUBLE END");

    static string Sign(Comparison to) => to switch
    {
        Comparison.Is => "=",
        Comparison.IsNot => "<>",
        Comparison.Above => ">",
        Comparison.AtLeast => ">=",
        Comparison.Below => "<",
        _ => "<=",
    };
}

/// <summary>Which readings, in which order, and which part of them.</summary>
/// <param name="Series">Whose.</param>
/// <param name="Condition">What is asked of them; null for nothing.</param>
/// <param name="ByValue">Whether the order is that of their values, else of when they were measured.</param>
/// <param name="Descending">Whether the greatest comes first.</param>
/// <param name="Skip">How many of the first are passed over.</param>
/// <param name="Most">How many are given at most.</param>
public sealed record ReadingQuery(IReadOnlyCollection<SeriesId> Series, ReadingCondition? Condition, bool ByValue, bool Descending, int Skip, int Most)
{
    /// <summary>Series whose values are thousandths of what is meant when values are compared.</summary>
    public IReadOnlyCollection<SeriesId> Thousandths { get; init; } = [];
}
