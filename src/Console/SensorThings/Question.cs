using System.Globalization;

namespace CanhLu.Console.SensorThings;

/// <summary>One term of <c>$orderby</c>.</summary>
sealed record Order(Operand.Path By, bool Descending);

/// <summary>The system query options of a request, or of one entity that is expanded. Source: OGC 18-088, 9.3.</summary>
sealed record Question
{
    public const int MostAtOnce = 1_000;
    public const int UsualAtOnce = 100;
    public const int MostSkipped = 100_000;
    const int Deepest = 5;
    const int MostParts = 20;
    const int Longest = 4_000;

    public Filter? Filter { get; init; }

    public IReadOnlyList<Order> OrderBy { get; init; } = [];

    public int Top { get; init; } = UsualAtOnce;

    public int Skip { get; init; }

    public bool Count { get; init; }

    /// <summary>The properties that are wanted; null for all.</summary>
    public IReadOnlyList<string>? Select { get; init; }

    /// <summary>What is expanded, each with its own question.</summary>
    public IReadOnlyList<(string Way, Question Question)> Expand { get; init; } = [];

    /// <summary>As it was asked, to ask for the next page.</summary>
    public IReadOnlyList<(string Name, string Value)> Asked { get; init; } = [];

    /// <summary>Reads the options of a request.</summary>
    /// <exception cref="RefusedException">One of them is wrong.</exception>
    public static Question Of(IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> query)
    {
        var options = new List<(string, string)>();
        foreach (var (name, values) in query)
            options.Add(values.Count == 1 ? (name, values[0]!) : throw RefusedException.Wrong($"{name} is given {values.Count.ToString(CultureInfo.InvariantCulture)} times."));
        if (options.Sum(one => one.Item1.Length + one.Item2.Length) > Longest)
            throw RefusedException.Wrong($"The question is longer than {Longest} characters.");
        return Of(options, 0);
    }

    static Question Of(List<(string Name, string Value)> options, int depth)
    {
        var question = new Question { Asked = options };
        foreach (var (name, value) in options)
            question = name switch
            {
                "$filter" => question with { Filter = FilterParser.Read(value) },
                "$orderby" => question with { OrderBy = [.. Parts(value, ',').Select(Term)] },
                "$top" => question with { Top = Math.Min(MostAtOnce, Whole(name, value, int.MaxValue)) },
                "$skip" => question with { Skip = Whole(name, value, MostSkipped) },
                "$count" => question with { Count = value switch { "true" => true, "false" => false, _ => throw RefusedException.Wrong("$count is true or false.") } },
                "$select" => question with { Select = [.. Parts(value, ',').Select(part => part.Trim())] },
                "$expand" => question with { Expand = Expanded(value, depth) },
                "$resultFormat" or "$apply" or "$search" or "$compute" or "$levels" => throw RefusedException.NotOffered($"{name} is not offered here."),
                _ => throw RefusedException.Wrong($"{(name.Length <= 40 ? name : "An option")} is none of $filter, $orderby, $top, $skip, $count, $select, $expand."),
            };
        return question;
    }

    static int Whole(string name, string value, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most
            ? number
            : throw RefusedException.Wrong(most == int.MaxValue
                ? $"{name} is a whole number from 0 on."
                : $"{name} is a whole number from 0 to {most.ToString(CultureInfo.InvariantCulture)}: to go further, ask with $filter for a time.");

    static Order Term(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is 0 or > 2 || (words.Length == 2 && words[1] is not ("asc" or "desc")))
            throw RefusedException.Wrong("$orderby is written as phenomenonTime desc, name asc.");
        return new Order(new Operand.Path(words[0].Split('/')), words.Length == 2 && words[1] == "desc");
    }

    static List<(string, Question)> Expanded(string text, int depth)
    {
        if (depth >= Deepest)
            throw RefusedException.Wrong($"$expand is nested more than {Deepest} deep.");
        var expanded = new List<(string Way, Question Question)>();
        foreach (var part in Parts(text, ','))
        {
            var item = part.Trim();
            var open = item.IndexOf('(', StringComparison.Ordinal);
            if (open >= 0 && item[^1] != ')')
                throw RefusedException.Wrong("$expand is written as Datastreams($top=1;$select=name),Locations.");
            var ways = (open < 0 ? item : item[..open]).Split('/');
            if (ways.Length + depth > Deepest)
                throw RefusedException.Wrong($"$expand is nested more than {Deepest} deep.");
            var inner = open < 0 ? new Question() : Of([.. Parts(item[(open + 1)..^1], ';').Select(Option)], depth + ways.Length);
            for (var i = ways.Length - 1; i > 0; i--)
                inner = new Question { Expand = [(ways[i], inner)], Asked = [("$expand", string.Join('/', ways[i..]) + (open < 0 ? "" : item[open..]))] };
            Add(expanded, ways[0], inner);
        }
        return expanded;
    }

    /// <summary>A way that is named twice is one, with what is expanded behind it.</summary>
    static void Add(List<(string Way, Question Question)> expanded, string way, Question question)
    {
        var known = expanded.FindIndex(one => one.Way == way);
        if (known < 0)
        {
            expanded.Add((way, question));
            return;
        }
        var (before, more) = (expanded[known].Question, new List<(string, Question)>(expanded[known].Question.Expand));
        foreach (var (behind, deeper) in question.Expand)
            Add(more, behind, deeper);
        expanded[known] = (way, (question.Asked.Count > 0 ? question : before) with { Expand = more });
    }

    static (string, string) Option(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 ? (text[..equals].Trim(), text[(equals + 1)..].Trim()) : throw RefusedException.Wrong("The options of $expand are written as ($top=1;$orderby=phenomenonTime desc).");
    }

    /// <summary>Cuts at a letter that stands outside of quotes and parentheses.</summary>
    static List<string> Parts(string text, char at)
    {
        var (parts, from, depth, quoted) = (new List<string>(), 0, 0, false);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\'')
                quoted = !quoted;
            if (quoted)
                continue;
            depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (text[i] != at || depth != 0)
                continue;
            parts.Add(text[from..i]);
            from = i + 1;
        }
        parts.Add(text[from..]);
        if (depth != 0 || quoted || parts.Count > MostParts || parts.Any(string.IsNullOrWhiteSpace))
            throw RefusedException.Wrong($"'{(text.Length <= 60 ? text : text[..60] + "…")}' has a parenthesis or a quote too many, an empty part, or more than {MostParts} parts.");
        return parts;
    }
}
