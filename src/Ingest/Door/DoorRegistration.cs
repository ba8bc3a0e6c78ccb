using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CanhLu.Ingest;

/// <summary>Composes the door.</summary>
public static class DoorRegistration
{
    // By this name a device may say inside TLS what it wants to speak (IANA, ALPN protocol ids).
    static readonly SslApplicationProtocol Mqtt = new("mqtt");

    /// <summary>Adds <see cref="Door"/>, <see cref="Accounts"/> and what belongs to them. Asks for what <see cref="IngestRegistration.AddIngest"/> adds, <see cref="IDoorMemory"/>,
    /// <c>ChannelWriter&lt;ReadingBatch&gt;</c>, <c>IClock</c>, <see cref="TimeProvider"/>, logging and metrics.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options; bind section <c>Door</c> here.</param>
    public static IServiceCollection AddDoor(this IServiceCollection services, Action<DoorOptions>? configure = null)
    {
        services.AddOptions<DoorOptions>().Configure(options => configure?.Invoke(options)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DoorOptions>, DoorOptionsCheck>());
        services.AddMetrics();
        services.TryAddSingleton<DoorMetrics>();
        services.TryAddSingleton<Accounts>();
        services.TryAddSingleton<Noticeboard>();
        services.TryAddSingleton<Door>();
        services.TryAddSingleton<DoorEntrance>();
        services.AddHostedService(provider => provider.GetRequiredService<Door>());
        return services;
    }

    /// <summary>Opens the door on an address.</summary>
    /// <param name="kestrel">Kestrel.</param>
    /// <param name="endpoint">Where; port 0 takes a free one.</param>
    /// <param name="tlsCertificate">The server's certificate with its key; null for plain TCP.</param>
    /// <param name="clientAuthority">Who vouches for the devices' certificates: a device that shows one whose CN is its id needs no password. Null: none are asked for.</param>
    public static void ListenDoor(
        this KestrelServerOptions kestrel, IPEndPoint endpoint, X509Certificate2? tlsCertificate = null, X509Certificate2? clientAuthority = null) =>
        kestrel.Listen(endpoint, listen =>
        {
            if (tlsCertificate is not null)
                listen.UseHttps(Tls(tlsCertificate, clientAuthority));
            listen.UseConnectionHandler<DoorEntrance>();
        });

    static HttpsConnectionAdapterOptions Tls(X509Certificate2 certificate, X509Certificate2? clientAuthority)
    {
        var options = new HttpsConnectionAdapterOptions
        {
            ServerCertificate = certificate,
            HandshakeTimeout = TimeSpan.FromSeconds(10),
            OnAuthenticate = (_, tls) => tls.ApplicationProtocols = [Mqtt],
        };
        if (clientAuthority is null)
            return options;
        options.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
        options.ClientCertificateValidation = (shown, _, _) => IsVouchedFor(shown, clientAuthority);
        return options;
    }

    static bool IsVouchedFor(X509Certificate2 shown, X509Certificate2 authority)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        // Revocation is ours: the account of the device.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid("1.3.6.1.5.5.7.3.2"));
        return chain.Build(shown);
    }
}
