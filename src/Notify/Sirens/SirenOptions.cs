using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CanhLu.Notify.Sirens;

/// <summary>Knobs of the sirens: section <c>Sirens</c>.</summary>
public sealed class SirenOptions
{
    /// <summary>Where this is bound from.</summary>
    public const string Section = "Sirens";

    /// <summary>A siren that has not said within this time, by the engine's clock, that it has heard what stands for its area is a concern.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan UnheardAfter { get; set; } = TimeSpan.FromMinutes(3);
}

/// <summary>Checks the knobs; all errors in one message.</summary>
[OptionsValidator]
public sealed partial class SirenOptionsValidator : IValidateOptions<SirenOptions>;
