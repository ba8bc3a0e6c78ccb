using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;

namespace CanhLu.Console.SensorThings;

/// <summary>Reads <c>$filter</c>. Its length, its depth and the number of its comparisons are bounded, whatever is sent.</summary>
/// <remarks>
/// <code>
/// or := and ("or" and)*    and := not ("and" not)*    not := "not" not | "(" or ")" | operand operator operand
/// </code>
/// Source: OGC 18-088, 9.3.3.5; the operators that compare and join, no functions.
/// </remarks>
sealed class FilterParser
{
    public const int Longest = 2_000;
    const int Deepest = 20;
    const int MostComparisons = 50;

    readonly string _text;
    int _at;
    int _depth;
    int _comparisons;

    FilterParser(string text) => _text = text;

    /// <exception cref="RefusedException">It is none.</exception>
    public static Filter Read(string text)
    {
        if (text.Length > Longest)
            throw RefusedException.Wrong($"$filter is longer than {Longest} characters.");
        var parser = new FilterParser(text);
        var filter = parser.Or();
        parser.Space();
        return parser._at == text.Length ? filter : throw parser.Unexpected("and, or, or the end");
    }

    Filter Or()
    {
        if (++_depth > Deepest)
            throw RefusedException.Wrong($"$filter is nested more than {Deepest} deep.");
        var filter = And();
        while (Word("or"))
            filter = new Filter.Or(filter, And());
        _depth--;
        return filter;
    }

    Filter And()
    {
        var filter = Not();
        while (Word("and"))
            filter = new Filter.And(filter, Not());
        return filter;
    }

    Filter Not()
    {
        var negations = 0;
        while (Word("not"))
            negations++;
        var filter = One();
        return negations % 2 == 0 ? filter : new Filter.Not(filter);
    }

    Filter One()
    {
        Space();
        if (_at < _text.Length && _text[_at] == '(')
        {
            _at++;
            var inner = Or();
            Space();
            if (_at == _text.Length || _text[_at] != ')')
                throw Unexpected(")");
            _at++;
            return inner;
        }
        if (++_comparisons > MostComparisons)
            throw RefusedException.Wrong($"$filter has more than {MostComparisons} comparisons.");
        var left = Operand();
        var comparison = Operator();
        return new Filter.Compare(comparison, left, Operand());
    }

    Operator Operator()
    {
        foreach (var one in Enum.GetValues<Operator>())
            if (Word(one.ToString().ToLowerInvariant()))
                return one;
        throw Unexpected("eq, ne, gt, ge, lt or le");
    }

    Operand Operand()
    {
        Space();
        if (_at == _text.Length)
            throw Unexpected("a property or a value");
        if (_text[_at] == '\'')
            return new Operand.Text(Quoted());
        var from = _at;
        while (_at < _text.Length && !char.IsWhiteSpace(_text[_at]) && _text[_at] is not ('(' or ')' or ',' or '\''))
            _at++;
        var word = _text[from.._at];
        if (_at < _text.Length && _text[_at] == '(')
            throw RefusedException.NotOffered($"$filter has no functions here ({word}): compare with eq, ne, gt, ge, lt, le, and join with and, or, not.");
        if (word.Length == 0)
            throw Unexpected("a property or a value");
        if (char.IsAsciiDigit(word[0]) || word[0] is '-' or '+' or '.')
            return Value(word);
        return word switch
        {
            "true" => new Operand.Truth(true),
            "false" => new Operand.Truth(false),
            "null" => new Operand.Nothing(),
            _ => Path(word),
        };
    }

    static Operand Value(string word)
    {
        if (double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            return new Operand.Number(number);
        return Time(word) is { } time ? new Operand.Time(time)
            : throw RefusedException.Wrong($"'{Shown(word)}' is neither a number nor a time with its offset, as 2025-10-29T21:00:00Z; a text stands in single quotes.");
    }

    /// <summary>A time with its offset; null when it is none.</summary>
    public static Instant? Time(string text)
    {
        // "+07:00" arrives as " 07:00" when the plus sign was not escaped.
        var read = OffsetDateTimePattern.Rfc3339.Parse(text.Replace(' ', '+'));
        return read.Success ? read.Value.ToInstant() : null;
    }

    static Operand.Path Path(string word)
    {
        var steps = word.Split('/');
        return steps.All(step => step.Length > 0 && step.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '@' or '.'))
            ? new Operand.Path(steps)
            : throw RefusedException.Wrong($"'{Shown(word)}' is no property.");
    }

    string Quoted()
    {
        var text = new StringBuilder();
        for (_at++; _at < _text.Length; _at++)
        {
            if (_text[_at] != '\'')
                text.Append(_text[_at]);
            else if (_at + 1 < _text.Length && _text[_at + 1] == '\'')
                text.Append(_text[_at++]);
            else
            {
                _at++;
                return text.ToString();
            }
        }
        throw Unexpected("' at the end of the text");
    }

    bool Word(string word)
    {
        Space();
        if (string.CompareOrdinal(_text, _at, word, 0, word.Length) != 0)
            return false;
        var end = _at + word.Length;
        if (end < _text.Length && !char.IsWhiteSpace(_text[end]) && _text[end] != '(')
            return false;
        _at = end;
        return true;
    }

    void Space()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
            _at++;
    }

    RefusedException Unexpected(string wanted) =>
        RefusedException.Wrong($"$filter: at character {(_at + 1).ToString(CultureInfo.InvariantCulture)} {wanted} was expected, not '{Shown(_text[Math.Min(_at, _text.Length)..])}'.");

    static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
