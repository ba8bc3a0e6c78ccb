namespace CanhLu.Ingest;

/// <summary>A session as it is kept over a restart.</summary>
/// <param name="Key">Whose.</param>
/// <param name="Expiry">Seconds that it lives on without a connection; <see cref="uint.MaxValue"/> for ever.</param>
/// <param name="CommandQos">The QoS at which it hears its <c>cmd</c>; null when it does not.</param>
/// <param name="Commands">What has not arrived yet, in the order in which it was given.</param>
public sealed record KeptSession(SessionKey Key, uint Expiry, int? CommandQos, IReadOnlyList<KeptCommand> Commands);

/// <summary>A command as it is kept over a restart.</summary>
/// <param name="Number">Its number in the store.</param>
/// <param name="PacketId">The identifier under which it was sent; 0 when it was not yet.</param>
/// <param name="Payload">The message.</param>
/// <param name="Order">The order of a person that it carries; null when nobody ordered it.</param>
public sealed record KeptCommand(long Number, ushort PacketId, byte[] Payload, long? Order = null);
