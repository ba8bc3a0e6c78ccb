using CanhLu.Archive;

namespace CanhLu.Console.SensorThings;

/// <summary>Puts a question about observations into the archive's terms.</summary>
static class ObservationAsking
{
    const string Possible = "observations are asked for by phenomenonTime, resultTime, result, resultQuality/qartod and Datastream/id";

    /// <summary>The readings that are meant.</summary>
    /// <exception cref="RefusedException">The archive cannot be asked so.</exception>
    public static ReadingQuery Of(IReadOnlyCollection<Stream> streams, Question question, int most)
    {
        SeriesId[] stages = [.. streams.Where(stream => stream.IsStage).Select(stream => stream.Series.Id)];
        var (byValue, descending) = question.OrderBy switch
        {
            // The newest first: what a map wants.
            [] => (false, true),
            [{ By.Steps: ["phenomenonTime" or "resultTime"] } one] => (false, one.Descending),
            [{ By.Steps: ["result"] } one, ..] => (true, one.Descending),
            [{ By.Steps: ["id" or "@iot.id"] } one] => (false, one.Descending),
            _ => throw RefusedException.Wrong("$orderby of observations is one of phenomenonTime, resultTime, result or id."),
        };
        return new ReadingQuery([.. streams.Select(stream => stream.Series.Id)], question.Filter is { } filter ? Of(filter, stages) : null, byValue, descending, question.Skip, most)
        {
            Thousandths = stages,
        };
    }

    static ReadingCondition Of(Filter filter, SeriesId[] stages) => filter switch
    {
        Filter.And both => new ReadingCondition.And(Of(both.One, stages), Of(both.Other, stages)),
        Filter.Or either => new ReadingCondition.Or(Of(either.One, stages), Of(either.Other, stages)),
        Filter.Not not => new ReadingCondition.Not(Of(not.What, stages)),
        Filter.Compare { Left: Operand.Path path } compare => Of(path, Word(compare.Is), compare.Right, stages),
        Filter.Compare { Right: Operand.Path path } compare => Of(path, Turned(Word(compare.Is)), compare.Left, stages),
        _ => throw RefusedException.Wrong($"A comparison needs a property on one side: {Possible}."),
    };

    static ReadingCondition Of(Operand.Path path, Comparison to, Operand than, SeriesId[] stages) => (path.Steps, than) switch
    {
        (["phenomenonTime" or "resultTime"], Operand.Time time) => new ReadingCondition.MeasuredAt(to, time.Value),
        (["phenomenonTime" or "resultTime"], Operand.Text text) when FilterParser.Time(text.Value) is { } time => new ReadingCondition.MeasuredAt(to, time),
        (["phenomenonTime" or "resultTime"], _) => throw RefusedException.Wrong($"{path} is compared with a time, as 2025-10-29T21:00:00Z."),
        (["result"], Operand.Number number) => new ReadingCondition.Value(to, number.Value, stages),
        (["resultQuality", "qartod"], Operand.Number number) => new ReadingCondition.Flagged(to, number.Value),
        (["Datastream", "id" or "@iot.id"], Operand.Number number) => new ReadingCondition.OfSeries(to, number.Value),
        (["result"] or ["resultQuality", "qartod"] or ["Datastream", "id" or "@iot.id"], _) => throw RefusedException.Wrong($"{path} is compared with a number."),
        _ => throw RefusedException.Wrong($"{path} cannot be asked for: {Possible}."),
    };

    static Comparison Word(Operator comparison) => comparison switch
    {
        Operator.Eq => Comparison.Is,
        Operator.Ne => Comparison.IsNot,
        Operator.Gt => Comparison.Above,
        Operator.Ge => Comparison.AtLeast,
        Operator.Lt => Comparison.Below,
        _ => Comparison.AtMost,
    };

    static Comparison Turned(Comparison comparison) => comparison switch
    {
        Comparison.Above => Comparison.Below,
        Comparison.AtLeast => Comparison.AtMost,
        Comparison.Below => Comparison.Above,
        Comparison.AtMost => Comparison.AtLeast,
        _ => comparison,
    };
}
