using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CanhLu.Console.Accounts;

/// <summary>The knobs of the accounts, section <c>Accounts</c>.</summary>
public sealed class AccountOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Accounts";

    /// <summary><c>required</c>: whoever wants something signs in. <c>open</c>: nobody does; for an engine that listens on loopback only.
    /// Not set: open while the engine listens on loopback only and has no account, else required.</summary>
    [RegularExpression("required|open", ErrorMessage = "Accounts:Mode is required or open, or left out.")]
    public string? Mode { get; set; }

    /// <summary>A session that is not used for so long ends; an open page uses it.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan Idle { get; set; } = TimeSpan.FromHours(4);

    /// <summary>A session of somebody who decides ends after so long: a shift and its handover.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "7.00:00:00")]
    public TimeSpan Longest { get; set; } = TimeSpan.FromHours(14);

    /// <summary>A session of somebody who does not decide ends after so long.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "90.00:00:00")]
    public TimeSpan LongestLooking { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How often in a minute one address may try to sign in.</summary>
    [Range(1, 100_000)]
    public int SignInsPerMinute { get; set; } = 10;

    /// <summary>How often in a minute one address may ask for what everybody may see.</summary>
    [Range(1, 1_000_000)]
    public int PublicPerMinute { get; set; } = 300;

    /// <summary>The addresses of proxies in front of the engine, with commas: only they are believed about who asks, by which name and whether with TLS.</summary>
    public string Proxies { get; set; } = "";

    /// <summary>The city's own sign-on; not set: there is none.</summary>
    public SignOnOptions? Oidc { get; set; }
}

[OptionsValidator]
sealed partial class AccountOptionsValidator : IValidateOptions<AccountOptions>;
