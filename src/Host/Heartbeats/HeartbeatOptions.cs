using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CanhLu.Host.Heartbeats;

/// <summary>Where the engine says that it lives, section <c>Heartbeat</c> of the configuration.</summary>
sealed class HeartbeatOptions : IValidatableObject
{
    public const string Section = "Heartbeat";

    /// <summary>An address that is asked as long as the engine keeps what comes in, as services that watch cron jobs give one; null: none. It may be a secret: it is not logged.</summary>
    public Uri? Url { get; set; }

    /// <summary>Whether it is published too, on <c>canhlu/{site}/heartbeat</c>: at the site's broker (QoS 1), or at the own door to technicians who listen there.</summary>
    public bool Mqtt { get; set; }

    /// <summary>How often.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Every { get; set; } = TimeSpan.FromSeconds(30);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Url is { } url && (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https")))
            yield return new ValidationResult("Heartbeat:Url is no http(s) address.", [nameof(Url)]);
    }
}

/// <summary>Checks the options at start, all errors in one message.</summary>
[OptionsValidator]
sealed partial class HeartbeatOptionsValidator : IValidateOptions<HeartbeatOptions>;
