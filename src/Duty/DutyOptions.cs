using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CanhLu.Duty;

/// <summary>The knobs of the part, section <c>Duty</c>.</summary>
public sealed class DutyOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Duty";

    /// <summary>How often waiting proposals are looked through for those whose time is up.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long to wait before what could not be written (a full disk) is written again.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:05:00")]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);
}

[OptionsValidator]
sealed partial class DutyOptionsValidator : IValidateOptions<DutyOptions>;
