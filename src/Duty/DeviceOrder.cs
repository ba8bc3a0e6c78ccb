using NodaTime;

namespace CanhLu.Duty;

/// <summary>What a person ordered a device to do.</summary>
public sealed record DeviceOrder
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>The device.</summary>
    public required string Device { get; init; }

    /// <summary>The message on the device's <c>cmd</c>, JSON.</summary>
    public required string Payload { get; init; }

    /// <summary>When it was given.</summary>
    public required Instant GivenAt { get; init; }

    /// <summary>Who gave it.</summary>
    public required string GivenBy { get; init; }

    /// <summary>What has become of it.</summary>
    public required OrderState State { get; init; }

    /// <summary>Since when that is so.</summary>
    public required Instant StateAt { get; init; }

    /// <summary>Why nothing came of it, in a sentence; null where there is nothing to say.</summary>
    public string? Detail { get; init; }
}
