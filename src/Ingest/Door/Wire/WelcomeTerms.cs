namespace CanhLu.Ingest;

/// <summary>What a CONNACK of 5.0 announces (3.2.2.3). Not announced, because served in full: QoS 2, retained messages, wildcards.</summary>
readonly record struct WelcomeTerms(
    int ReceiveMaximum, int MaximumPacketSize, int TopicAliasMaximum, uint? SessionExpiry, ushort? ServerKeepAlive, string? AssignedClientId);
