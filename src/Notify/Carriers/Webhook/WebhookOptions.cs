using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CanhLu.Notify.Carriers.Webhook;

/// <summary>Somebody else's program that brings messages to people: section <c>Carriers:Webhook</c>.</summary>
public sealed class WebhookOptions
{
    /// <summary>Where this is bound from.</summary>
    public const string Section = "Carriers:Webhook";

    /// <summary>Where messages go.</summary>
    [Required]
    public Uri? Url { get; set; }

    /// <summary>Signs what goes out and what comes back. A secret.</summary>
    [Required, StringLength(256, MinimumLength = 32)]
    public string SigningKey { get; set; } = "";

    /// <summary>Letters a second that were agreed.</summary>
    [Range(0.01, 10_000)]
    public double RatePerSecond { get; set; } = 50;

    /// <summary>Letters that may wait for their answer at once.</summary>
    [Range(1, 1_000)]
    public int Concurrency { get; set; } = 16;

    /// <summary>How long an answer may take.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:02:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The last part of the path under which reports come, beside their signature. A secret.</summary>
    [StringLength(128, MinimumLength = 16)]
    public string? CallbackSecret { get; set; }
}

/// <summary>Reports every wrong option at once, at start.</summary>
[OptionsValidator]
sealed partial class WebhookOptionsValidator : IValidateOptions<WebhookOptions>;
