namespace CanhLu.Notify.Sirens;

/// <summary>What stands on a siren's topic.</summary>
public enum SirenState
{
    /// <summary>Nothing: no message is retained.</summary>
    None,

    /// <summary>A warning, or what a person had to say.</summary>
    Warning,

    /// <summary>The last warning is over.</summary>
    AllClear,

    /// <summary>A person took the last warning back: it was not so.</summary>
    Withdrawn,
}
