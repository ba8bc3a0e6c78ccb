using System.Text;

namespace CanhLu.Ingest;

/// <summary>The topics of one device, as bytes: made once a connection, compared once a message.</summary>
sealed class OwnTopics(string device)
{
    public byte[] Prefix { get; } = Encoding.UTF8.GetBytes($"canhlu/v1/{device}/");

    public byte[] Up { get; } = Encoding.UTF8.GetBytes($"canhlu/v1/{device}/up");

    public byte[] Status { get; } = Encoding.UTF8.GetBytes($"canhlu/v1/{device}/status");

    public byte[] Command { get; } = Encoding.UTF8.GetBytes($"canhlu/v1/{device}/cmd");

    public bool Has(ReadOnlySpan<byte> topic) => topic.Length > Prefix.Length && topic.StartsWith(Prefix);
}
