using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CanhLu.Notify.Carriers.SpeedSms;

/// <summary>What was agreed with SpeedSMS: section <c>Carriers:SpeedSms</c>.</summary>
public sealed class SpeedSmsOptions
{
    /// <summary>Where this is bound from.</summary>
    public const string Section = "Carriers:SpeedSms";

    /// <summary>Where it is; a path may follow the host.</summary>
    [Required]
    public Uri BaseUrl { get; set; } = new("https://api.speedsms.vn/index.php");

    /// <summary>The account's token. A secret.</summary>
    [Required]
    public string AccessToken { get; set; } = "";

    /// <summary>2 customer care from a random number, 3 a registered name, 4 a notice, 5 one's own device.</summary>
    [Range(2, 5)]
    public int SmsType { get; set; } = 3;

    /// <summary>The registered sender's name, or the device; empty for the types that have none.</summary>
    [StringLength(32)]
    public string Sender { get; set; } = "";

    /// <summary>Letters a second that were agreed.</summary>
    [Range(0.01, 10_000)]
    public double RatePerSecond { get; set; } = 20;

    /// <summary>Letters that may wait for their answer at once.</summary>
    [Range(1, 1_000)]
    public int Concurrency { get; set; } = 16;

    /// <summary>How long an answer may take.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:02:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The last part of the path under which reports come. They are not signed: this is all that protects them. A secret.</summary>
    [StringLength(128, MinimumLength = 16)]
    public string? CallbackSecret { get; set; }
}

/// <summary>Reports every wrong option at once, at start.</summary>
[OptionsValidator]
sealed partial class SpeedSmsOptionsValidator : IValidateOptions<SpeedSmsOptions>;
