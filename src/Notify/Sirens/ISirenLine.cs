namespace CanhLu.Notify.Sirens;

/// <summary>The way to the sirens: the engine's own front door, or an outside broker.</summary>
public interface ISirenLine
{
    /// <summary><c>door</c> or <c>broker</c>.</summary>
    string Name { get; }

    /// <summary>How often it has come up. When the number changes, everything is to be stated again: the other side may have forgotten it.</summary>
    long Risen { get; }

    /// <summary>Why nothing can be stated now, and what to do; null while it can.</summary>
    string? Trouble { get; }

    /// <summary>Who takes what a siren says it has heard: its id and its bytes. False when that could not be kept, and must come again.</summary>
    Func<string, ReadOnlyMemory<byte>, bool>? Heard { get; set; }

    /// <summary>Says who the sirens are, and what each may hear.</summary>
    void Seat(Site site);

    /// <summary>Retains a message on a topic; an empty one takes it away. True when the other side has it.</summary>
    Task<bool> State(string topic, byte[] payload, CancellationToken cancellation);
}
