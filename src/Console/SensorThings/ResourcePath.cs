using System.Text;

namespace CanhLu.Console.SensorThings;

/// <summary>One step of an address: a name, and an id behind it.</summary>
readonly record struct PathStep(string Name, string? Id);

/// <summary>Reads the part of an address behind the version. Source: OGC 18-088, 9.2.</summary>
static class ResourcePath
{
    public const int Deepest = 8;
    const int Longest = 500;

    /// <exception cref="RefusedException">It is none.</exception>
    public static IReadOnlyList<PathStep> Read(string path)
    {
        if (path.Length > Longest)
            throw RefusedException.Missing("The address is too long.");
        var steps = new List<PathStep>();
        for (var at = 0; at < path.Length;)
        {
            var name = new StringBuilder();
            while (at < path.Length && path[at] is not ('/' or '('))
                name.Append(path[at++]);
            string? id = null;
            if (at < path.Length && path[at] == '(')
                id = Id(path, ref at);
            if (name.Length == 0 || (at < path.Length && path[at] != '/') || steps.Count == Deepest)
                throw RefusedException.Missing("There is nothing at this address: it is written as Things('tam-ky')/Datastreams(1)/Observations.");
            steps.Add(new PathStep(name.ToString(), id));
            at++;
        }
        return steps;
    }

    static string Id(string path, ref int at)
    {
        var id = new StringBuilder();
        var quoted = ++at < path.Length && path[at] == '\'';
        if (quoted)
            at++;
        for (; at < path.Length; at++)
        {
            if (quoted && path[at] == '\'' && at + 1 < path.Length && path[at + 1] == '\'')
                at++;
            else if (quoted ? path[at] == '\'' : path[at] == ')')
                break;
            id.Append(path[at]);
        }
        if (quoted)
            at++;
        if (at >= path.Length || path[at] != ')' || id.Length == 0)
            throw RefusedException.Missing("An id stands in parentheses: Things('tam-ky'), Datastreams(1).");
        at++;
        return id.ToString();
    }
}
