using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CanhLu.Tests.Support;

namespace CanhLu.Tests.Ingest.Doors;

/// <summary>An authority of the test's own, its certificates, and its PEM files in a folder.</summary>
sealed class Certificates : IDisposable
{
    public Certificates()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Canh Lu test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var from = RealTime.Provider.GetUtcNow().AddDays(-1);
        Authority = request.CreateSelfSigned(from, from.AddDays(30));
        Folder = Directory.CreateTempSubdirectory("canhlu-tls-").FullName;
        AuthorityFile = Path.Combine(Folder, "ca.pem");
        File.WriteAllText(AuthorityFile, Authority.ExportCertificatePem());
        Server = Issue("localhost", Authority);
    }

    public string Folder { get; }

    public string AuthorityFile { get; }

    public X509Certificate2 Authority { get; }

    public X509Certificate2 Server { get; }

    /// <summary>The files of a client's certificate and of its key.</summary>
    public (string Certificate, string Key) Client(string name, bool foreign = false)
    {
        using var other = foreign ? new Certificates() : null;
        using var certificate = Issue(name, other?.Authority ?? Authority);
        var (file, key) = (Path.Combine(Folder, $"{name}-{foreign}.pem"), Path.Combine(Folder, $"{name}-{foreign}.key"));
        File.WriteAllText(file, certificate.ExportCertificatePem());
        File.WriteAllText(key, certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        return (file, key);
    }

    public void Dispose()
    {
        Authority.Dispose();
        Server.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    static X509Certificate2 Issue(string name, X509Certificate2 issuer)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(issuer, issuer.NotBefore.ToUniversalTime(), issuer.NotAfter.ToUniversalTime(), RandomNumberGenerator.GetBytes(8));
        using var whole = issued.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }
}
