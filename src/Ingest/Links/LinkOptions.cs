using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using CanhLu.Ingest.Decoders;
using MQTTnet;
using MQTTnet.Channel;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace CanhLu.Ingest.Links;

/// <summary>One link as the library wants it: where to, who we are, what is asked.</summary>
sealed class LinkOptions
{
    const int Port = 1883;
    const int TlsPort = 8883;

    // The longest payload, and room for topic and properties. What is longer the broker keeps to itself (MQTT 5, section 3.1.2.11.4): a gauge that
    // sent 10 MB must not fill our memory with ReceiveMaximum times as much.
    const uint MaximumPacketSize = Intake.MaxPayload + 16 * 1024;

    readonly Broker _broker;
    readonly BrokerOptions _options;
    readonly ImmutableArray<Decoder> _decoders;
    readonly Uri _url;
    readonly bool _isFirst;

    /// <param name="broker">The site's broker.</param>
    /// <param name="options">The knobs.</param>
    /// <param name="number">Which of the links, from 1.</param>
    /// <param name="decoders">The site's, for what they read to be subscribed as well.</param>
    /// <param name="suffix">What the client id ends in instead of the number; null for the number.</param>
    /// <exception cref="ArgumentException">The broker's URL is none that we know.</exception>
    public LinkOptions(Broker broker, BrokerOptions options, int number, ImmutableArray<Decoder> decoders, string? suffix = null)
    {
        _broker = broker;
        _decoders = decoders;
        _options = options;
        _isFirst = number == 1;
        if (!Uri.TryCreate(broker.Url, UriKind.Absolute, out var url) || url.Scheme is not ("mqtt" or "mqtts"))
            throw new ArgumentException($"The broker's URL is {broker.Url}; it must be mqtt://host or mqtts://host, with or without a port.", nameof(broker));
        _url = url;
        ClientId = suffix is not null ? $"{broker.ClientId}-{suffix}" : _isFirst ? broker.ClientId : string.Create(CultureInfo.InvariantCulture, $"{broker.ClientId}-{number}");
        KeepAlive = options.KeepAlive;
    }

    public string ClientId { get; }

    public string Url => _broker.Url;

    public ushort ReceiveMaximum => (ushort)_broker.ReceiveMaximum;

    public uint SessionExpirySeconds => (uint)_options.SessionExpiry.TotalSeconds;

    public bool IsShared => _broker.Links > 1;

    /// <summary>How long a link may be silent; the broker may ask for less.</summary>
    public TimeSpan KeepAlive { get; set; }

    /// <summary>The options of the next connection; files are read anew, so that a renewed certificate or password needs no restart.</summary>
    public MqttClientOptions Build(IMqttClientStreamProvider? stream)
    {
        var isTls = _url.Scheme == "mqtts";
        var builder = new MqttClientOptionsBuilder()
            .WithTcpServer(_url.Host, _url.IsDefaultPort ? isTls ? TlsPort : Port : _url.Port)
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithClientId(ClientId)
            .WithCleanStart(false)
            .WithSessionExpiryInterval(SessionExpirySeconds)
            .WithReceiveMaximum(ReceiveMaximum)
            .WithMaximumPacketSize(MaximumPacketSize)
            .WithRequestProblemInformation(true)
            .WithKeepAlivePeriod(KeepAlive)
            .WithTimeout(_options.ConnectTimeout);
        if (stream is not null)
            builder.WithStreamProvider(stream);
        if (_broker.User is { } user)
            builder.WithCredentials(user, Password());
        if (isTls)
            builder.WithTlsOptions(Secure);
        return builder.Build();
    }

    /// <summary>What is subscribed. Shared by all links where there are several; only a device's status is the first one's alone, because retained
    /// messages do not come by shared subscriptions (MQTT 5, section 4.8.2), and they say what is so now.</summary>
    /// <remarks>Of the decoders' topics nothing that is retained is asked for: it would be read anew at every connect, and one without a time of its own would be of
    /// now. Frigate's have no time at all: they come at QoS 0, of which a broker keeps nothing for later, and only what says whether it runs is asked for as it stands.</remarks>
    public MqttClientSubscribeOptions Subscriptions()
    {
        var builder = new MqttClientSubscribeOptionsBuilder().WithTopicFilter(Filter(Readings(IsShared), MqttQualityOfServiceLevel.AtLeastOnce));
        foreach (var filter in Foreign)
            builder.WithTopicFilter(Filter(Shared(filter, IsShared), MqttQualityOfServiceLevel.AtLeastOnce).WithRetainHandling(MqttRetainHandling.DoNotSendOnSubscribe));
        if (!_isFirst)
            return builder.Build();
        builder
            .WithTopicFilter(Filter("canhlu/v1/+/status", MqttQualityOfServiceLevel.AtLeastOnce))
            .WithTopicFilter(Filter(BrokerVoice.Version, MqttQualityOfServiceLevel.AtMostOnce))
            .WithTopicFilter(Filter(BrokerVoice.Dropped, MqttQualityOfServiceLevel.AtMostOnce));
        foreach (var stem in Frigates)
            builder
                .WithTopicFilter(Filter($"{stem}available", MqttQualityOfServiceLevel.AtMostOnce))
                .WithTopicFilter(Filter($"{stem}+/+", MqttQualityOfServiceLevel.AtMostOnce).WithRetainHandling(MqttRetainHandling.DoNotSendOnSubscribe))
                .WithTopicFilter(Filter($"{stem}+/status/detect", MqttQualityOfServiceLevel.AtMostOnce).WithRetainHandling(MqttRetainHandling.DoNotSendOnSubscribe));
        return builder.Build();
    }

    /// <summary>What a session made with another number of links may still hold, and would bring twice.</summary>
    public MqttClientUnsubscribeOptions Leftovers()
    {
        var builder = new MqttClientUnsubscribeOptionsBuilder().WithTopicFilter(Readings(!IsShared));
        foreach (var filter in Foreign)
            builder.WithTopicFilter(Shared(filter, !IsShared));
        if (_isFirst)
            return builder.Build();
        builder.WithTopicFilter("canhlu/v1/+/status");
        foreach (var stem in Frigates)
            builder.WithTopicFilter($"{stem}available").WithTopicFilter($"{stem}+/+").WithTopicFilter($"{stem}+/status/detect");
        return builder.Build();
    }

    IEnumerable<string> Foreign => _decoders.Where(decoder => decoder.Format != PayloadFormat.Frigate).Select(decoder => new TopicPattern(decoder.Topic).Filter);

    // What stands before {device}/#: of all that a camera has below it only counts and its state are asked for, so that no picture and no event ever comes.
    IEnumerable<string> Frigates => _decoders.Where(decoder => decoder.Format == PayloadFormat.Frigate)
        .Select(decoder => new TopicPattern(decoder.Topic).Filter).Select(filter => filter[..^"+/#".Length]);

    /// <summary>Whether a filter of <see cref="Subscriptions"/> is for our own payloads, without which a link is none.</summary>
    public static bool IsNative(string filter) => filter is "canhlu/v1/+/status" or "canhlu/v1/+/up" or "$share/canhlu/canhlu/v1/+/up";

    static string Readings(bool isShared) => Shared("canhlu/v1/+/up", isShared);

    static string Shared(string filter, bool isShared) => isShared ? $"$share/canhlu/{filter}" : filter;

    static MqttTopicFilterBuilder Filter(string topic, MqttQualityOfServiceLevel qos) =>
        new MqttTopicFilterBuilder().WithTopic(topic).WithQualityOfServiceLevel(qos);

    string Password() => _options.PasswordFile is { } file ? File.ReadAllText(file).TrimEnd('\r', '\n') : _options.Password?.Reveal() ?? "";

    void Secure(MqttClientTlsOptionsBuilder tls)
    {
        tls.UseTls().WithTargetHost(_url.Host);
        if (_broker.CaFile is { } authority)
        {
            var trusted = new X509Certificate2Collection();
            trusted.ImportFromPemFile(authority);
            // An authority of one's own has no list of revoked certificates to ask.
            tls.WithTrustChain(trusted).WithRevocationMode(X509RevocationMode.NoCheck);
        }
        if (_broker.CertificateFile is { } certificate)
            tls.WithClientCertificates([X509Certificate2.CreateFromPemFile(certificate, certificate)]);
    }
}
