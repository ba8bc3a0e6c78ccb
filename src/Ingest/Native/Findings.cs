namespace CanhLu.Ingest.Native;

/// <summary>What is wrong with one message: all of it counted, the first few with their details. Costs nothing while nothing is wrong.</summary>
struct Findings
{
    /// <summary>How many rejections of one message are kept for people; a backlog may hold thousands of the same.</summary>
    const int Most = 4;

    /// <summary>How many reasons there are.</summary>
    public const int Reasons = (int)RejectionReason.WrongUnit + 1;

    const int MaxDetail = 160;

    List<(RejectionReason Reason, string Detail)>? _kept;
    int[]? _counts;

    /// <summary>Fields that the model does not know.</summary>
    public int UnknownFields;

    /// <summary>Whether the message as a whole is none.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Whether it is a message that is rightly there, and tells nothing that is read.</summary>
    public bool IsIgnored { get; private set; }

    public readonly bool Any => _counts is not null;

    /// <summary>Whether the next detail would still be kept.</summary>
    public readonly bool Wants => _kept is null || _kept.Count < Most;

    public readonly IReadOnlyList<(RejectionReason Reason, string Detail)> Kept => _kept ?? [];

    public readonly ReadOnlySpan<int> Counts => _counts;

    /// <summary>A part of the message is no reading.</summary>
    public void Add(RejectionReason reason, string detail)
    {
        _kept ??= [];
        _counts ??= new int[Reasons];
        _counts[(int)reason]++;
        if (_kept.Count < Most)
            _kept.Add((reason, detail.Length <= MaxDetail ? detail : detail[..MaxDetail]));
    }

    /// <summary>The message as a whole is no reading: whatever was found in it before is forgotten. Returns false.</summary>
    public bool Whole(RejectionReason reason, string detail)
    {
        _kept = null;
        _counts = null;
        IsWhole = true;
        Add(reason, detail);
        return false;
    }

    /// <summary>The message is rightly there, and tells nothing that is read.</summary>
    public void Ignore() => IsIgnored = true;
}
