using CanhLu.Ingest;
using CanhLu.Notify.Sirens;

namespace CanhLu.Host.Sirens;

/// <summary>Sirens at the engine's own front door.</summary>
sealed class DoorSirenLine(Noticeboard board) : ISirenLine
{
    public string Name => "door";

    /// <summary>The board begins empty with the process, and forgets nothing in it.</summary>
    public long Risen => 1;

    public string? Trouble => null;

    public Func<string, ReadOnlyMemory<byte>, bool>? Heard
    {
        get => board.Heard;
        set => board.Heard = value;
    }

    public void Seat(Site site) => board.SeatAll(site);

    public Task<bool> State(string topic, byte[] payload, CancellationToken cancellation)
    {
        board.Post(topic, payload);
        return Task.FromResult(true);
    }
}
