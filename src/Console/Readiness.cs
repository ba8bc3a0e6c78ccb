namespace CanhLu.Console;

/// <summary>Whether the engine keeps what comes in, and what a visitor must be told about what is shown.</summary>
/// <param name="troubles">Asked each time: why something is not being kept, in words; null when it is.</param>
/// <param name="note">Asked each time: what is special about what is shown, in Vietnamese and English; null for nothing.</param>
public sealed class Readiness(IEnumerable<Func<string?>> troubles, Func<(string? Vi, string? En)> note)
{
    /// <summary>Why the engine is not ready, in words; null while it is.</summary>
    public string? Trouble => troubles.Select(ask => ask()).FirstOrDefault(trouble => trouble is not null);

    /// <summary>What is special about what is shown; null for nothing.</summary>
    public (string? Vi, string? En) Note => note();
}
