using System.Globalization;
using System.Text.Json.Nodes;
using NodaTime;

namespace CanhLu.Console.SensorThings;

/// <summary>Filters and orders entities that are in memory: all but observations.</summary>
sealed class Sifting(Catalog catalog)
{
    /// <summary>Whether an entity meets a filter. A path that leads to many is met when one of them meets it.</summary>
    public bool Meets(Entity entity, Filter filter) => filter switch
    {
        Filter.And both => Meets(entity, both.One) && Meets(entity, both.Other),
        Filter.Or either => Meets(entity, either.One) || Meets(entity, either.Other),
        Filter.Not not => !Meets(entity, not.What),
        Filter.Compare compare => Values(entity, compare.Left).Any(left => Values(entity, compare.Right).Any(right => Holds(compare.Is, left, right))),
        _ => throw new InvalidOperationException($"{filter} is no filter."),
    };

    /// <summary>The entities in an order; equal ones stay as they were.</summary>
    public IEnumerable<Entity> Ordered(IEnumerable<Entity> entities, IReadOnlyList<Order> order)
    {
        IOrderedEnumerable<Entity>? ordered = null;
        foreach (var one in order)
        {
            Comparable Key(Entity entity) => new(Values(entity, one.By).FirstOrDefault());
            ordered = (ordered, one.Descending) switch
            {
                (null, false) => entities.OrderBy(Key),
                (null, true) => entities.OrderByDescending(Key),
                ({ } before, false) => before.ThenBy(Key),
                ({ } before, true) => before.ThenByDescending(Key),
            };
        }
        return ordered ?? entities;
    }

    IEnumerable<object?> Values(Entity entity, Operand operand) => operand switch
    {
        Operand.Number number => [number.Value],
        Operand.Text text => [text.Value],
        Operand.Time time => [time.Value],
        Operand.Truth truth => [truth.Value],
        Operand.Nothing => [null],
        Operand.Path path => Values(entity, path, 0),
        _ => throw new InvalidOperationException($"{operand} is no operand."),
    };

    IEnumerable<object?> Values(Entity entity, Operand.Path path, int step)
    {
        var name = path.Steps[step];
        if (Shape.Way(entity.Set, name) is { } way)
        {
            if (step == path.Steps.Count - 1 || way.To == EntitySet.Observations)
                throw RefusedException.Wrong($"{path} is no property to compare.");
            return catalog.Behind(entity, way.To).SelectMany(behind => Values(behind, path, step + 1));
        }
        if (!Shape.HasProperty(entity.Set, name))
            throw RefusedException.Wrong($"{entity.Set} have no {Short(name)}; they have {string.Join(", ", ["id", .. Shape.PropertiesOf(entity.Set)])}.");
        var node = name is "id" or "@iot.id" ? entity.IdNode : entity.Body[name];
        foreach (var inner in path.Steps.Skip(step + 1))
            node = (node as JsonObject)?[inner];
        return [Of(node)];
    }

    /// <summary>A property that a set does not have is refused also where there is nothing to look at.</summary>
    public static void Check(EntitySet set, Filter filter)
    {
        switch (filter)
        {
            case Filter.And both:
                Check(set, both.One);
                Check(set, both.Other);
                break;
            case Filter.Or either:
                Check(set, either.One);
                Check(set, either.Other);
                break;
            case Filter.Not not:
                Check(set, not.What);
                break;
            case Filter.Compare compare:
                Check(set, compare.Left);
                Check(set, compare.Right);
                break;
        }
    }

    public static void Check(EntitySet set, Operand operand)
    {
        if (operand is not Operand.Path path)
            return;
        foreach (var (i, name) in path.Steps.Index())
        {
            if (Shape.Way(set, name) is { } way && i < path.Steps.Count - 1)
                set = way.To;
            else if (Shape.HasProperty(set, name))
                return;
            else
                throw RefusedException.Wrong($"{set} have no {Short(name)}; they have {string.Join(", ", ["id", .. Shape.PropertiesOf(set)])}.");
        }
    }

    static string Short(string name) => name.Length <= 40 ? name : name[..40] + "…";

    static object? Of(JsonNode? node) => node is not JsonValue value ? null
        : value.TryGetValue<string>(out var text) ? text
        : value.TryGetValue<bool>(out var truth) ? truth
        : double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture);

    static bool Holds(Operator comparison, object? left, object? right)
    {
        // A time is kept as a text; whoever compares it with a time means the time.
        if (left is Instant && right is string rightText)
            right = FilterParser.Time(rightText);
        if (right is Instant && left is string leftText)
            left = FilterParser.Time(leftText);
        if (left is null || right is null || left.GetType() != right.GetType())
            return comparison == Operator.Eq ? left is null && right is null : comparison == Operator.Ne && !(left is null && right is null);
        var order = new Comparable(left).CompareTo(new Comparable(right));
        return comparison switch
        {
            Operator.Eq => order == 0,
            Operator.Ne => order != 0,
            Operator.Gt => order > 0,
            Operator.Ge => order >= 0,
            Operator.Lt => order < 0,
            _ => order <= 0,
        };
    }

    /// <summary>A value in an order: nothing first, then texts by their letters, numbers, times.</summary>
    readonly record struct Comparable(object? Value) : IComparable<Comparable>
    {
        public int CompareTo(Comparable other) => (Value, other.Value) switch
        {
            (null, null) => 0,
            (null, _) => -1,
            (_, null) => 1,
            (string a, string b) => string.CompareOrdinal(a, b),
            (double a, double b) => a.CompareTo(b),
            (Instant a, Instant b) => a.CompareTo(b),
            (bool a, bool b) => a.CompareTo(b),
            var (a, b) => string.CompareOrdinal(a.GetType().Name, b.GetType().Name),
        };
    }
}
