using System.Net;
using CanhLu.Database;

namespace CanhLu.Host;

/// <summary>Where an engine keeps its files and where it listens.</summary>
/// <param name="DataFolder">The folder of its two files; made when it is not there.</param>
/// <param name="Urls">Where the page and the API listen, separated by semicolons.</param>
/// <param name="Door">Where the front door listens for devices; not used when the site names a broker.</param>
sealed record EngineOptions(string DataFolder, string Urls, IPEndPoint Door)
{
    public const string DefaultUrls = "http://127.0.0.1:8080";
    public const int DefaultDoorPort = 1883;

    /// <summary>Where the door also listens with TLS; null for nowhere. Needs <see cref="CertificateFile"/>.</summary>
    public IPEndPoint? DoorTls { get; init; }

    /// <summary>The door's certificate, PEM.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>Its key, PEM; null when it is in <see cref="CertificateFile"/>.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The certificate, PEM or DER, of the authority that vouches for devices; null when devices show passwords only.</summary>
    public string? DeviceAuthorityFile { get; init; }

    /// <summary>The folder that the site was read from, and that is followed for changes; null when it is not followed.</summary>
    public string? SiteFolder { get; init; }

    /// <summary>What its operations store must be for.</summary>
    public StoreMode Mode { get; init; }

    /// <summary>Whether only what is wrong is logged.</summary>
    public bool Quiet { get; init; }

    /// <summary>What a visitor of the page must know, in Vietnamese; null for nothing.</summary>
    public string? NoteVi { get; init; }

    /// <summary>The same in English.</summary>
    public string? NoteEn { get; init; }

    /// <summary>More configuration, over files and environment.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();
}
