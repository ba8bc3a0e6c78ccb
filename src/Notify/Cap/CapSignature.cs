using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Text;
using System.Xml;

namespace CanhLu.Notify.Cap;

/// <summary>Signs messages: an enveloped XML signature over the whole alert, with the certificate beside it (CAP 1.2, 3.3.4; W3C xmldsig-core).</summary>
/// <param name="certificate">With its RSA key.</param>
sealed class CapSignature(X509Certificate2 certificate)
{
    /// <summary>The signature that the options ask for; null when they ask for none.</summary>
    /// <exception cref="CryptographicException">The files hold no certificate with its key.</exception>
    public static CapSignature? Of(CapOptions options) => options.CertificateFile is { } file
        ? new CapSignature(X509Certificate2.CreateFromPemFile(file, options.KeyFile))
        : null;

    /// <summary>Why the certificate cannot sign; null when it can.</summary>
    public static string? Trouble(CapOptions options)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPemFile(options.CertificateFile!, options.KeyFile);
            using var key = certificate.GetRSAPrivateKey();
            return key is null ? "Cap:CertificateFile has no RSA key: XML signatures here are RSA with SHA-256." : null;
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return $"Cap:CertificateFile cannot be used to sign: {exception.Message}";
        }
    }

    /// <summary>The message with its signature as the last element.</summary>
    public byte[] Sign(byte[] message)
    {
        var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
        document.LoadXml(Encoding.UTF8.GetString(message));
        using var key = certificate.GetRSAPrivateKey();
        var whole = new Reference("") { DigestMethod = SignedXml.XmlDsigSHA256Url };
        whole.AddTransform(new XmlDsigEnvelopedSignatureTransform());
        whole.AddTransform(new XmlDsigExcC14NTransform());
        var signed = new SignedXml(document) { SigningKey = key, KeyInfo = new KeyInfo() };
        signed.SignedInfo!.SignatureMethod = SignedXml.XmlDsigRSASHA256Url;
        signed.SignedInfo.CanonicalizationMethod = SignedXml.XmlDsigExcC14NTransformUrl;
        signed.KeyInfo.AddClause(new KeyInfoX509Data(certificate));
        signed.AddReference(whole);
        signed.ComputeSignature();
        document.DocumentElement!.AppendChild(document.ImportNode(signed.GetXml(), true));
        return Encoding.UTF8.GetBytes(document.OuterXml);
    }
}
