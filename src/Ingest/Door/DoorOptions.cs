using System.ComponentModel.DataAnnotations;

namespace CanhLu.Ingest;

/// <summary>The knobs of the door, section <c>Door</c> of the configuration. Bounds on whole connections and on TLS handshakes are Kestrel's.</summary>
public sealed class DoorOptions
{
    /// <summary>Seconds within which a new connection must have sent its CONNECT.</summary>
    [Range(1, 300)]
    public int ConnectSeconds { get; set; } = 10;

    /// <summary>Connections that may be without an accepted CONNECT at once; more are closed on arrival.</summary>
    [Range(1, 100_000)]
    public int MaxUnknown { get; set; } = 1_000;

    /// <summary>Connections that one device's account may hold at once: the gauge, and a technician who tries its secret. The oldest is taken over.</summary>
    [Range(1, 1_000)]
    public int ConnectionsPerDevice { get; set; } = 4;

    /// <summary>Connections that one technician's account may hold at once. The oldest is taken over.</summary>
    [Range(1, 1_000)]
    public int ConnectionsPerTechnician { get; set; } = 8;

    /// <summary>Sessions kept for one device; the one longest without a connection is forgotten for a new one.</summary>
    [Range(1, 1_000)]
    public int SessionsPerDevice { get; set; } = 8;

    /// <summary>QoS 1 and 2 messages that a 5.0 client may have unacknowledged (announced in CONNACK).</summary>
    [Range(1, 65_535)]
    public int ReceiveMaximum { get; set; } = 4_096;

    /// <summary>Topic aliases that a 5.0 client may use on one connection (announced in CONNACK).</summary>
    [Range(0, 1_000)]
    public int TopicAliases { get; set; } = 16;

    /// <summary>The largest packet that is read, bytes: a payload of 64 KiB and what stands around it (announced in CONNACK).</summary>
    [Range(1_024, 1_048_576)]
    public int MaxPacketSize { get; set; } = (64 + 1) * 1024;

    /// <summary>The longest keep-alive, seconds; a 5.0 client that wants none or a longer one is told this one (Server Keep Alive).</summary>
    [Range(10, 65_535)]
    public int MaxKeepAliveSeconds { get; set; } = 3_600;

    /// <summary>The longest life of a session without a connection, seconds; also what Clean Session 0 of 3.1.1 means. 7 days: a gauge that a flood cut off comes back to its commands.</summary>
    [Range(60, int.MaxValue)]
    public int MaxSessionSeconds { get; set; } = 7 * 24 * 3_600;

    /// <summary>Commands kept for one session; more are refused.</summary>
    [Range(1, 10_000)]
    public int CommandsPerSession { get; set; } = 100;

    /// <summary>Messages that a technician's tail may be behind; more are dropped, counted and told.</summary>
    [Range(16, 100_000)]
    public int TailMessages { get; set; } = 1_024;

    /// <summary>Filters of one technician's connection.</summary>
    [Range(1, 1_000)]
    public int FiltersPerConnection { get; set; } = 32;

    /// <summary>Failed logins of one name from one address within a minute, after which more are refused unlooked at.</summary>
    [Range(1, 10_000)]
    public int FailedLoginsPerMinute { get; set; } = 10;

    /// <summary>Seconds that a client may leave our bytes unread before its connection is cut.</summary>
    [Range(1, 3_600)]
    public int UnreadSeconds { get; set; } = 30;

    /// <summary>Seconds between two looks at accounts that another process may have changed.</summary>
    [Range(1, 3_600)]
    public int AccountsEverySeconds { get; set; } = 5;
}
