using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CanhLu.Archive.Influx;

/// <summary>Which write API the server has.</summary>
public enum InfluxApi
{
    /// <summary><c>/write?db=</c>: InfluxDB 1.x, VictoriaMetrics, and 2.x and 3 in their old clothes.</summary>
    V1,

    /// <summary><c>/api/v2/write?bucket=</c>: InfluxDB 2.x and 3, VictoriaMetrics.</summary>
    V2,
}

/// <summary>The unit in which times are written.</summary>
public enum InfluxPrecision
{
    /// <summary>Seconds: readings of one series within one second fall into one.</summary>
    Seconds,

    /// <summary>Milliseconds.</summary>
    Milliseconds,

    /// <summary>Microseconds, as the archive keeps them.</summary>
    Microseconds,

    /// <summary>Nanoseconds, as InfluxDB keeps them: 1677 to 2262.</summary>
    Nanoseconds,
}

/// <summary>Where the archive is copied to, section <c>Influx</c> of the configuration. Without a URL nothing is copied.</summary>
public sealed class InfluxOptions : IValidatableObject
{
    /// <summary>The section's name.</summary>
    public const string Section = "Influx";

    /// <summary>The server, as <c>http://127.0.0.1:8086</c>; null: nothing is copied.</summary>
    public Uri? Url { get; set; }

    /// <summary>The server's write API.</summary>
    public InfluxApi Api { get; set; }

    /// <summary>The database, which 2.x and 3 call a bucket.</summary>
    [Required]
    public string Database { get; set; } = "canhlu";

    /// <summary>The retention policy, with <see cref="InfluxApi.V1"/>; null: the database's own.</summary>
    public string? RetentionPolicy { get; set; }

    /// <summary>The organisation, with <see cref="InfluxApi.V2"/>; 3 and VictoriaMetrics need none.</summary>
    public string? Organisation { get; set; }

    /// <summary>A file that holds the token, one line.</summary>
    public string? TokenFile { get; set; }

    /// <summary>The user, where there is no token.</summary>
    public string? User { get; set; }

    /// <summary>A file that holds the user's password, one line.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>A file of certificates (PEM) that are trusted for the server, and no others; null: those of the machine.</summary>
    public string? CaFile { get; set; }

    /// <summary>The proxy on the way; null: as the environment says (<c>HTTPS_PROXY</c>…).</summary>
    public Uri? Proxy { get; set; }

    /// <summary>The unit of times.</summary>
    public InfluxPrecision Precision { get; set; } = InfluxPrecision.Microseconds;

    /// <summary>Whether batches are compressed.</summary>
    public bool Gzip { get; set; } = true;

    /// <summary>Most lines of a batch.</summary>
    [Range(1, 100_000)]
    public int BatchCount { get; set; } = 5_000;

    /// <summary>A batch takes no further line beyond so many bytes, before compression.</summary>
    [Range(1_024, 64 << 20)]
    public int BatchBytes { get; set; } = 4 << 20;

    /// <summary>How often it looks for what is new, once it has caught up.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan Delay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>What was accepted so shortly before a new connection or a start is written again: a server may have said yes to what was in its memory only. InfluxDB 1.x
    /// with its default settings forgets nothing, VictoriaMetrics the last seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan Rewind { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the server may take to answer.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest wait between two tries; the server may ask for more by <c>Retry-After</c>, up to an hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Url is { } url && (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https")))
            yield return new ValidationResult("Influx:Url is no http(s) address. Write it as http://127.0.0.1:8086.", [nameof(Url)]);
        if (Url?.UserInfo.Length > 0)
            yield return new ValidationResult("Influx:Url holds a user. Name it in Influx:User, and the file with its password in Influx:PasswordFile.", [nameof(Url)]);
        foreach (var (name, file) in new[] { (nameof(TokenFile), TokenFile), (nameof(PasswordFile), PasswordFile), (nameof(CaFile), CaFile) })
        {
            if (file is not null && !File.Exists(file))
                yield return new ValidationResult($"Influx:{name} names {file}, which is not there.", [name]);
        }
    }
}

/// <summary>Checks the options at start, all errors in one message.</summary>
[OptionsValidator]
sealed partial class InfluxOptionsValidator : IValidateOptions<InfluxOptions>;
