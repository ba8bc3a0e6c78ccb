namespace CanhLu.Console.Accounts;

/// <summary>What comes of signing in: the closed set.</summary>
public abstract record SignedIn
{
    SignedIn()
    {
    }

    /// <summary>A session began.</summary>
    /// <param name="User">Whose.</param>
    /// <param name="Token">What the browser shows from now on.</param>
    public sealed record Done(User User, string Token) : SignedIn;

    /// <summary>Name and password are right, and a code is asked for.</summary>
    public sealed record CodeMissing : SignedIn;

    /// <summary>Something is not right, or nobody comes in under this name for the time being; which, is not told.</summary>
    public sealed record Refused : SignedIn;
}
