using System.Text;

namespace CanhLu.Notify;

/// <summary>One record of a CSV file (RFC 4180: quotes, doubled quotes, line breaks inside quotes).</summary>
/// <param name="Number">The number of the line on which it begins, from 1.</param>
/// <param name="Fields">Its fields, trimmed.</param>
sealed record CsvLine(int Number, IReadOnlyList<string> Fields)
{
    /// <summary>Reads the records that have any content. A quote that is never closed ends with the file.</summary>
    public static IEnumerable<CsvLine> Read(TextReader reader, char separator)
    {
        var field = new StringBuilder();
        var fields = new List<string>();
        var (line, begun, quoted, isBlank) = (1, 1, false, true);
        for (var read = reader.Read(); ; read = reader.Read())
        {
            if (quoted && read >= 0)
            {
                if (read == '"' && reader.Peek() == '"')
                    field.Append((char)reader.Read());
                else if (read == '"')
                    quoted = false;
                else
                    field.Append((char)read);
                line += read == '\n' ? 1 : 0;
            }
            else if (read == '"' && isBlank)
            {
                field.Clear();
                (quoted, isBlank) = (true, false);
            }
            else if (read == separator)
            {
                fields.Add(Taken());
            }
            else if (read is '\n' or < 0)
            {
                fields.Add(Taken());
                if (fields.Exists(text => text.Length > 0))
                    yield return new CsvLine(begun, [.. fields]);
                if (read < 0)
                    yield break;
                fields.Clear();
                begun = ++line;
                quoted = false;
            }
            else
            {
                field.Append((char)read);
                isBlank &= char.IsWhiteSpace((char)read);
            }
        }

        string Taken()
        {
            var text = field.ToString().Trim();
            field.Clear();
            isBlank = true;
            return text;
        }
    }
}
