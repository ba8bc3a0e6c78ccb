using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CanhLu.Notify.Carriers.ZaloOa;

/// <summary>Messages of the official account to people who write to it: section <c>Carriers:ZaloOa</c>. App, account and tokens are those of <c>Carriers:Zalo</c>.</summary>
public sealed class ZaloOaOptions
{
    /// <summary>Where this is bound from.</summary>
    public const string Section = "Carriers:ZaloOa";

    /// <summary>Where messages go.</summary>
    [Required]
    public Uri BaseUrl { get; set; } = new("https://openapi.zalo.me");

    /// <summary>Letters a second that were agreed.</summary>
    [Range(0.01, 10_000)]
    public double RatePerSecond { get; set; } = 20;

    /// <summary>Letters that may wait for their answer at once.</summary>
    [Range(1, 1_000)]
    public int Concurrency { get; set; } = 16;

    /// <summary>How long an answer may take.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:02:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>When a used-up quota is asked for again with one letter.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan QuotaProbeAfter { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>After so long without a report, in real time, the next carrier tells it as well; empty (default): reports are not waited for, since an account may be
    /// told of what was seen only.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan? ReceiptWithin { get; set; }
}

/// <summary>Reports every wrong option at once, at start.</summary>
[OptionsValidator]
sealed partial class ZaloOaOptionsValidator : IValidateOptions<ZaloOaOptions>;
