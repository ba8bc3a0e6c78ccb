namespace CanhLu.Console.Accounts;

/// <summary>How often one address may ask.</summary>
enum Pace
{
    /// <summary>As often as it likes.</summary>
    Free,

    /// <summary>Where secrets could be guessed.</summary>
    SignIn,

    /// <summary>What everybody may see.</summary>
    Public,
}
