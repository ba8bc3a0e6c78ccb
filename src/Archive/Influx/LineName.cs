using System.Buffers;
using System.Globalization;
using System.Text;

namespace CanhLu.Archive.Influx;

/// <summary>A name as line protocol can hold it: of a measurement, a tag, a tag's value.</summary>
/// <remarks>
/// Space, comma and <c>=</c> are escaped as line protocol says. It has no way to write a line's end into a name, one server takes a backslash at a name's end for an
/// escape and another does not, and a line that begins with <c>#</c> is a comment. Those letters, and other control characters, are stored as <c>%XX</c>, as in a URL; a <c>%</c> that would be taken for such
/// a one is stored as <c>%25</c>, and any other as it is: <c>%</c> is a unit.
/// Source: InfluxData, "Line protocol", special characters.
/// </remarks>
public static class LineName
{
    static readonly SearchValues<char> Special = SearchValues.Create(" ,=%\\#\x7f" + string.Concat(Enumerable.Range(0, 0x20).Select(letter => (char)letter)));

    /// <summary>The name's bytes in a line.</summary>
    public static byte[] Escaped(string name)
    {
        var stored = Stored(name);
        if (stored.AsSpan().IndexOfAny(' ', ',', '=') < 0)
            return Encoding.UTF8.GetBytes(stored);
        var text = new StringBuilder(stored.Length + 8);
        foreach (var letter in stored)
            (letter is ' ' or ',' or '=' ? text.Append('\\') : text).Append(letter);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>The name as the server keeps it and shows it.</summary>
    public static string Stored(string name)
    {
        if (name.AsSpan().IndexOfAny(Special) < 0)
            return name;
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (IsKept(name, i))
                text.Append(name[i]);
            else
                text.Append(CultureInfo.InvariantCulture, $"%{(int)name[i]:X2}");
        }
        return text.ToString();
    }

    /// <summary>The name that was stored so.</summary>
    public static string Read(string stored)
    {
        if (!stored.Contains('%', StringComparison.Ordinal))
            return stored;
        var text = new StringBuilder(stored.Length);
        for (var i = 0; i < stored.Length; i++)
        {
            if (Code(stored, i) is { } letter)
            {
                text.Append(letter);
                i += 2;
            }
            else
                text.Append(stored[i]);
        }
        return text.ToString();
    }

    static bool IsKept(string name, int at) => name[at] switch
    {
        '\\' or '\x7f' or < ' ' => false,
        '#' => at > 0,
        '%' => Code(name, at) is null,
        _ => true,
    };

    /// <summary>The letter for which <c>%XX</c> at a place stands; null when it stands for itself.</summary>
    static char? Code(string text, int at)
    {
        if (text[at] != '%' || at + 2 >= text.Length || !IsDigit(text[at + 1]) || !IsDigit(text[at + 2]))
            return null;
        var letter = (char)int.Parse(text.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return letter is '%' or '\\' or '#' or '\x7f' or < ' ' ? letter : null;
    }

    static bool IsDigit(char letter) => letter is (>= '0' and <= '9') or (>= 'A' and <= 'F');
}
