namespace CanhLu.Archive;

/// <summary>Whether readings are being stored: what <c>/readyz</c> shows of the archive.</summary>
public sealed class ArchiveState
{
    volatile string? _trouble = "The archive is not open yet.";
    volatile int _restatements;
    long _nextPosition;

    /// <summary>Whether readings are stored, and so acknowledged, at present.</summary>
    public bool Ready => _trouble is null;

    /// <summary>Why they are not, in words; null while they are.</summary>
    public string? Trouble
    {
        get => _trouble;
        internal set => _trouble = value;
    }

    /// <summary>How often stored values were changed, ever: <see cref="History.ChangedSince"/> says where.</summary>
    public int Restatements
    {
        get => _restatements;
        internal set => _restatements = value;
    }

    /// <summary>The position that the next reading gets: how many have been stored, ever.</summary>
    public long NextPosition
    {
        get => Volatile.Read(ref _nextPosition);
        internal set => Volatile.Write(ref _nextPosition, value);
    }
}
