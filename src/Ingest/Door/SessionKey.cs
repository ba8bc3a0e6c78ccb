namespace CanhLu.Ingest;

/// <summary>What tells a session: the account and the client identifier. The identifier alone does not, or one device could end another's session.</summary>
/// <param name="Account">The account's name.</param>
/// <param name="ClientId">The client identifier of CONNECT.</param>
public readonly record struct SessionKey(string Account, string ClientId);
