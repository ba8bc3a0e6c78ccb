using CanhLu.Ingest.Links;
using CanhLu.Notify.Sirens;

namespace CanhLu.Host.Sirens;

/// <summary>Sirens at an outside broker, whose access list says who may hear what (src/Ingest/BROKER.md).</summary>
sealed class BrokerSirenLine(BrokerNotices notices) : ISirenLine
{
    public string Name => "broker";

    public long Risen => notices.Risen;

    public string? Trouble => notices.Trouble;

    public Func<string, ReadOnlyMemory<byte>, bool>? Heard
    {
        get => notices.Heard;
        set => notices.Heard = value;
    }

    public void Seat(Site site)
    {
    }

    public Task<bool> State(string topic, byte[] payload, CancellationToken cancellation) => notices.Retain(topic, payload, cancellation);
}
