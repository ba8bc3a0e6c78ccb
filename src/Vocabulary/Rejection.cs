using NodaTime;

namespace CanhLu;

/// <summary>Why a message, or one value in it, is no reading: the closed list.</summary>
public enum RejectionReason
{
    /// <summary>The payload is not JSON, or not an object or an array of objects.</summary>
    NotJson,

    /// <summary>Nested deeper than any payload of ours.</summary>
    TooDeep,

    /// <summary>More bytes, or more elements, than a payload may have.</summary>
    TooLarge,

    /// <summary>The topic is none that we read.</summary>
    UnknownTopic,

    /// <summary>The site does not name this device.</summary>
    UnknownDevice,

    /// <summary>There is no <c>t</c>, or what stands for it in a foreign format.</summary>
    NoTime,

    /// <summary><c>t</c> is neither ISO 8601 with an offset nor epoch milliseconds, or lies outside the years 2000 to 2100.</summary>
    BadTime,

    /// <summary>Measured later than now, by more than a clock may be wrong.</summary>
    Future,

    /// <summary>No field that the device's model knows.</summary>
    NoValue,

    /// <summary>A known field holds something that is no finite number.</summary>
    NotANumber,

    /// <summary>A value that this sensor cannot measure. It is kept, with <see cref="Flag.Fail"/>, and listed here for the technician.</summary>
    OutOfSensorRange,

    /// <summary>JSON, but not what the format of its topic is, or what says of itself that nothing was measured: a simulated uplink.</summary>
    NotItsFormat,

    /// <summary>The payload names a unit, and the model has the field in another one. Nothing is converted.</summary>
    WrongUnit,
}

/// <summary>A message that is no reading, kept for the technician with the bytes that were sent.</summary>
/// <param name="At">When it came in.</param>
/// <param name="Device">The device that it claims to come from; empty when the topic tells none.</param>
/// <param name="Topic">The topic it came on.</param>
/// <param name="Reason">Why.</param>
/// <param name="Detail">The field, the value or the place that was wrong, in one short line; never a secret.</param>
/// <param name="Bytes">The payload, or its first bytes when it is long. Of access points, cameras and topics that nobody knows, letters are masked: an address
/// or a name of a resident may be among them.</param>
/// <param name="Length">How long the payload was, bytes.</param>
public sealed record Rejection(
    Instant At, string Device, string Topic, RejectionReason Reason, string Detail, ReadOnlyMemory<byte> Bytes, int Length);
