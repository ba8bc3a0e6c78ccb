using System.Collections.Immutable;

namespace CanhLu.Duty;

/// <summary>What a person gets who enters or ends a notice: the closed set.</summary>
public abstract record ReleaseAnswer
{
    ReleaseAnswer()
    {
    }

    /// <summary>It is done, and on disk.</summary>
    /// <param name="Notice">The notice as it is now.</param>
    public sealed record Done(ReleaseNotice Notice) : ReleaseAnswer;

    /// <summary>No rule of the site is about that reservoir.</summary>
    /// <param name="Known">The reservoirs that rules are about.</param>
    public sealed record UnknownSource(ImmutableArray<string> Known) : ReleaseAnswer;

    /// <summary>Another notice is in force than the one to be replaced, or none.</summary>
    /// <param name="InForce">The one in force.</param>
    public sealed record NotInForce(ReleaseNotice? InForce) : ReleaseAnswer;

    /// <summary>It had ended before.</summary>
    /// <param name="Notice">The notice.</param>
    public sealed record AlreadyEnded(ReleaseNotice Notice) : ReleaseAnswer;

    /// <summary>It is over before it is entered: its end has passed.</summary>
    public sealed record Past : ReleaseAnswer;

    /// <summary>There is no such notice.</summary>
    public sealed record NotFound : ReleaseAnswer;

    /// <summary>The operations store cannot be written now; nothing was done.</summary>
    public sealed record NotStored : ReleaseAnswer;
}
