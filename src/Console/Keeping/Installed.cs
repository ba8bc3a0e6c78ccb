using System.Reflection;

namespace CanhLu.Console.Keeping;

/// <summary>The program itself.</summary>
public static class Installed
{
    /// <summary>Its version.</summary>
    public static string Version { get; } =
        typeof(Installed).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";
}
