using System.Reflection;

namespace CanhLu.Database;

/// <summary>The statements of a part, kept beside its code as <c>Sql/name.sql</c> and embedded in it.</summary>
public static class Sql
{
    /// <summary>The text of a part's statement.</summary>
    /// <param name="part">The part's assembly.</param>
    /// <param name="name">The file's name without <c>.sql</c>.</param>
    /// <exception cref="ArgumentException">There is no such file in the part.</exception>
    public static string Of(Assembly part, string name)
    {
        var resource = Array.Find(part.GetManifestResourceNames(), found => found.EndsWith($".Sql.{name}.sql", StringComparison.Ordinal))
            ?? throw new ArgumentException($"{part.GetName().Name} has no Sql/{name}.sql.", nameof(name));
        using var reader = new StreamReader(part.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
