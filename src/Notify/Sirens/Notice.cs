using System.Text;
using NodaTime;

namespace CanhLu.Notify.Sirens;

/// <summary>What is retained on one topic, as it is kept.</summary>
public sealed record Notice
{
    /// <summary>Where.</summary>
    public required string Topic { get; init; }

    /// <summary>1, 2, 3… on its topic; the same for as long as it says the same.</summary>
    public required long Sequence { get; init; }

    /// <summary>For whom.</summary>
    public required string WardCode { get; init; }

    /// <summary>What it is.</summary>
    public required SirenState State { get; init; }

    /// <summary>The bulletin that it tells, ends or takes back; null where nothing stands.</summary>
    public long? BulletinId { get; init; }

    /// <summary>Its level; <see cref="AlarmLevel.None"/> for all but a warning.</summary>
    public required AlarmLevel Level { get; init; }

    /// <summary>Since when it stands.</summary>
    public required Instant StatedAt { get; init; }

    /// <summary>A siren that meets it later is silent.</summary>
    public required Instant ValidUntil { get; init; }

    /// <summary>As it is on the wire; empty where nothing stands.</summary>
    public required string Payload { get; init; }

    internal byte[] Bytes => Encoding.UTF8.GetBytes(Payload);
}
