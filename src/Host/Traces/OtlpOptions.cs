using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CanhLu.Host.Traces;

/// <summary>Where metrics and traces are sent, section <c>Otlp</c> of the configuration.</summary>
sealed class OtlpOptions : IValidatableObject
{
    public const string Section = "Otlp";

    /// <summary>A collector that takes OTLP over HTTP (<c>http://127.0.0.1:4318</c>); null: nothing is sent, and <c>/metrics</c> is there to be asked.</summary>
    public Uri? Url { get; set; }

    /// <summary>A file with one line <c>name=value</c>, the header that the collector wants to see; null: none. Read once, at start.</summary>
    public string? HeaderFile { get; set; }

    /// <summary>How often metrics are sent.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Every { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Deliveries of a bulletin that are told in its trace: the rest go the same way.</summary>
    [Range(1, 1_000)]
    public int DeliveriesPerBulletin { get; set; } = 5;

    /// <summary>So long after a bulletin was decided its trace waits for receipts at most.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(10);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Url is { } url && (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https")))
            yield return new ValidationResult("Otlp:Url is no http(s) address.", [nameof(Url)]);
        if (HeaderFile is { } file && !File.Exists(file))
            yield return new ValidationResult($"Otlp:HeaderFile: there is no file {file}.", [nameof(HeaderFile)]);
    }
}

/// <summary>Checks the options at start, all errors in one message.</summary>
[OptionsValidator]
sealed partial class OtlpOptionsValidator : IValidateOptions<OtlpOptions>;
