using System.Text.RegularExpressions;
using DuckDB.NET.Data;

namespace CanhLu.Archive;

/// <summary>DuckDB's words at opening, put into ours.</summary>
static partial class Refusal
{
    public static ArchiveRefusedException Of(DuckDBException refused, string path)
    {
        var words = refused.Message;
        if (words.Contains("Could not set lock", StringComparison.Ordinal))
        {
            var holder = Holder().Match(words);
            var who = holder.Success ? $"process {holder.Groups[1].Value}" : "another process";
            return new ArchiveRefusedException($"{path} is in use by {who}. Stop it, or name another folder.", refused)
            {
                IsHeld = true,
            };
        }
        if (words.Contains("not a valid DuckDB database file", StringComparison.Ordinal))
            return new ArchiveRefusedException($"{path} is no DuckDB file. Move it away, or name another file.", refused);
        if (words.Contains("newer version of DuckDB", StringComparison.Ordinal) || words.Contains("database file with version number", StringComparison.Ordinal))
            return new ArchiveRefusedException($"{path} was written by a newer DuckDB than this version of Canh Lũ carries. Start the newer version.", refused);
        return new ArchiveRefusedException($"{path} cannot be opened: {words}", refused);
    }

    [GeneratedRegex(@"PID (\d+)")]
    private static partial Regex Holder();
}
