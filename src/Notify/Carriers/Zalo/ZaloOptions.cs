using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CanhLu.Notify.Carriers.Zalo;

/// <summary>What was agreed with Zalo: section <c>Carriers:Zalo</c>.</summary>
public sealed class ZaloOptions
{
    /// <summary>Where this is bound from.</summary>
    public const string Section = "Carriers:Zalo";

    /// <summary>Where template messages go.</summary>
    [Required]
    public Uri BaseUrl { get; set; } = new("https://business.openapi.zalo.me");

    /// <summary>Where tokens are renewed.</summary>
    [Required]
    public Uri OAuthUrl { get; set; } = new("https://oauth.zaloapp.com");

    /// <summary>The app's id.</summary>
    [Required]
    public string AppId { get; set; } = "";

    /// <summary>The app's secret key: for renewing tokens, and for the proof. A secret.</summary>
    [Required]
    public string AppSecret { get; set; } = "";

    /// <summary>The official account's secret key: signs what Zalo reports. A secret.</summary>
    public string? OaSecret { get; set; }

    /// <summary>The access token to begin with; empty: the refresh token fetches the first one. A secret.</summary>
    [RegularExpression("[!-~]*", ErrorMessage = "Carriers:Zalo:AccessToken has a space or a line's end in it, or letters that no token has.")]
    public string AccessToken { get; set; } = "";

    /// <summary>The refresh token to begin with: used once, each renewal gives the next. A changed one begins a new chain. A secret.</summary>
    [Required, RegularExpression("[!-~]*", ErrorMessage = "Carriers:Zalo:RefreshToken has a space or a line's end in it, or letters that no token has.")]
    public string RefreshToken { get; set; } = "";

    /// <summary>Whether to send <c>appsecret_proof</c> beside the token; the app's settings may demand it.</summary>
    public bool SendProof { get; set; }

    /// <summary><c>development</c> reaches the app's and the account's admins only; empty for everyone.</summary>
    public string? Mode { get; set; }

    /// <summary>Letters a second that were agreed.</summary>
    [Range(0.01, 10_000)]
    public double RatePerSecond { get; set; } = 20;

    /// <summary>Letters that may wait for their answer at once.</summary>
    [Range(1, 1_000)]
    public int Concurrency { get; set; } = 32;

    /// <summary>How long an answer may take.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:02:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>When a used-up quota is asked for again with one letter. Zalo says nowhere at what hour a day begins.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan QuotaProbeAfter { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a refresh token lasts. Zalo speaks of three months.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "365.00:00:00")]
    public TimeSpan RefreshTokenLasts { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How long before its end it is an alarm that it could not be renewed.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "90.00:00:00")]
    public TimeSpan WarnBefore { get; set; } = TimeSpan.FromDays(14);

    /// <summary>How old a pair may grow before it is renewed although nothing is sent.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "90.00:00:00")]
    public TimeSpan RenewEvery { get; set; } = TimeSpan.FromDays(7);

    /// <summary>After so long without a report, in real time, the next carrier tells it as well; empty: reports are not waited for, as where there is no
    /// <see cref="CallbackSecret"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan? ReceiptWithin { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The last part of the path under which reports come, beside their signature. A secret.</summary>
    [StringLength(128, MinimumLength = 16)]
    public string? CallbackSecret { get; set; }
}

/// <summary>Reports every wrong option at once, at start.</summary>
[OptionsValidator]
sealed partial class ZaloOptionsValidator : IValidateOptions<ZaloOptions>;
