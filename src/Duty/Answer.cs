using NodaTime;

namespace CanhLu.Duty;

/// <summary>What a person gets for a command: the closed set.</summary>
public abstract record Answer
{
    Answer()
    {
    }

    /// <summary>It is done, and on disk.</summary>
    /// <param name="Bulletin">The bulletin that came of it; null when none does.</param>
    /// <param name="Id">The number of what was entered; null when nothing was.</param>
    public sealed record Done(long? Bulletin, long? Id = null) : Answer;

    /// <summary>It is noted, and others must approve as well.</summary>
    /// <param name="Missing">How many.</param>
    public sealed record OneMore(int Missing) : Answer;

    /// <summary>Somebody was first.</summary>
    /// <param name="What"><c>acknowledged</c>, <c>approved</c> or <c>declined</c>.</param>
    /// <param name="By">Who.</param>
    /// <param name="At">When.</param>
    public sealed record AlreadyDone(string What, string By, Instant At) : Answer;

    /// <summary>The water was first: the proposal waits no longer.</summary>
    /// <param name="At">When it was withdrawn.</param>
    /// <param name="Reason">Why.</param>
    public sealed record Withdrawn(Instant At, string Reason) : Answer;

    /// <summary>The time in which it could be decided is over; residents would read old news.</summary>
    /// <param name="NotAfter">When it ended.</param>
    public sealed record TooLate(Instant NotAfter) : Answer;

    /// <summary>There is no such episode or proposal.</summary>
    public sealed record NotFound : Answer;

    /// <summary>It cannot be: what was said makes no sense.</summary>
    /// <param name="Why">A sentence with the remedy.</param>
    public sealed record Refused(string Why) : Answer;

    /// <summary>To decline needs a reason.</summary>
    public sealed record NoReason : Answer;

    /// <summary>The operations store cannot be written now; nothing was done.</summary>
    public sealed record NotStored : Answer;
}
