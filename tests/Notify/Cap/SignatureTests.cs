using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Text;
using System.Xml;
using CanhLu.Notify.Cap;
using CanhLu.Tests.Duty;
using Xunit;

namespace CanhLu.Tests.Notify.Cap;

public sealed class SignatureTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("canhlu-signature-").FullName;

    [Fact]
    public async Task A_signed_message_is_valid_by_the_schema_and_no_letter_of_it_can_be_changed()
    {
        using var press = new Press();
        press.Office.Hear(Say.Ladder(AlarmLevel.II, 1, 2300));
        press.Publish(Pem(RSA.Create(2048)));
        var message = Assert.Single(await press.Sound());
        var text = Encoding.UTF8.GetString(message.Xml);
        Assert.True(Holds(text));
        Assert.False(Holds(text.Replace("Moderate", "Severe", StringComparison.Ordinal)));
        Assert.False(Holds(text.Replace("15.5", "15.6", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_certificate_that_cannot_sign_is_told_at_start()
    {
        var check = new CapOptionsCheck();
        Assert.True(check.Validate(null, Pem(RSA.Create(2048))).Succeeded);
        Assert.True(check.Validate(null, new CapOptions { CertificateFile = Path.Combine(_folder, "none.pem") }).Failed);
        var file = Path.Combine(_folder, "no.pem");
        File.WriteAllText(file, "no certificate");
        Assert.True(check.Validate(null, new CapOptions { CertificateFile = file }).Failed);
        Assert.True(check.Validate(null, new CapOptions { KeyFile = file }).Failed);
        Assert.True(check.Validate(null, new CapOptions { PublicUrl = new Uri("/cap", UriKind.Relative) }).Failed);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    CapOptions Pem(RSA key)
    {
        var request = new CertificateRequest("CN=Canh Lũ", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(90));
        var file = Path.Combine(_folder, "cap.pem");
        File.WriteAllText(file, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        return new CapOptions { CertificateFile = file };
    }

    static bool Holds(string text)
    {
        var document = new XmlDocument { PreserveWhitespace = true };
        document.LoadXml(text);
        var signed = new SignedXml(document);
        signed.LoadXml((XmlElement)document.GetElementsByTagName("Signature", SignedXml.XmlDsigNamespaceUrl)[0]!);
        var certificate = (X509Certificate2)signed.KeyInfo.OfType<KeyInfoX509Data>().Single().Certificates![0]!;
        return signed.CheckSignature(certificate, verifySignatureOnly: true);
    }
}
