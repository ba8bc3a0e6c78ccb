using NodaTime;

namespace CanhLu.Console.SensorThings;

/// <summary>What <c>$filter</c> asks, as a tree.</summary>
abstract record Filter
{
    public sealed record And(Filter One, Filter Other) : Filter;

    public sealed record Or(Filter One, Filter Other) : Filter;

    public sealed record Not(Filter What) : Filter;

    public sealed record Compare(Operator Is, Operand Left, Operand Right) : Filter;
}

/// <summary>The comparisons of <c>$filter</c>.</summary>
enum Operator
{
    Eq,
    Ne,
    Gt,
    Ge,
    Lt,
    Le,
}

/// <summary>One side of a comparison.</summary>
abstract record Operand
{
    /// <summary>A property, by way of other entities: <c>Datastream/Thing/name</c>.</summary>
    public sealed record Path(IReadOnlyList<string> Steps) : Operand
    {
        public override string ToString() => string.Join('/', Steps);
    }

    public sealed record Number(double Value) : Operand;

    public sealed record Text(string Value) : Operand;

    public sealed record Time(Instant Value) : Operand;

    public sealed record Truth(bool Value) : Operand;

    public sealed record Nothing : Operand;
}
