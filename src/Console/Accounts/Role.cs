namespace CanhLu.Console.Accounts;

/// <summary>What a person may do; each may also do what those before it may.</summary>
public enum Role
{
    /// <summary>Looks.</summary>
    Viewer = 1,

    /// <summary>Works on stations and devices.</summary>
    Technician,

    /// <summary>Decides what people are told.</summary>
    Officer,

    /// <summary>Decides what needs a supervisor, and keeps the duty list.</summary>
    Commander,

    /// <summary>Says who may do what.</summary>
    Administrator,
}
