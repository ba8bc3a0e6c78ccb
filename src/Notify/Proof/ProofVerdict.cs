namespace CanhLu.Notify.Proof;

/// <summary>Whether a ledger is as it was written.</summary>
public abstract record ProofVerdict
{
    ProofVerdict()
    {
    }

    /// <summary>It is.</summary>
    /// <param name="Seal">What it says at its end.</param>
    public sealed record Whole(ProofSeal Seal) : ProofVerdict;

    /// <summary>It is not.</summary>
    /// <param name="Line">The first line that does not follow from those before it, 1 and up.</param>
    /// <param name="Why">What is wrong there.</param>
    public sealed record Broken(long Line, string Why) : ProofVerdict;
}
