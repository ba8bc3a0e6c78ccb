namespace CanhLu.Archive;

/// <summary>Whether readings are being stored: what <c>/readyz</c> shows of the archive.</summary>
public sealed class ArchiveState
{
    volatile string? _trouble = "The archive is not open yet.";

    /// <summary>Whether readings are stored, and so acknowledged, at present.</summary>
    public bool Ready => _trouble is null;

    /// <summary>Why they are not, in words; null while they are.</summary>
    public string? Trouble
    {
        get => _trouble;
        internal set => _trouble = value;
    }
}
