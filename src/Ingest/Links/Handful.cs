using MQTTnet;

namespace CanhLu.Ingest.Links;

/// <summary>Messages that were taken together: their readings, and who is owed an acknowledgement when these are stored.</summary>
sealed class Handful
{
    /// <summary>How many messages at most; half of the Archive's commit, so that two links fill one.</summary>
    public const int MaxMessages = 1000;

    /// <summary>With this many readings no further message is added; a backlog may bring up to 10,000 at once.</summary>
    public const int EnoughReadings = 4000;

    public ReadingBatch Batch { get; } = new();

    public List<MqttApplicationMessageReceivedEventArgs> Messages { get; } = new(MaxMessages);

    /// <summary>How many of them are QoS 0: nobody waits for their acknowledgement.</summary>
    public int Unacknowledged { get; set; }

    public bool HasRoom => Messages.Count < MaxMessages && Batch.Count < EnoughReadings;

    /// <summary>Whether it holds anything that the Archive must store.</summary>
    public bool HasReadings => Batch.Count > 0;

    /// <summary>Makes it empty; only after its batch was settled or never handed over.</summary>
    public void Clear()
    {
        Batch.Clear();
        Messages.Clear();
        Unacknowledged = 0;
    }
}
