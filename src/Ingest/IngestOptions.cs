using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CanhLu.Ingest;

/// <summary>The knobs of Ingest: section <c>Ingest</c> of the configuration. Which broker, and how many links, is the site's to say.</summary>
public sealed class IngestOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Ingest";

    /// <summary>For the outside broker.</summary>
    [ValidateObjectMembers]
    public BrokerOptions Broker { get; set; } = new();
}

/// <summary>The knobs of the links to an outside broker: <c>Ingest:Broker</c>.</summary>
public sealed class BrokerOptions
{
    /// <summary>The password, when the site names a user.</summary>
    public Secret? Password { get; set; }

    /// <summary>A file with the password, read at every connect; it is taken before <see cref="Password"/>.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>How long the broker is asked to keep our session, and the messages in it, while we are away.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan SessionExpiry { get; set; } = TimeSpan.FromDays(7);

    /// <summary>The longest silence on a link before it is tried.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:10:00")]
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a connection may take to come about.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The pause after the first failure; it doubles with every further one, with jitter.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan RetryFirst { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest pause.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan RetryAtMost { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>Checks the knobs; all errors in one message.</summary>
[OptionsValidator]
public sealed partial class IngestOptionsValidator : IValidateOptions<IngestOptions>;
