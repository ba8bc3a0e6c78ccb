using System.ComponentModel.DataAnnotations;

namespace CanhLu.Archive;

/// <summary>How long readings of some series are kept whole, and what stays of them afterwards; an entry of <c>Archive:Thin</c>.</summary>
public sealed partial class ThinningRule : IValidatableObject
{
    /// <summary>Which series: <c>device/quantity</c>, with <c>*</c> for any text and <c>?</c> for any letter.</summary>
    [Required, RegularExpression("[A-Za-z0-9_.*?-]+/[A-Za-z0-9_.*?-]+", ErrorMessage = "Archive:Thin: Series is device/quantity, as \"*/clients\" or \"tk-gauge-1/*\".")]
    public string Series { get; set; } = "";

    /// <summary>All of them for so long since they were received; after that the lowest, the highest and the last of every minute.</summary>
    public TimeSpan RawFor { get; set; }

    /// <summary>After so long the lowest, the highest and the last of every hour; null: minutes stay.</summary>
    public TimeSpan? MinutesFor { get; set; }

    /// <summary>After so long nothing; null: until <see cref="ArchiveOptions.KeepFor"/>.</summary>
    public TimeSpan? HoursFor { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // A device may bring a backlog of days: what is thinned is not known for a repeat any more.
        if (RawFor < TimeSpan.FromDays(7) || MinutesFor <= RawFor || HoursFor <= (MinutesFor ?? RawFor))
            yield return new ValidationResult($"Archive:Thin: {Series}: RawFor is 7 days at least, MinutesFor is longer than it, and HoursFor longer than both.", [nameof(RawFor)]);
    }
}
