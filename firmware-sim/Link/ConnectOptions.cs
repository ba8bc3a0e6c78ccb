using System.Security.Cryptography.X509Certificates;
using System.Text;
using CanhLu.FirmwareSim.Wire;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace CanhLu.FirmwareSim.Link;

/// <summary>What a device says in CONNECT.</summary>
static class ConnectOptions
{
    // An acknowledgement may take as long as a full disk: the wait for it must not end in a doubled message on a sound connection.
    static readonly TimeSpan AcknowledgementTimeout = TimeSpan.FromHours(1);

    public static MqttClientOptions For(string device, BrokerAddress broker, Credential? credential, LinkOptions link)
    {
        var builder = new MqttClientOptionsBuilder()
            .WithClientId(device)
            .WithTcpServer(broker.Host, broker.Port)
            .WithProtocolVersion(broker.Mqtt311 ? MqttProtocolVersion.V311 : MqttProtocolVersion.V500)
            .WithCleanSession(link.SessionExpiry == TimeSpan.Zero)
            .WithKeepAlivePeriod(TimeSpan.FromSeconds(30))
            .WithTimeout(AcknowledgementTimeout)
            .WithWillTopic(Topics.Status(device))
            .WithWillPayload(Encoding.ASCII.GetBytes(Topics.Offline))
            .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .WithWillRetain();
        if (!broker.Mqtt311)
        {
            builder.WithSessionExpiryInterval((uint)link.SessionExpiry.TotalSeconds);
        }

        if (credential is not null)
        {
            builder.WithCredentials(credential.User, credential.Password);
        }

        if (broker.Tls)
        {
            builder.WithTlsOptions(tls =>
            {
                tls.UseTls().WithTargetHost(broker.Host).WithRevocationMode(X509RevocationMode.NoCheck);
                if (broker.CaFile is { } file)
                {
                    var authorities = new X509Certificate2Collection();
                    authorities.ImportFromPemFile(file);
                    tls.WithTrustChain(authorities);
                }
            });
        }

        return builder.Build();
    }
}
