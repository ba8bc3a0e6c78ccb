namespace CanhLu.Console.Accounts;

/// <summary>What comes of using a link: the closed set.</summary>
public abstract record Accepted
{
    Accepted()
    {
    }

    /// <summary>The account is made, or has its new password.</summary>
    /// <param name="User">The account.</param>
    public sealed record Done(User User) : Accepted;

    /// <summary>The link was used, is too old, or there is none such.</summary>
    public sealed record Gone : Accepted;

    /// <summary>The name or the password cannot be.</summary>
    /// <param name="Why">A sentence with the remedy.</param>
    public sealed record Refused(string Why) : Accepted;
}
