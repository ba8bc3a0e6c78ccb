using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CanhLu.Notify.Carriers.Kannel;

/// <summary>A Kannel of one's own, which speaks SMPP to the telephone company: section <c>Carriers:Kannel</c>.</summary>
public sealed class KannelOptions
{
    /// <summary>Where this is bound from.</summary>
    public const string Section = "Carriers:Kannel";

    /// <summary>Where its smsbox takes messages.</summary>
    [Required]
    public Uri Url { get; set; } = new("http://127.0.0.1:13013/cgi-bin/sendsms");

    /// <summary>The user of its group <c>sendsms-user</c>.</summary>
    [Required]
    public string Username { get; set; } = "";

    /// <summary>The user's password. A secret.</summary>
    [Required]
    public string Password { get; set; } = "";

    /// <summary>The sender: a registered name of at most eleven letters, or a number.</summary>
    [Required, StringLength(15, MinimumLength = 1)]
    public string From { get; set; } = "";

    /// <summary>The <c>smsc-id</c> to send by; null leaves it to Kannel's routing.</summary>
    public string? Smsc { get; set; }

    /// <summary>True: the text with its marks, sixteen bits a letter, 70 letters a segment. False: without marks, 160.</summary>
    public bool WithMarks { get; set; }

    /// <summary>Letters a second that were agreed.</summary>
    [Range(0.01, 10_000)]
    public double RatePerSecond { get; set; } = 50;

    /// <summary>Letters that may wait for their answer at once.</summary>
    [Range(1, 1_000)]
    public int Concurrency { get; set; } = 32;

    /// <summary>How long an answer may take.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:02:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The engine's own address as Kannel sees it; null: no reports are asked for.</summary>
    public Uri? CallbackBaseUrl { get; set; }

    /// <summary>The last part of the path under which reports come. They are not signed: this is all that protects them. Letters, digits, - and _ only, since
    /// Kannel reads a percent sign as an order. A secret.</summary>
    [RegularExpression("^[A-Za-z0-9_-]{16,128}$")]
    public string? CallbackSecret { get; set; }
}

/// <summary>Reports every wrong option at once, at start.</summary>
[OptionsValidator]
sealed partial class KannelOptionsValidator : IValidateOptions<KannelOptions>;
