namespace CanhLu.Console.Accounts;

/// <summary>The city's own sign-on by OpenID Connect, section <c>Accounts:Oidc</c>.</summary>
public sealed class SignOnOptions
{
    /// <summary>Where people sign on: the issuer's address.</summary>
    public Uri? Authority { get; set; }

    /// <summary>What the engine is called there.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>Its secret; belongs into the environment.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>The claim with the name under which a person decides.</summary>
    public string NameClaim { get; set; } = "name";

    /// <summary>The claim whose values are looked up in <see cref="Roles"/>.</summary>
    public string RoleClaim { get; set; } = "roles";

    /// <summary>What a value of the role claim lets a person do; the highest counts, and whoever has none does not come in.</summary>
    public Dictionary<string, Role> Roles { get; } = [];

    /// <summary>The claim that says that a second factor was shown there (RFC 8176); without it nobody who decides comes in.</summary>
    public string SecondFactorClaim { get; set; } = "amr";

    /// <summary>Its value.</summary>
    public string SecondFactorValue { get; set; } = "mfa";
}
