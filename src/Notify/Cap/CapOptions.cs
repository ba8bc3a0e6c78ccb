using Microsoft.Extensions.Options;

namespace CanhLu.Notify.Cap;

/// <summary>Knobs of publishing alerts: section <c>Cap</c>.</summary>
public sealed class CapOptions
{
    /// <summary>Where this is bound from.</summary>
    public const string Section = "Cap";

    /// <summary>What everything is published as; <see cref="CapStatus.Test"/> while an installation is on trial.</summary>
    public CapStatus Status { get; set; } = CapStatus.Actual;

    /// <summary>The engine's own address as the public sees it, <c>https://canhlu.example.vn</c>; null: the one that was asked for.</summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>PEM file with the certificate by which messages are signed, and its RSA key unless <see cref="KeyFile"/> has it; null: they are not signed.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>PEM file with the key; null when it stands in <see cref="CertificateFile"/>.</summary>
    public string? KeyFile { get; set; }
}

/// <summary>Reports every wrong option at once, at start.</summary>
sealed class CapOptionsCheck : IValidateOptions<CapOptions>
{
    public ValidateOptionsResult Validate(string? name, CapOptions options)
    {
        var wrong = new List<string>();
        if (!Enum.IsDefined(options.Status))
            wrong.Add("Cap:Status is Actual, Exercise or Test.");
        if (options.PublicUrl is { } url && !(url.IsAbsoluteUri && url.Scheme is "http" or "https"))
            wrong.Add("Cap:PublicUrl must be an address, https://….");
        if (options.CertificateFile is null && options.KeyFile is not null)
            wrong.Add("Cap:KeyFile needs Cap:CertificateFile.");
        if (options.CertificateFile is not null && CapSignature.Trouble(options) is { } trouble)
            wrong.Add(trouble);
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
