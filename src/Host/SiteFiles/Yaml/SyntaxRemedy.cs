namespace CanhLu.Host.SiteFiles.Yaml;

/// <summary>What a person can do about a line that is not YAML.</summary>
static class SyntaxRemedy
{
    /// <summary>The remedy for the library's message and the line that it points at.</summary>
    public static string For(string message, string line)
    {
        if (line.Contains('\t') || message.Contains("tab", StringComparison.OrdinalIgnoreCase))
            return "indent with spaces, not with tabs";
        if (message.Contains("mapping values", StringComparison.OrdinalIgnoreCase) ||
            message.Contains("cannot start any token", StringComparison.OrdinalIgnoreCase))
            return "put a text that holds ': ' or begins with a sign in double quotes, and begin keys of one group in the same column";
        if (message.Contains("quoted", StringComparison.OrdinalIgnoreCase))
            return "close the quotes";
        if (message.Contains("flow", StringComparison.OrdinalIgnoreCase) || line.AsSpan().ContainsAny('[', '{'))
            return "close the bracket, and put a comma between its entries";
        return "look at this line and the one before it: keys of one group begin in the same column and end with ': '";
    }
}
